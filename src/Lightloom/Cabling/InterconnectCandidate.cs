using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>What became of one catalogue product for one link, with every reason.</summary>
public sealed record InterconnectCandidate
{
    /// <summary>The assembly, or the module at the end whose cage carries more (the A end where they are alike).</summary>
    public required InterconnectModel Head { get; init; }

    /// <summary>The module at the other end; the same entry as <see cref="Head"/> for an assembly or equal modules.</summary>
    public required InterconnectModel Tail { get; init; }

    /// <summary>True when <see cref="Head"/> plugs in at the Z end.</summary>
    public required bool HeadAtZ { get; init; }

    /// <summary>Chosen, feasible or rejected.</summary>
    public required ProductVerdict Verdict { get; init; }

    /// <summary>The class of the article's table that it belongs to, or null.</summary>
    public required ArticleClass? Class { get; init; }

    /// <summary>The medium; null when it has no reach on any that is installed.</summary>
    public required Medium? Medium { get; init; }

    /// <summary>Rated reach of the weaker end.</summary>
    public required Length RatedReach { get; init; }

    /// <summary>The reach that may be used: derated for modules, the longest sold length for assemblies.</summary>
    public required Length Reach { get; init; }

    /// <summary>The length to order; zero when rejected for its length.</summary>
    public required Length OrderLength { get; init; }

    /// <summary>Loss of fibre and panels, or null for copper.</summary>
    public double? LossDb { get; init; }

    /// <summary>Loss allowed, or null when it is not published.</summary>
    public double? LossBudgetDb { get; init; }

    /// <summary>
    /// Price of the head and all tails that it serves, and of the fibre as far as it has one; null when a module or the assembly has none.
    /// </summary>
    public Money? Price { get; init; }

    /// <summary>Power of the head and all tails that it serves, or null when it is not published.</summary>
    public Power? Power { get; init; }

    /// <summary>
    /// Latency of the link: modules, error correction in the hosts and propagation over the ordered length; null when it is not published.
    /// </summary>
    public SimTime? Latency { get; init; }

    /// <summary>Rules that it broke; empty when it is feasible.</summary>
    public required IReadOnlyList<Rejection> Rejections { get; init; }

    /// <summary>All reasons in words: of the rejection, or of the rank.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
