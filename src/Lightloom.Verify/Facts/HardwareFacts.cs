using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Facts;

/// <summary>Looks up in the catalogue what the folder's files name.</summary>
internal sealed class HardwareFacts
{
    private readonly Folder _folder;
    private readonly Device?[] _devices;
    private readonly CageFacts?[] _cages;
    private readonly Dictionary<int, Product?> _products = [];
    private readonly Dictionary<int, Medium> _media;

    public HardwareFacts(Folder folder, Catalogue catalogue)
    {
        _folder = folder;
        Catalogue = catalogue;
        Plant = new(catalogue);
        _media = MediaOf(folder);
        Runs = [.. folder.Design.Devices.Where(d => d.Kind != "panel").Select(Resolve)];
        foreach (DeviceRun run in folder.Design.Devices.Where(d => d.Kind == "panel"))
        {
            foreach (string name in NamesOf(run))
            {
                if (!Panels.TryAdd(name, run))
                {
                    NamedTwice.Add(name);
                }
            }
        }

        Dictionary<string, Device> byName = new(StringComparer.Ordinal);
        foreach (Device device in Runs)
        {
            foreach (string name in NamesOf(device.Run))
            {
                if (!byName.TryAdd(name, device))
                {
                    NamedTwice.Add(name);
                }
            }
        }

        _devices = new Device?[folder.Names.Devices.Count];
        for (int i = 0; i < _devices.Length; i++)
        {
            _devices[i] = byName.GetValueOrDefault(folder.Names.Devices[i]);
        }

        _cages = [.. folder.Cables.Cages.Select(FactsOf)];
    }

    /// <summary>The catalogue.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What fibre and plugs lose.</summary>
    public PlantFacts Plant { get; }

    /// <summary>The medium that design.json says a product runs on; copper where it says none.</summary>
    public Medium MediumOf(int product) => _media.GetValueOrDefault(product, Medium.Copper);

    /// <summary>The runs of nodes and switches of design.json, each resolved.</summary>
    public IReadOnlyList<Device> Runs { get; }

    /// <summary>The patch panels of design.json by name, each with the run that it belongs to.</summary>
    public Dictionary<string, DeviceRun> Panels { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that two runs claim.</summary>
    public List<string> NamedTwice { get; } = [];

    /// <summary>The device of a number, or null where design.json names no such one.</summary>
    public Device? DeviceOf(int number) => _devices[number];

    /// <summary>What is known of a cage of cables.csv; null where the catalogue does not know it.</summary>
    public CageFacts? CageOf(int cage) => _cages[cage];

    /// <summary>What a product column names; null where the catalogue does not know it.</summary>
    public Product? ProductOf(int word)
    {
        if (!_products.TryGetValue(word, out Product? product))
        {
            _products[word] = product = Resolve(_folder.Names.Words[word]);
        }

        return product;
    }

    /// <summary>The names of a run: as listed, else the first with its number counted up.</summary>
    public static IEnumerable<string> NamesOf(DeviceRun run)
    {
        if (run.Names is { Count: > 0 } names)
        {
            foreach (string name in names)
            {
                yield return name;
            }

            yield break;
        }

        int first = PortReading.LastNumber(run.First);
        int digits = run.First.Length - run.First.AsSpan().TrimEnd("0123456789").Length;
        string prefix = run.First[..^Math.Min(digits, 9)];
        for (int i = 0; i < run.Count; i++)
        {
            yield return first < 0
                ? run.First
                : prefix + (first + i).ToString(CultureInfo.InvariantCulture).PadLeft(run.First.Length - prefix.Length, '0');
        }
    }

    /// <summary>The number of the cage that a row of cables.csv names on a switch, from 1; 0 where it names none.</summary>
    public int NumberOf(CageKey cage, SwitchModel box) =>
        PortReading.CageOf(_folder.Names.Ports[cage.Port], DeviceOf(cage.Device)?.Run.Ports ?? "", box);

    /// <summary>The ports of a node on a network, or null.</summary>
    public static NicPorts? PortsOf(NodeModel node, string fabric) =>
        fabric switch
        {
            "backend" => node.Backend,
            "frontend" => node.Frontend,
            _ => node.Networks?.GetValueOrDefault(fabric),
        };

    /// <summary>True for a port that only management uses: 1000BASE-T.</summary>
    public bool IsManagement(CageKey cage) =>
        _folder.Names.Words[cage.Fabric] == "oob" && DeviceOf(cage.Device) is { } device && (device.IsNode || device.Run.Fabric != "oob");

    private static Dictionary<int, Medium> MediaOf(Folder folder)
    {
        Dictionary<int, Medium> media = [];
        foreach (InterconnectEntry entry in folder.Design.Interconnects)
        {
            int word = folder.Names.Words.Find(entry.Id);
            if (word >= 0 && MediumWords.TryParse(entry.Medium?.Replace(' ', '-').ToLowerInvariant(), out Medium medium))
            {
                media[word] = medium;
            }
        }

        return media;
    }

    private Device Resolve(DeviceRun run) =>
        new(
            run,
            run.Kind is "node" or "tray" ? Catalogue.Nodes.GetValueOrDefault(run.Model) : null,
            run.Kind == "switch" ? Catalogue.Switches.GetValueOrDefault(run.Model) : null
        );

    private Product? Resolve(string text)
    {
        if (Catalogue.Interconnects.TryGetValue(text, out InterconnectModel? whole))
        {
            return new(text, whole, whole);
        }

        for (int plus = text.IndexOf('+'); plus > 0; plus = text.IndexOf('+', plus + 1))
        {
            if (
                Catalogue.Interconnects.TryGetValue(text[..plus], out InterconnectModel? head)
                && Catalogue.Interconnects.TryGetValue(text[(plus + 1)..], out InterconnectModel? tail)
            )
            {
                return new(text, head, tail);
            }
        }

        return null;
    }

    private CageFacts? FactsOf(CageKey cage)
    {
        if (DeviceOf(cage.Device) is not { } device)
        {
            return null;
        }

        if (IsManagement(cage))
        {
            DataRate gigabit = DataRate.FromGbps(1);
            return new(FormFactor.Rj45, [], ThermalType.Any, 1, [gigabit], gigabit, [Protocol.Ethernet], []);
        }

        string port = _folder.Names.Ports[cage.Port];
        if (device.Node is { } node)
        {
            return PortsOf(node, _folder.Names.Words[cage.Fabric]) is { } ports ? FactsOf(ports, Catalogue) : null;
        }

        return device.Switch is { } box ? FactsOf(box, NumberOf(cage, box)) : null;
    }

    private static CageFacts FactsOf(NicPorts ports, Catalogue catalogue)
    {
        DataRate rate = ports.Rate.Value;
        IReadOnlyList<int> options = ports.LaneOptions?.Value ?? [];
        int most = options.Append(ports.LanesPerNic.Value).Max();
        return new(
            ports.FormFactor.Value,
            ports.Takes?.Value ?? [],
            ports.Thermal,
            most * ports.NicsPerCage / ports.CagesPerNic,
            [ports.LaneRate, .. options.Select(n => rate / n).Where(r => r != ports.LaneRate)],
            ports.CageRate,
            ports.Protocols?.Value
                ?? (ports.NicModel is { } nic && catalogue.Nics.TryGetValue(nic, out NicModel? card) ? card.Protocols?.Value : null),
            []
        );
    }

    private static CageFacts? FactsOf(SwitchModel box, int number)
    {
        foreach (CageBlock block in box.Cages)
        {
            if (number >= block.FirstNumber && number < block.FirstNumber + block.Count.Value)
            {
                DataRate own = block.CageRate.Value / block.Lanes.Value;
                IReadOnlyList<DataRate> rates = block.LaneRates?.Value ?? [];
                return new(
                    block.FormFactor.Value,
                    block.Takes?.Value ?? [],
                    block.Thermal,
                    block.Lanes.Value,
                    [own, .. rates.Where(r => r != own)],
                    block.CageRate.Value,
                    box.Protocols?.Value,
                    [.. block.Breakouts.Value.Where(b => block.Allows(number, b))]
                )
                {
                    LaneRatesAreKnown = rates.Count > 0,
                };
            }
        }

        return null;
    }
}
