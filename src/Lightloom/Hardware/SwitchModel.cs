using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A switch that can be ordered: its cages, its ASIC's limits, its size, power and price.</summary>
public sealed record SwitchModel : SwitchingEntry
{
    /// <summary>What it is built for.</summary>
    [Key("role", "What it is built for.")]
    public required SwitchRole Role { get; init; }

    /// <summary>For which use it is taken where a file names no switch, or null.</summary>
    [Key("default_for", "The use for which it is taken where a file names no switch.")]
    public Figure<DefaultUse>? DefaultFor { get; init; }

    /// <summary>What its ports speak, by default that of its role; null for a fabric element, which carries cells.</summary>
    [Key(
        "protocols",
        "What its ports speak; by default InfiniBand for role: infiniband, nothing for a fabric element, which carries cells, "
            + "and Ethernet for any other.",
        OneOrMany = true
    )]
    public Figure<IReadOnlyList<Protocol>>? Protocols { get; init; }

    /// <summary>Id of the chip inside, or null.</summary>
    [Key("asic", "Id of the chip inside.")]
    public Figure<string>? Asic { get; init; }

    /// <summary>Operating systems that it is sold with or certified for, the maker's own first; null where that is not known.</summary>
    [Key("network_os", "Operating systems that it is sold with or certified for, the maker's own first.", OneOrMany = true)]
    public Figure<IReadOnlyList<NetworkOs>>? NetworkOs { get; init; }

    /// <summary>The faceplate, block by block. Empty when the ports are not known; such a box can be shown but not used.</summary>
    [Key(
        "cages",
        "The faceplate, block by block. Empty when the ports are not known; such a box can be shown but not " + "used.",
        OneOrMany = true
    )]
    public required IReadOnlyList<CageBlock> Cages { get; init; }

    /// <summary>What is written beside <c>cages</c>; null once the entry is read.</summary>
    [KeysBeside]
    internal CageForm? Beside { get; init; }

    /// <summary>Height in rack units, or null.</summary>
    [Key("rack_units", "Height in rack units.", Minimum = 1, Maximum = 60, After = "U")]
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Depth, or null.</summary>
    [Key("depth_mm", "Depth.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? Depth { get; init; }

    /// <summary>Mass, or null.</summary>
    [Key("weight_kg", "Mass.", Minimum = 0, Maximum = 10_000)]
    public Figure<Mass>? Weight { get; init; }

    /// <summary>Maximum power, or null. What it includes differs; see <see cref="PowerBasis"/>.</summary>
    [Key("power_max_w", "Maximum power. What it includes differs; see PowerBasis.", Minimum = 0, Maximum = 1e8)]
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>What the power figures include, or null.</summary>
    [Key("power_basis", "What the power figures include.")]
    public Figure<string>? PowerBasis { get; init; }

    /// <summary>
    /// True when <see cref="PowerMaximum"/> already counts a full set of optics, so that a bill must not add theirs again.
    /// </summary>
    [Key(
        "power_max_includes_optics",
        "True when PowerMaximum already counts a full set of optics, so that a bill must not add theirs " + "again."
    )]
    public Figure<bool>? PowerMaximumIncludesOptics { get; init; }

    /// <summary>True when the box is liquid-cooled (its cages then take flat-top modules).</summary>
    [Key("liquid_cooled", "True when the box is liquid-cooled (its cages then take flat-top modules).")]
    public Figure<bool>? LiquidCooled { get; init; }

    /// <summary>Rated failures: mean hours between failures, or null.</summary>
    [Key("mtbf_h", "Rated failures: mean hours between failures.", Minimum = 1, Maximum = 1e12)]
    public Figure<double>? MtbfHours { get; init; }

    private static Figure<IReadOnlyList<Protocol>>? ProtocolsOf(SwitchRole role) =>
        role switch
        {
            SwitchRole.ScheduledElement => null,
            SwitchRole.InfinibandClos => Figures.Assume<IReadOnlyList<Protocol>>([Protocol.InfiniBand], "Not given: that of its role."),
            _ => Figures.Assume<IReadOnlyList<Protocol>>([Protocol.Ethernet], "Not given: that of its role."),
        };

    internal override CatalogueItem Complete(EntryContext context)
    {
        if (MaxLogicalPortsPerGroup?.Value > 0 != CagesPerPortGroup?.Value > 0)
        {
            context.Contradiction(
                "cages_per_port_group and max_logical_ports_per_group go together; give both or neither",
                "max_logical_ports_per_group"
            );
        }

        return ((SwitchModel)base.Complete(context)) with
        {
            Protocols = Protocols is { Value.Count: > 0 } ? Protocols : ProtocolsOf(Role),
            Cages = CageDefaults.Complete(Cages ?? [], Beside, LiquidCooled is { Value: true }, context),
            Beside = null,
        };
    }

    /// <summary>By the id alone: it tells entries apart, and hashing every figure of one would take longer than looking it up.</summary>
    public override int GetHashCode() => string.GetHashCode(Id, StringComparison.Ordinal);
}
