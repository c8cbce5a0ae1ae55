using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Every backend that the catalogue allows for a specification, each of which may be carried through to its bill: for whoever judges designs
/// by more than cost, power and hops.
/// </summary>
/// <remarks>Not safe for use from several threads at once: a network that finds no cables changes what the next is tried with.</remarks>
public sealed class Exploration
{
    private readonly DesignSearch _search;
    private readonly Func<BackendCandidate, ClusterDesign?> _carry;
    private readonly IReadOnlyList<BackendCandidate> _backends;

    internal Exploration(ClusterSpec spec, DesignSearch search, Func<BackendCandidate, ClusterDesign?> carry)
    {
        (Spec, _search, _carry) = (spec, search, carry);
        _backends = search.Backends;
        All = [.. _backends.Select(b => b.Alternative)];
    }

    /// <summary>What is asked.</summary>
    public ClusterSpec Spec { get; }

    /// <summary>What was considered: the feasible ones first, best first by the file's objective.</summary>
    public IReadOnlyList<Alternative> All { get; }

    /// <summary>
    /// What placement and cabling see of a backend: two with one shape have the same switches, links and cages, and differ in makes and
    /// models alone. Null for one that could not be sized.
    /// </summary>
    /// <param name="index">Its place in <see cref="All"/>.</param>
    public string? ShapeOf(int index) => _backends[index].Plan?.Shape;

    /// <summary>Carries one through to its bill; null when <paramref name="failure"/> says why it does not become a design.</summary>
    /// <param name="index">Its place in <see cref="All"/>.</param>
    /// <param name="failure">Why not; empty when it does.</param>
    public ClusterDesign? Carry(int index, out string failure)
    {
        BackendCandidate candidate = _backends[index];
        ClusterDesign? design = candidate.Plan is null ? null : _carry(candidate);
        failure = design is not null ? "" : _search.FailureOf(candidate) ?? candidate.Alternative.Reason;
        return design;
    }
}
