namespace Lightloom.Traces.Htsim;

/// <summary>
/// How htsim numbers hosts: those of the first leaf, then those of the second, as many places on every leaf. Immutable.
/// </summary>
/// <param name="Number">By host here: its number there.</param>
/// <param name="Count">Places in all; more than hosts where leaves have free ones.</param>
public sealed record HtsimHosts(IReadOnlyList<int> Number, int Count)
{
    /// <summary>Whether the numbers are the same here and there.</summary>
    public bool AreTheSame => Number.Select((n, i) => n == i).All(same => same);
}
