using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>Trays of one kind in a rack-scale node: where they are in the rack and what each brings.</summary>
public sealed record TrayModel
{
    /// <summary>What they are for.</summary>
    [Key("kind", "What they are for.", Required = true)]
    public TrayKind Kind { get; init; }

    /// <summary>Lowest rack unit of each, from 1 at the bottom, in the order in which they are numbered.</summary>
    [Key(
        "units",
        "Lowest rack unit of each, in the order in which they are numbered; in each of the node's racks that has them.",
        Required = true,
        Minimum = 1,
        Maximum = 60,
        OneOrMany = true
    )]
    public required Figure<IReadOnlyList<int>> Units { get; init; }

    /// <summary>Height of one, 1 by default.</summary>
    [Key("rack_units", "Height of one, 1 by default.", Minimum = 1, Maximum = 60, After = "U")]
    public required Figure<int> RackUnits { get; init; }

    /// <summary>Which of the node's racks have them, from 1; all by default.</summary>
    [Key("racks", "Which of the node's racks have them, from 1; all by default.", Minimum = 1, Maximum = 1000, OneOrMany = true)]
    public required Figure<IReadOnlyList<int>> Racks { get; init; }

    /// <summary>What the name of one ends with, before its number: <c>c</c> for <c>train-001-c07</c>.</summary>
    [Key("label", "What the name of one ends with, before its number: c for train-001-c07; by default the first letter of its word.")]
    public string? Label { get; init; }

    /// <summary>Management ports (1000BASE-T) of one; null where nobody says.</summary>
    [Key("management_ports", "Management ports (1000BASE-T) of one.", Minimum = 0, Maximum = 100, After = "a tray")]
    public Figure<int>? ManagementPorts { get; init; }

    /// <summary>What the maker calls its management ports, port by port, or null.</summary>
    [Key("management_names", "What the maker calls its management ports, port by port.", OneOrMany = true)]
    public Figure<IReadOnlyList<string>>? ManagementNames { get; init; }

    /// <summary>Chips of the scale-up network in one switch tray, or null.</summary>
    [Key("switch_chips", "Switch chips of the scale-up network in one.", Minimum = 1, Maximum = 1000, After = "a tray")]
    public Figure<int>? SwitchChips { get; init; }

    /// <summary>Power that one draws at most, or null.</summary>
    [Key("power_max_w", "Power that one draws at most; a power shelf feeds others and has none.", Minimum = 0, Maximum = 1e6)]
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>Mass of one, or null.</summary>
    [Key("weight_kg", "Mass of one.", Minimum = 0, Maximum = 1e4)]
    public Figure<Mass>? Weight { get; init; }

    /// <summary>How many a node has.</summary>
    public int Count => Units.Value.Count * Racks.Value.Count;

    /// <summary>How many there are in a node of that many racks.</summary>
    internal int CountIn(int racks) => Units.Value.Count * (Racks?.Value.Count ?? Math.Max(1, racks));

    /// <summary>Fills in what is usual where the file does not say.</summary>
    /// <param name="path">The key: <c>trays.compute</c>.</param>
    /// <param name="racks">Racks of the node.</param>
    /// <param name="context">The entry.</param>
    internal TrayModel Complete(string path, int racks, EntryContext context)
    {
        if (Racks?.Value.FirstOrDefault(r => r > racks) is > 0 and var beyond)
        {
            context.Contradiction($"{path}: there is no rack {beyond}, the node fills {racks}; correct racks", path + ".racks");
        }

        context.DemandDistinct(path + ".racks", Racks?.Value, r => r.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (ManagementNames is { } names && names.Value.Count != (ManagementPorts?.Value ?? 0))
        {
            context.Contradiction(
                $"{path}: management_names lists {names.Value.Count}, there are {ManagementPorts?.Value ?? 0} management_ports; "
                    + "list one for each",
                path + ".management_names"
            );
        }

        if (Label is { } label && (label.Length is 0 or > 12 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            context.Contradiction($"{path}: a label has 1 to 12 letters, digits and hyphens", path + ".label");
        }

        return this with
        {
            RackUnits = RackUnits ?? Figures.Assume(1, "Not given: one rack unit."),
            Racks = Racks ?? Figures.Assume<IReadOnlyList<int>>([.. Enumerable.Range(1, racks)], "Not given: every rack of the node."),
        };
    }
}
