using Lightloom.Units;

namespace Lightloom.Diagnostics;

/// <summary>Why something that was considered cannot be taken: a fabric's shape, a product on a link, a design under its limits.</summary>
/// <param name="Code">The rule or limit that binds.</param>
/// <param name="Reason">The same in words, with the figures on both sides, without a full stop.</param>
/// <param name="Excess">By how much, in the rule's own unit (metres for reach, decibels for loss); 0 where there is no amount.</param>
/// <param name="Doublings">
/// The same as how often what is allowed must double: log2 of needed over allowed length, a third of the decibels too many.
/// </param>
public sealed record Rejection(RejectionCode Code, string Reason, double Excess = 0, double Doublings = 0)
{
    /// <summary>Causes that a sentence names at most.</summary>
    private const int MostCauses = 3;

    /// <summary>Why none of many candidates can be taken, in one sentence: the most frequent causes first, each with how many it holds for.</summary>
    /// <param name="reasons">Every cause once, with how many candidates it is that of.</param>
    internal static string Causes(IEnumerable<(string Reason, int Count)> reasons)
    {
        (string Reason, int Count)[] all = [.. reasons.OrderByDescending(r => r.Count)];
        string words = string.Join(
            ", or ",
            all.Take(MostCauses).Select(r => r.Reason + (r.Count > 1 ? $" ({Counted.Of(r.Count, "candidate")})" : ""))
        );
        long rest = all.Skip(MostCauses).Sum(r => (long)r.Count);
        return rest == 0 ? words : $"{words}, and {Counted.Of(rest, "more candidate")} for other reasons";
    }
}
