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

        if (names.Switch is not null || names.Node is not null)
        {
            network = network with { Groups = [.. network.Groups.Select(g => Named(g, names, network, placement))] };
            SayTwice(
                network.Groups.SelectMany(g => Enumerable.Range(g.First, g.Count).Select(g.NameOf)),
                names.Switch ?? names.Node!,
                names.Switch is not null ? NamesSpec.SwitchFields : NamesSpec.NodeFields,
                "devices",
                names.Switch is not null ? "names.switch" : "names.node",
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
        NamePattern? pattern = group.IsNode ? names.Node : names.Switch;
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

    private static void SayOtherOs(NamesSpec names, Network network, ClusterSpec spec, DiagnosticBag diagnostics)
    {
        PortNames ports = new(names);
        foreach (Hardware.SwitchModel model in network.Groups.Where(g => !g.IsNode).Select(g => g.Switch!).Distinct())
        {
            PortNaming naming = ports.NamingOf(model);
            if (
                naming != PortNaming.Cage
                && model.NetworkOs is { } known
                && known.Value.All(os => Hardware.NetworkOsWords.ToWord(os) != naming.ToWord())
            )
            {
                string key = names.SwitchPortsOf.ContainsKey(model.Id) ? "names.switch_ports_of" : "names.switch_ports";
                string runs = string.Join(" and ", known.Value.Select(os => Hardware.NetworkOsWords.ToWord(os)));
                diagnostics.Warning(
                    SpecProblem.OtherSystem,
                    $"the ports of {model.Id} are called as {naming.ToWord()} calls them, and its maker lists {runs} for it; "
                        + $"say names.switch_ports_of: {{{model.Id}: {Hardware.NetworkOsWords.ToWord(known.Value[0])}}} if it runs that",
                    key,
                    spec.MarkOf(key)
                );
            }
        }
    }
}
