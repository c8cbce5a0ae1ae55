using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>What is said where every design that came to a bill breaks a limit: the nearest in each, and values that work together.</summary>
internal static class LimitRefusal
{
    /// <summary>Sets of values that are carried through before one is named, at most.</summary>
    private const int MostCarried = 3;

    /// <summary>
    /// The closest attempt's diagnostics with its errors replaced by one for every limit that binds (LL7901 to LL7904): the design that comes
    /// nearest in that limit, whichever it is, and in the first one set of all limits that was carried through and works.
    /// </summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="closest">The attempt whose worst limit is broken least.</param>
    /// <param name="billed">All that came to a bill.</param>
    /// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
    public static IReadOnlyList<Diagnostic> Of(
        ClusterSpec spec,
        Attempt closest,
        IReadOnlyList<Attempt> billed,
        Func<ClusterSpec, Carried> carry
    )
    {
        LimitsSpec limits = spec.Objectives.Limits;
        string works = Works(spec, limits, billed, carry);
        List<Diagnostic> errors = [];
        foreach (LimitKind kind in Enum.GetValues<LimitKind>())
        {
            Attempt? nearest = billed.MinBy(a => a.Values!.Value.Ratio(kind, limits) ?? 0);
            bool alone = nearest?.Values!.Value.Ratio(kind, limits) > 1;
            if (!alone && !(closest.Values!.Value.Ratio(kind, limits) > 1))
            {
                continue;
            }

            LimitValues values = nearest!.Values!.Value;
            string key = "objectives.limits." + LimitWords.Key(kind);
            string said = alone
                ? $"no design that was tried keeps {key}: the closest has {LimitWords.Above(kind, values, limits)} ({Words(nearest)})"
                : $"no design that was tried keeps {key} and the other limits: {LimitWords.Amount(kind, values)} keeps it ({Words(nearest)}), "
                    + $"but that has {Others(kind, values, limits)}";
            errors.Add(new(LimitWords.Id(kind), Severity.Error, errors.Count == 0 ? $"{said}; {works}" : said, key, spec.MarkOf(key)));
        }

        return [.. errors, .. closest.Diagnostics.Where(d => d.Severity != Severity.Error)];
    }

    // The least that the limits must be raised to, nearest first; only what was carried through and became a design is named.
    private static string Works(ClusterSpec spec, LimitsSpec limits, IReadOnlyList<Attempt> billed, Func<ClusterSpec, Carried> carry)
    {
        foreach (Attempt attempt in billed.OrderBy(a => a.Excess).Take(MostCarried))
        {
            LimitsSpec raised = LimitWords.Raised(limits, attempt.Values!.Value);
            if (carry(spec with { Objectives = spec.Objectives with { Limits = raised } }).Lacks is null)
            {
                return $"it works with {LimitWords.InFile(raised)} ({Words(attempt)}), or free what binds it (switch, planes, oversubscription, "
                    + "interconnect)";
            }
        }

        return "free what binds it (switch, planes, oversubscription, interconnect)";
    }

    private static string Others(LimitKind kept, LimitValues values, LimitsSpec limits) =>
        Listed.InWords(
            Enum.GetValues<LimitKind>()
                .Where(k => k != kept && values.Ratio(k, limits) > 1)
                .Select(k => $"{LimitWords.Above(k, values, limits)} of {LimitWords.Key(k)}")
        );

    private static string Words(Attempt attempt)
    {
        Alternative backend = attempt.Selection.Backend.Alternative;
        string switches = backend.Leaf == backend.Spine ? backend.Leaf : $"{backend.Leaf} and {backend.Spine}";
        return $"{switches}, {Counted.Of(backend.Tiers, "tier")}, {Counted.Of(backend.Planes, "plane")}"
            + (attempt.Selection.Frontend is { } frontend ? $", frontend {frontend.Names}" : "");
    }
}
