using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>The choice of one product for links of one class, with its reasons.</summary>
public sealed record ProductChoice
{
    private readonly Lazy<IReadOnlyList<InterconnectCandidate>> _candidates;

    internal ProductChoice(Lazy<IReadOnlyList<InterconnectCandidate>> candidates) => _candidates = candidates;

    /// <summary>Index of the class in <see cref="Topology.Network.LinkClasses"/>.</summary>
    public required int LinkClass { get; init; }

    /// <summary>Index in <see cref="CablePlan.Products"/>, or -1 for links that nothing serves.</summary>
    public required int Product { get; init; }

    /// <summary>Logical links.</summary>
    public required long Links { get; init; }

    /// <summary>Shortest computed length.</summary>
    public required Length Shortest { get; init; }

    /// <summary>Longest computed length.</summary>
    public required Length Longest { get; init; }

    /// <summary>The longest computed length as a share of the reach that was allowed.</summary>
    public required double ReachUsed { get; init; }

    /// <summary>Why this product, for the longest of these links; for links that nothing serves, what came closest.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Ids of other products that could serve the same links, best first.</summary>
    public required IReadOnlyList<string> SecondSources { get; init; }

    /// <summary>Every product's verdict for the longest of these links, judged when first asked for.</summary>
    public IReadOnlyList<InterconnectCandidate> Candidates => _candidates.Value;
}
