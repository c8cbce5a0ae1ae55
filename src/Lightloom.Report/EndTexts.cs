using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>
/// Where cables end, as fields: everything of a device that repeats is turned into UTF-8 once and copied into every row that names it.
/// </summary>
internal sealed class EndTexts
{
    private readonly ClusterDesign _design;
    private readonly TextArena _rackPlaces;
    private readonly TextArena _places;
    private readonly TextArena _rackLabels;
    private readonly TextArena _labels;
    private readonly bool[] _quoteRack;
    private readonly bool[] _quoteDevice;
    private readonly bool[] _spansRacks;
    private readonly Stands _stands;
    private readonly Dictionary<(int Group, FabricRole Fabric), byte[][]> _ports = [];
    private readonly Dictionary<(int Group, FabricRole Fabric, int Cage, int Leg, Breakout Breakout), byte[]> _legs = [];
    private readonly Dictionary<(int Group, FabricRole Fabric, int Cage, int Leg, int Ways), byte[]> _xpus = [];

    /// <summary>Makes the texts of all racks and devices.</summary>
    public EndTexts(ClusterDesign design)
    {
        _design = design;
        _stands = new(design.Network);
        int devices = _stands.Count;
        int racks = design.Placement.Racks.Count;
        _quoteRack = new bool[racks];
        _quoteDevice = new bool[devices];
        _rackPlaces = new(racks, RackPlace);
        _places = new(devices, Place);
        // The label of a rack begins the field, so that it is what a spreadsheet might take for a formula.
        _rackLabels = new(racks, r => Inside(Csv.Neutral(CableNaming.LabelOfRack(design.Placement, r)), ref _quoteRack[r]));
        _labels = new(devices, d => Inside(PlainText.Of(CableNaming.LabelOfStand(design, _stands.At(d))), ref _quoteDevice[d]));
        _spansRacks = design.Network.Groups.Select(g => g.Node is { Racks.Value: > 1 }).ToArray();
    }

    /// <summary>Most bytes of one end's place and label together, the port not counted.</summary>
    public int Longest => _rackPlaces.Longest + _places.Longest + _rackLabels.Longest + _labels.Longest;

    /// <summary>The rack of a cage: the device's, or for a node of several racks the one that holds the cage.</summary>
    public int Rack(int device, FabricRole fabric, int cage) =>
        _spansRacks[_design.Network.GroupOfDevice[device]]
            ? _design.Placement.RackOfPort(_design.Network, device, fabric, cage)
            : _design.Placement.RackOfDevice[device];

    /// <summary>What a cable at a cage ends on, as <see cref="PutPlace"/> and <see cref="OpenLabel"/> take it.</summary>
    public int Stand(int device, FabricRole fabric, int cage) => _stands.Of(device, fabric, cage);

    /// <summary>Appends hall, row, rack, unit and device, a comma after each.</summary>
    public void PutPlace(Utf8Lines lines, int rack, int stand)
    {
        lines.Put(_rackPlaces[rack]);
        lines.Put(_places[stand]);
    }

    /// <summary>Begins a label with rack and device; the caller appends the port. True when the field is quoted.</summary>
    public bool OpenLabel(Utf8Lines lines, int rack, int stand)
    {
        bool quote = _quoteRack[rack] || _quoteDevice[stand];
        if (quote)
        {
            lines.PutByte((byte)'"');
        }

        lines.Put(_rackLabels[rack]);
        lines.Put(_labels[stand]);
        return quote;
    }

    /// <summary>Ends a label that <see cref="OpenLabel"/> began.</summary>
    public static void CloseLabel(Utf8Lines lines, bool quote)
    {
        if (quote)
        {
            lines.PutByte((byte)'"');
        }
    }

    /// <summary>The name of a cage as a field: devices of a group name theirs alike.</summary>
    public byte[] Port(int group, FabricRole fabric, int cage)
    {
        ref byte[][]? names = ref CollectionsMarshal.GetValueRefOrAddDefault(_ports, (group, fabric), out _);
        if (names is null || names.Length <= cage)
        {
            Array.Resize(ref names, Math.Max(cage + 1, 2 * (names?.Length ?? 0)));
        }

        return names[cage] ??= Csv.FieldBytes(_design.Network.PortName(_design.Network.Groups[group].First, fabric, cage));
    }

    /// <summary>The name of one leg of a cage as a field.</summary>
    public byte[] Leg(int group, FabricRole fabric, int cage, int leg, Breakout breakout)
    {
        ref byte[]? name = ref CollectionsMarshal.GetValueRefOrAddDefault(_legs, (group, fabric, cage, leg, breakout), out _);
        return name ??= Csv.FieldBytes(_design.Network.Ports.Leg(_design.Network.Groups[group], fabric, cage, leg, breakout));
    }

    /// <summary>The XPU behind a leg as a field, empty where there is none or it is not known.</summary>
    public byte[] Xpu(int group, FabricRole fabric, int cage, int leg, Breakout breakout)
    {
        ref byte[]? text = ref CollectionsMarshal.GetValueRefOrAddDefault(_xpus, (group, fabric, cage, leg, breakout.Ways), out _);
        int? xpu = text is null ? _design.Network.Ports.XpuBehind(_design.Network.Groups[group], fabric, cage, leg, breakout.Ways) : null;
        return text ??= Encoding.UTF8.GetBytes(xpu?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    private string RackPlace(int rack)
    {
        Rack one = _design.Placement.Racks[rack];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Csv.Field(_design.Placement.Halls[one.Hall].Name)},{one.Row},{Csv.Field(one.Name)},"
        );
    }

    private string Place(int stand)
    {
        (int device, Tray? tray) = _stands.At(stand);
        int unit = tray?.Unit ?? _design.Placement.UnitOfDevice[device];
        return string.Create(CultureInfo.InvariantCulture, $"{unit},{Csv.Field(CableNaming.NameOfStand(_design, device, tray))},");
    }

    // A part of a field: quotes are doubled here, the field is wrapped where it is put together.
    private static string Inside(string text, ref bool quote)
    {
        quote = Csv.NeedsQuotes(text);
        return text.Replace("\"", "\"\"");
    }
}
