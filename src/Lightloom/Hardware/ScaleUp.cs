using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>The scale-up domain of a node: XPUs that a network of their own joins, faster than the backend.</summary>
/// <remarks>
/// How many XPUs and how fast stand beside it in the entry (<c>scale_up_domain</c>, <c>scale_up_gbytes_s</c>) and are gathered here, so that
/// what runs over a domain reads one value.
/// </remarks>
public sealed record ScaleUp
{
    /// <summary>Whose links it is made of, or null.</summary>
    [Key("network", "Whose links it is made of.")]
    public Figure<ScaleUpNetwork>? Network { get; init; }

    /// <summary>What its longest links run over, or null.</summary>
    [Key("medium", "What its longest links run over; board and backplane come with the node and are not cabled.")]
    public Figure<ScaleUpMedium>? Medium { get; init; }

    /// <summary>Its switch chips, all in one node; the sum of its switch trays where those are known; or null.</summary>
    [Key("switch_chips", "Switch chips of a node; left out where trays say it.", Minimum = 0, Maximum = 1000000, After = "a node")]
    public Figure<int>? SwitchChips { get; init; }

    /// <summary>From XPU to XPU without load, or null: a design then takes the fact <c>scale-up-ns</c>.</summary>
    [Key("latency_ns", "From XPU to XPU without load; by default the fact scale-up-ns.", Minimum = 0, Maximum = 1e7)]
    public Figure<SimTime>? Latency { get; init; }

    /// <summary>How far apart two ends of a link may be, or null.</summary>
    [Key("reach_m", "How far apart two ends of a link may be.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? Reach { get; init; }

    /// <summary>Optical modules in one node's domain; null for none or unknown.</summary>
    [Key("modules", "Optical modules of its links in one node.", Minimum = 0, Maximum = 10000000, After = "a node")]
    public Figure<int>? Modules { get; init; }

    /// <summary>What a module is: <c>400G OSFP LPO</c>; or null.</summary>
    [Key("module", "What a module is, in words.")]
    public Figure<string>? Module { get; init; }

    /// <summary>Typical power of one module, or null.</summary>
    [Key("module_power_w", "Typical power of one module.", Minimum = 0, Maximum = 1000)]
    public Figure<Power>? ModulePower { get; init; }

    /// <summary>Cables of its links between racks in one node's domain; null for none or unknown.</summary>
    [Key("cables", "Cables of its links between racks in one node.", Minimum = 0, Maximum = 10000000, After = "a node")]
    public Figure<int>? Cables { get; init; }

    /// <summary>True when the node's price and power count its modules and cables: it is sold with them.</summary>
    [Key("included", "True when the node's price and power count its modules and cables.")]
    public Figure<bool>? Included { get; init; }

    /// <summary>XPUs that it joins (<c>scale_up_domain</c>), or null.</summary>
    public Figure<int>? Xpus { get; init; }

    /// <summary>Bytes a second of one XPU, one way (<c>scale_up_gbytes_s</c>), or null.</summary>
    public Figure<double>? BytesPerSecond { get; init; }

    /// <summary>True when its links between racks are somebody's work: modules, cables, their lines of the bill.</summary>
    public bool IsCabled => Medium is { Value: ScaleUpMedium.Copper or ScaleUpMedium.Fibre };

    /// <summary>The latency of its own, else that of the fact.</summary>
    /// <param name="catalogue">The catalogue with the fact <c>scale-up-ns</c>.</param>
    public Figure<SimTime> LatencyIn(Catalogue catalogue)
    {
        if (Latency is { } own)
        {
            return own;
        }

        Fact fact = catalogue.Fact("scale-up-ns");
        return new(SimTime.FromNanoseconds(fact.Value), new(fact.SourceIds, fact.Assumed));
    }
}
