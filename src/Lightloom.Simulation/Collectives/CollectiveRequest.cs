using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>One collective that several groups of ranks run at the same time on one network. Immutable.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Size">The size as nccl-tests count it, for one group; see <see cref="CollectiveKind"/>.</param>
/// <param name="Groups">
/// The ranks of each group, as numbers of the network's XPUs, each at least 2, in rank order. Groups share the network: give all that run
/// at once, as the data-parallel groups of a job do.
/// </param>
/// <param name="Algorithm">How it is run; null for what is quickest.</param>
public sealed record CollectiveRequest(
    CollectiveKind Kind,
    DataSize Size,
    IReadOnlyList<IReadOnlyList<int>> Groups,
    CollectiveAlgorithm? Algorithm = null
);
