using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>One choice of networks carried as far as it goes.</summary>
/// <param name="Selection">The networks.</param>
/// <param name="Stage">Where it ended.</param>
/// <param name="Diagnostics">What was said on the way; holds an error unless it is complete.</param>
/// <param name="Design">The design, from the bill on; not to be handed out before <see cref="AttemptStage.Complete"/>.</param>
/// <param name="Values">What it comes to, from the bill on.</param>
/// <param name="Excess">The worst limit's ratio, 1 when all are kept; infinite before the bill.</param>
internal sealed record Attempt(
    NetworkSelection Selection,
    AttemptStage Stage,
    IReadOnlyList<Diagnostic> Diagnostics,
    ClusterDesign? Design = null,
    LimitValues? Values = null,
    double Excess = double.PositiveInfinity
)
{
    /// <summary>The longest management link between switches that nothing served; null when all are, or none was asked.</summary>
    public Length? FarManagement { get; init; }

    /// <summary>By network: kinds of link of which some found no cable; none where all did or none was asked.</summary>
    public ILookup<FabricRole, LinkEnds> EndsWithoutCable { get; init; } = Enumerable.Empty<LinkEnds>().ToLookup(_ => FabricRole.Backend);

    /// <summary>Kinds of interconnect that would serve links that nothing serves, if the file allowed them their tier.</summary>
    public IReadOnlyList<(string Tier, InterconnectKind Kind)> MediaThatServe { get; init; } = [];

    /// <summary>What racks would have to offer for every device to fit one; null where they do.</summary>
    public LeastRack? LeastRack { get; init; }

    /// <summary>Links that nothing serves, as the errors say them, with what might mend them.</summary>
    public IReadOnlyList<UnservedLinks> Unserved { get; init; } = [];

    /// <summary>What it failed by, in one sentence; null when it is complete.</summary>
    public string? Failure => Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } error ? InOneSentence(error) : null;

    /// <summary>What it failed by as far as the network named is concerned, in one sentence.</summary>
    public string FailureOf(FabricRole network) =>
        InOneSentence(Diagnostics.First(d => d.Severity == Severity.Error && network.IsNamedBy(d.Where)));

    /// <summary>True when every error is about the network named.</summary>
    public bool BlamesOnly(FabricRole network) => Diagnostics.Where(d => d.Severity == Severity.Error).All(d => network.IsNamedBy(d.Where));

    /// <summary>Errors that are not about the network named.</summary>
    public int BlamesOutside(FabricRole network) => Diagnostics.Count(d => d.Severity == Severity.Error && !network.IsNamedBy(d.Where));

    /// <summary>True when some error is about the network named.</summary>
    public bool Blames(FabricRole network) => Diagnostics.Any(d => d.Severity == Severity.Error && network.IsNamedBy(d.Where));

    private static string InOneSentence(Diagnostic error) => $"{error.Id}: {error.Message.Split("; ")[0]}";
}
