using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>Gives racks, switches, nodes and ports the names that the file asks for, once everything stands somewhere.</summary>
public static class Naming
{
    /// <summary>The network and the placement with their names; errors in <paramref name="diagnostics"/> when two things got one name.</summary>
    public static (Network Network, Placement Placement) Apply(
        ClusterSpec spec,
        Network network,
        Placement placement,
        DiagnosticBag diagnostics
    )
    {
        NamesSpec names = spec.Names;
        if (names.Rack is { } rackPattern)
        {
            placement = placement with { Racks = NamedRacks(rackPattern, placement) };
            SayTwice(placement.Racks.Select(r => r.Name), rackPattern, NamesSpec.RackFields, "racks", "names.rack", spec, diagnostics);
        }

        if (names.Switch is not null || names.Node is not null || names.Tray is not null)
        {
            network = network with
            {
                Groups = [.. network.Groups.Select(g => TraysNamed(Named(g, names, network, placement), names, placement))],
            };
            SayTwice(
                network.Groups.SelectMany(AllNames),
                names.Switch ?? names.Node ?? names.Tray!,
                names.Switch is not null ? NamesSpec.SwitchFields
                    : names.Node is not null ? NamesSpec.NodeFields
                    : NamesSpec.TrayFields,
                "devices",
                names.Switch is not null ? "names.switch"
                    : names.Node is not null ? "names.node"
                    : "names.tray",
                spec,
                diagnostics
            );
        }

        SayOtherOs(names, network, spec, diagnostics);
        return (network with { Ports = new(names) }, placement);
    }

    private static IReadOnlyList<Rack> NamedRacks(NamePattern pattern, Placement placement) =>
        [
            .. placement.Racks.Select(rack =>
                rack.Called(
                    pattern.Fill(word =>
                        word switch
                        {
                            "n" => rack.Position,
                            "use" => rack.Use.ToWord(),
                            _ => PlaceOf(word, rack, placement),
                        }
                    )
                )
            ),
        ];

    private static DeviceGroup Named(DeviceGroup group, NamesSpec names, Network network, Placement placement)
    {
        NamePattern? pattern =
            group.IsNode ? names.Node
            : group.IsOurSwitch ? names.Switch
            : null;
        if (pattern is null)
        {
            return group;
        }

        var called = new string[group.Count];
        for (int i = 0; i < called.Length; i++)
        {
            int device = group.First + i;
            called[i] = pattern.Fill(word =>
                word switch
                {
                    "n" => group.NumberOf(device),
                    "model" => group.Model.Id,
                    "pool" => group.NamePrefix,
                    "network" => group.Fabric.ToWord(),
                    "tier" => group.Tier.ToWord(),
                    "plane" => Math.Max(0, group.Plane),
                    "pod" => Math.Max(0, group.Pod),
                    "rack" => placement.Racks[placement.RackOfDevice[device]].Name,
                    "ru" => placement.UnitOfDevice[device],
                    _ => PlaceOf(word, placement.Racks[placement.RackOfDevice[device]], placement),
                }
            );
        }

        return group.Called(called);
    }

    private static DeviceGroup TraysNamed(DeviceGroup group, NamesSpec names, Placement placement)
    {
        if (names.Tray is not { } pattern || group.Trays is not { } trays)
        {
            return group;
        }

        var called = new List<string>(group.Count * trays.All.Count);
        for (int device = group.First; device < group.First + group.Count; device++)
        {
            foreach (Hardware.Tray tray in trays.All)
            {
                Rack rack = placement.Racks[placement.RackOfDevice[device] + tray.Rack];
                called.Add(
                    pattern.Fill(word =>
                        word switch
                        {
                            "node" => group.NameOf(device),
                            "label" => tray.Model.Label ?? tray.Word[..1],
                            "t" => tray.Number,
                            "kind" => tray.Word,
                            "n" => group.NumberOf(device),
                            "model" => group.Model.Id,
                            "pool" => group.NamePrefix,
                            "rack" => rack.Name,
                            "ru" => tray.Unit,
                            _ => PlaceOf(word, rack, placement),
                        }
                    )
                );
            }
        }

        return group.Called(null, called);
    }

    // A rack-scale node of trays is named in tables by its trays, and by itself where it is meant whole.
    private static IEnumerable<string> AllNames(DeviceGroup group)
    {
        for (int device = group.First; device < group.First + group.Count; device++)
        {
            yield return group.NameOf(device);
            foreach (Hardware.Tray tray in group.Trays?.All ?? [])
            {
                yield return group.NameOf(device, tray);
            }
        }
    }

    private static object PlaceOf(string word, Rack rack, Placement placement)
    {
        Hall hall = placement.Halls[rack.Hall];
        return word switch
        {
            "site" => hall.Site,
            "building" => hall.Building,
            "hall" => hall.Name,
            "letter" => hall.Letter,
            "row" => rack.Row,
            _ => throw new ArgumentException($"no field of a name is called '{word}'"),
        };
    }

    // Names must tell things apart in every table, so that two alike are no design.
    private static void SayTwice(
        IEnumerable<string> all,
        NamePattern pattern,
        string[] fields,
        string things,
        string key,
        ClusterSpec spec,
        DiagnosticBag diagnostics
    )
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (all.FirstOrDefault(name => !seen.Add(name)) is { } twice)
        {
            diagnostics.Error(
                SpecProblem.NamesClash,
                $"'{pattern}' calls two {things} '{twice}'; add a field that tells them apart ({Missing(pattern, fields)})",
                key,
                spec.MarkOf(key)
            );
        }
    }

    private static string Missing(NamePattern pattern, string[] fields)
    {
        string[] left = [.. fields.Except(pattern.Fields)];
        return left.Length == 0
            ? "all fields are in use: part the fields, as in {row}-{n}"
            : string.Join(", ", left.Select(w => $"{{{w}}}"));
    }

    // Once for all models that are called alike and run something else.
    private static void SayOtherOs(NamesSpec names, Network network, ClusterSpec spec, DiagnosticBag diagnostics)
    {
        PortNames ports = new(names);
        foreach (
            var alike in network
                .Groups.Where(g => !g.IsNode && g.Switch!.NetworkOs is not null)
                .Select(g => g.Switch!)
                .Distinct()
                .Select(m => (Model: m, Naming: ports.NamingOf(m), Runs: SystemsOf(m)))
                .Where(m => m.Naming != PortNaming.Cage && !m.Runs.Contains(m.Naming.ToWord()))
                .GroupBy(m => (m.Naming, IsOwn: names.SwitchPortsOf.ContainsKey(m.Model.Id), Runs: Listed.InWords(m.Runs)))
        )
        {
            string key = alike.Key.IsOwn ? "names.switch_ports_of" : "names.switch_ports";
            string instead = string.Join(", ", alike.Select(m => $"{m.Model.Id}: {m.Runs[0]}"));
            diagnostics.Warning(
                SpecProblem.OtherSystem,
                $"the ports of {Listed.InWords(alike.Select(m => m.Model.Id))} are called as {alike.Key.Naming.ToWord()} calls them, and the "
                    + $"maker lists {alike.Key.Runs} for {(alike.Count() == 1 ? "it" : "them")}; say names.switch_ports_of: {{{instead}}} if "
                    + $"{(alike.Count() == 1 ? "it runs" : "they run")} that",
                key,
                spec.MarkOf(key)
            );
        }
    }

    private static string[] SystemsOf(Hardware.SwitchModel model) =>
        [.. model.NetworkOs!.Value.Select(os => Hardware.NetworkOsWords.ToWord(os))];
}
