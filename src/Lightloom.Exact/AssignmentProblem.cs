namespace Lightloom.Exact;

/// <summary>
/// Pieces and the places that they may take, at most one piece a place: a quadratic assignment problem, as costs of pairs depend on where
/// both stand.
/// </summary>
public sealed record AssignmentProblem
{
    /// <summary>The pieces. Where they start must be an assignment that keeps every rule.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>Costs of pairs; no pair twice.</summary>
    public IReadOnlyList<PiecePair> Pairs { get; init; } = [];

    /// <summary>Runs of pieces that keep their order: each at a higher place than the one before it.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Orders { get; init; } = [];

    /// <summary>What places carry together.</summary>
    public IReadOnlyList<PlaceLimit> Limits { get; init; } = [];

    /// <summary>The size of the model: a term for every piece at a place, and one for every pair of pieces at a pair of places.</summary>
    public long Terms => Pieces.Sum(p => (long)p.Places.Count) + Pairs.Sum(p => (long)Pieces[p.A].Places.Count * Pieces[p.Z].Places.Count);

    /// <summary>What an assignment costs.</summary>
    /// <param name="chosen">For every piece an index into its places.</param>
    public long CostOf(IReadOnlyList<int> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        long sum = 0;
        for (int i = 0; i < Pieces.Count; i++)
        {
            sum += Pieces[i].Costs[chosen[i]];
        }

        foreach (PiecePair pair in Pairs)
        {
            sum += pair.Costs[(chosen[pair.A] * Pieces[pair.Z].Places.Count) + chosen[pair.Z]];
        }

        return sum;
    }
}
