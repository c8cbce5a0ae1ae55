using Lightloom.Diagnostics;

namespace Lightloom.Spec;

/// <summary>Links to what is outside the design: a border router, a WAN, a core.</summary>
public sealed record ExternalSpec
{
    /// <summary>Its name; the device at the far end is called after it.</summary>
    [Key("name", "What the links lead to; the far end is called after it.", Required = true, Example = "border")]
    public string Name { get; init; } = "";

    /// <summary>The tier whose switches the links start from.</summary>
    [Key("tier", "The tier whose switches the links start from.", OneOf = "leaf|spine|super-spine", Example = "spine")]
    public string Tier { get; init; } = "spine";

    /// <summary>How many links, all switches of the tier together.</summary>
    [Key(
        "links",
        "How many links, dealt out over the switches of the tier.",
        Required = true,
        Minimum = 1,
        Maximum = 65_536,
        Example = "8"
    )]
    public int Links { get; init; }

    /// <summary>Rate of one link in Gb/s.</summary>
    [Key("rate_gbps", "Rate of one link.", Required = true, Minimum = 0, ExclusiveMinimum = true, Maximum = 3200, Example = "400")]
    public double RateGbps { get; init; }

    /// <summary>True when links may be legs of breakout cables, several of them from one plug.</summary>
    [Key(
        "breakout",
        "Whether links may be legs of breakout cables, which the outside's plugs must take; by default each has a plug of its own at our end.",
        Example = "true"
    )]
    public bool Breakout { get; init; }

    /// <summary>Where the entry starts in the file.</summary>
    public SourceMark Mark { get; init; }
}
