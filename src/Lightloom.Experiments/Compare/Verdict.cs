using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>What follows from a comparison, in sentences that a person would say, each with its number.</summary>
internal static class Verdict
{
    /// <summary>Differences below this share are called equal.</summary>
    private const double Same = 0.02;

    public static IReadOnlyList<string> Of(Comparison comparison)
    {
        List<string> said = [];
        foreach (Contender missing in comparison.Contenders.Where(c => c.Design is null))
        {
            said.Add($"There is no {missing.Label} design: {missing.Reason}.");
        }

        List<int> feasible = [.. Enumerable.Range(0, comparison.Contenders.Count).Where(c => comparison.Contenders[c].Design is not null)];
        if (feasible.Count == 0)
        {
            return said;
        }

        int first = feasible[0];
        Headline(said, comparison);
        foreach (int other in feasible.Skip(1))
        {
            Money(said, comparison.Contenders[first], comparison.Contenders[other]);
            Shape(said, comparison.Contenders[first], comparison.Contenders[other]);
        }

        foreach (int one in feasible)
        {
            said.AddRange(
                comparison.Contenders[one].Figures!.BrokenLimits.Select(l => $"{Capital(comparison.Contenders[one].Label)} {l}.")
            );
        }

        List<int> columns = [.. Enumerable.Range(0, comparison.Columns.Count).Where(c => !comparison.Columns[c].IsEcmp)];
        foreach (int other in columns.Skip(1))
        {
            Times(said, comparison, columns[0], other);
        }

        Ecmp(said, comparison);
        NinetyPercent(said, comparison);
        Incast(said, comparison, columns);
        Neighbour(said, comparison, columns);
        Faults(said, comparison, columns);
        Pools(said, comparison, columns);
        return said;
    }

    /// <summary>The one sentence for those who read one: time, money, ECMP.</summary>
    private static void Headline(List<string> said, Comparison c)
    {
        List<int> columns = [.. Enumerable.Range(0, c.Columns.Count).Where(k => !c.Columns[k].IsEcmp)];
        if (columns.Count < 2)
        {
            return;
        }

        int a = columns[0],
            b = columns[1];
        Contender x = c.Contenders[c.Columns[a].Contender],
            y = c.Contenders[c.Columns[b].Contender];
        List<string> parts = [];
        foreach (string key in new[] { "permutation", "all-to-all", "all-reduce-halving-doubling" })
        {
            if (c.OutcomeOf(a, key) is { IsGood: true } from && c.OutcomeOf(b, key) is { IsGood: true } to)
            {
                double ratio = to.TimeUs / from.TimeUs;
                string phrase = Scenario.Find(key)!.Phrase;
                parts.Add(
                    Math.Abs(ratio - 1) <= Same ? $"{phrase} in the same time"
                    : ratio is < 0.5 or > 2 ? $"{phrase} {Difference(ratio)}"
                    : $"{phrase} {Difference(ratio)} {(ratio < 1 ? "sooner" : "later")}"
                );
            }
        }

        bool priced = x.Figures!.UnpricedPieces + y.Figures!.UnpricedPieces == 0;
        // Clusters of different sizes are held against each other by the XPU.
        bool alike = x.Figures.Xpus == y.Figures.Xpus;
        double cost =
            (priced ? y.Figures.Capex.Dollars / x.Figures.Capex.Dollars : y.Figures.EstimatedUsd / x.Figures.EstimatedUsd)
            * x.Figures.Xpus
            / y.Figures.Xpus;
        string much =
            Math.Abs(cost - 1) < 0.005 ? "as much"
            : cost > 2 ? N(cost, 1) + " times as much"
            : Percent(Math.Abs(cost - 1)) + (cost > 1 ? " more" : " less");
        string money = $"{(priced ? "costs" : "is estimated to cost")} {much}{(alike ? "" : " an XPU")}";
        string ecmp = "";
        for (int e = 0; e < c.Columns.Count; e++)
        {
            if (
                c.Columns[e].IsEcmp
                && c.OutcomeOf(e, "permutation") is { IsGood: true } hashed
                && c.OutcomeOf(b, "permutation") is { IsGood: true } to
            )
            {
                ecmp =
                    hashed.TimeUs >= to.TimeUs
                        ? $"; against ECMP the permutation would be {N(hashed.TimeUs / to.TimeUs, 1)} times sooner"
                        : $"; even under ECMP the other finishes the permutation {Speed(hashed.TimeUs / to.TimeUs)}";
                break;
            }
        }

        if (parts.Count > 0)
        {
            said.Add($"Against {x.Label}, {y.Label} at {N(c.Xpus)} XPUs finishes {string.Join(", ", parts)}, and {money}{ecmp}.");
        }
    }

    private static void Money(List<string> said, Contender a, Contender b)
    {
        ContenderFigures x = a.Figures!,
            y = b.Figures!;
        // Clusters of different sizes are held against each other by the XPU.
        bool alike = x.Xpus == y.Xpus;
        double of = alike ? 1 : x.Xpus,
            with = alike ? 1 : y.Xpus;
        string each = alike ? "" : " an XPU";
        if (x.UnpricedPieces == 0 && y.UnpricedPieces == 0)
        {
            double before = x.Capex.Dollars / of,
                after = y.Capex.Dollars / with;
            said.Add(
                $"{Capital(b.Label)} costs {Against(after, before, "more", "less", "as much as")} {a.Label}: "
                    + $"{Dollars(after)} against {Dollars(before)}{each}."
            );
            return;
        }

        IEnumerable<string> missing = new[] { a, b }
            .Where(c => c.Figures!.UnpricedPieces > 0)
            .Select(c => $"{N(c.Figures!.UnpricedPieces)} pieces of {c.Label} ({Few(c.Figures.Unpriced)})");
        double from = x.EstimatedUsd / of,
            to = y.EstimatedUsd / with;
        said.Add(
            $"The bills cannot be compared: {string.Join(" and ", missing)} have no public price and count zero. "
                + $"With the catalogue's median a gigabit in their place {b.Label} comes to "
                + $"{Dollars(to)} against {Dollars(from)}{each}, {Against(to, from, "more", "less", "the same")}; "
                + $"{Percent(y.GuessedShare)} and {Percent(x.GuessedShare)} of that is a guess. Price them under prices: for an answer."
        );
    }

    private static void Shape(List<string> said, Contender a, Contender b)
    {
        ContenderFigures x = a.Figures!,
            y = b.Figures!;
        bool alike = x.Xpus == y.Xpus;
        double before = x.Power.Watts / (alike ? 1 : x.Xpus),
            after = y.Power.Watts / (alike ? 1 : y.Xpus);
        string watts = alike
            ? $"{N(after / 1000, 1)} kW against {N(before / 1000, 1)} kW"
            : $"{N(after, 1)} W against {N(before, 1)} W an XPU";
        List<string> parts =
        [
            $"has {N(y.Switches)} switches against {N(x.Switches)}{(alike ? "" : $", for {N(y.Xpus)} XPUs against {N(x.Xpus)}")}",
            $"{N(y.Optics)} optics against {N(x.Optics)}",
            $"draws {Against(after, before, "more", "less", "the same power")} "
                + $"({watts}{(x.PowerUnknownLines + y.PowerUnknownLines > 0 ? ", not counting parts whose power nobody published" : "")})",
        ];
        if (x.LatencyUs is { } from && y.LatencyUs is { } to)
        {
            parts.Add(
                $"its longest path takes {N(to.Longest, 2)} us unloaded against {N(from.Longest, 2)} "
                    + $"us{(x.LatencyAssumed || y.LatencyAssumed ? ", a figure that rests on assumed switch latencies" : "")}"
            );
        }

        said.Add($"{Capital(b.Label)} {string.Join(", ", parts)}.");
    }

    private static void Times(List<string> said, Comparison c, int a, int b)
    {
        List<string> sooner = [],
            later = [],
            same = [];
        // Neighbours, pools and faults have sentences of their own.
        foreach (
            Scenario scenario in c.Scenarios.Where(s =>
                s.Key != "one-job" && s.Reference is null && !s.Key.StartsWith("two-", StringComparison.Ordinal)
            )
        )
        {
            if (c.OutcomeOf(a, scenario.Key) is { IsGood: true } x && c.OutcomeOf(b, scenario.Key) is { IsGood: true } y)
            {
                double ratio = y.TimeUs / x.TimeUs;
                (
                    ratio < 1 - Same ? sooner
                    : ratio > 1 + Same ? later
                    : same
                ).Add(
                    Math.Abs(ratio - 1) <= Same
                        ? scenario.Phrase
                        : $"{scenario.Phrase} {Difference(ratio)} ({N(y.TimeUs, 1)} against {N(x.TimeUs, 1)} us)"
                );
            }
        }

        string xpus = N(c.Xpus),
            label = c.Columns[b].Label,
            first = c.Columns[a].Label;
        if (sooner.Count > 0)
        {
            said.Add($"At {xpus} XPUs {label} finishes sooner than {first}: {List(sooner)}.");
        }

        if (later.Count > 0)
        {
            said.Add($"At {xpus} XPUs {label} finishes later than {first}: {List(later)}.");
        }

        if (same.Count > 0)
        {
            said.Add($"Within {Percent(Same)} of each other: {List(same)}.");
        }
    }

    private static void Ecmp(List<string> said, Comparison c)
    {
        for (int e = 0; e < c.Columns.Count; e++)
        {
            if (!c.Columns[e].IsEcmp)
            {
                continue;
            }

            int own = Enumerable
                .Range(0, c.Columns.Count)
                .First(k => !c.Columns[k].IsEcmp && c.Columns[k].Contender == c.Columns[e].Contender);
            List<string> slower = [];
            foreach (string key in new[] { "permutation", "all-to-all", "all-reduce-ring", "all-reduce-halving-doubling" })
            {
                if (c.OutcomeOf(own, key) is { IsGood: true } x && c.OutcomeOf(e, key) is { IsGood: true } y)
                {
                    slower.Add(
                        $"{(Math.Abs((y.TimeUs / x.TimeUs) - 1) <= Same ? "" : N(y.TimeUs / x.TimeUs, 2) + " times ")}as long for "
                            + $"{Scenario.Find(key)!.Phrase}"
                    );
                }
            }

            if (slower.Count > 0)
            {
                said.Add($"Under ECMP the same {c.Columns[own].Label} network takes {List(slower)}.");
            }

            foreach (
                int other in Enumerable
                    .Range(0, c.Columns.Count)
                    .Where(k => !c.Columns[k].IsEcmp && c.Contenders[c.Columns[k].Contender].Figures!.Paradigm == Paradigm.SwitchScheduled)
            )
            {
                List<string> sooner = [];
                foreach (string key in new[] { "permutation", "all-to-all", "all-reduce-ring", "all-reduce-halving-doubling" })
                {
                    if (c.OutcomeOf(other, key) is { IsGood: true } x && c.OutcomeOf(e, key) is { IsGood: true } y)
                    {
                        sooner.Add($"{Scenario.Find(key)!.Phrase} {Speed(x.TimeUs / y.TimeUs)}");
                    }
                }

                if (sooner.Count > 0)
                {
                    said.Add($"Against that ECMP network {c.Columns[other].Label} finishes {List(sooner)}.");
                }
            }
        }
    }

    private static void NinetyPercent(List<string> said, Comparison c)
    {
        foreach (int k in Enumerable.Range(0, c.Columns.Count).Where(k => !c.Columns[k].IsEcmp))
        {
            if (c.OutcomeOf(k, "permutation") is { IsGood: true } o)
            {
                said.Add(
                    $"{Capital(c.Columns[k].Label)} carries the permutation at {Apart.Of(100 * o.Utilisation, 90)} % of the cards' rate, "
                        + $"payload over the whole time with its first and last microseconds: "
                        + $"{(o.Utilisation >= 0.9 ? "above" : "below")} 90 %; packets take {N(o.LatencyP99Us, 1)} us at the 99th "
                        + $"percentile."
                );
            }
        }
    }

    private static void Incast(List<string> said, Comparison c, List<int> columns)
    {
        List<string> parts = [];
        foreach (int k in columns)
        {
            if (c.OutcomeOf(k, "incast") is { Reason.Length: 0 } o)
            {
                string cost =
                    o.Lost + o.Trimmed == 0
                        ? "loses nothing"
                        : $"{(o.Trimmed > 0 ? $"trims {N(o.Trimmed)}" : "")}{(o.Trimmed > 0 && o.Lost > 0 ? " and " : "")}"
                            + $"{(o.Lost > 0 ? $"loses {N(o.Lost)}" : "")} of {N(o.Sent)} packets";
                parts.Add(
                    $"{c.Columns[k].Label} queues up to {N(o.BufferPeakBytes / 1024.0, 0)} KiB in one place and {cost}, "
                        + $"done after {N(o.TimeUs, 1)} us of at least {N(o.BoundUs, 1)}"
                );
            }
        }

        if (parts.Count > 0)
        {
            said.Add($"In the incast {string.Join("; ", parts)}.");
        }
    }

    private static void Neighbour(List<string> said, Comparison c, List<int> columns)
    {
        List<string> parts = [];
        foreach (int k in columns)
        {
            if (c.Relative(k, Scenario.Find("two-jobs")!) is { } ratio)
            {
                parts.Add($"{SignedPercent(ratio - 1)} on {c.Columns[k].Label}");
            }
        }

        if (parts.Count > 0)
        {
            said.Add($"A neighbour's all-to-all makes a job {List(parts)}.");
        }
    }

    private static void Faults(List<string> said, Comparison c, List<int> columns)
    {
        foreach ((string key, string what) in new[] { ("cable-lost", "A cable lost"), ("spine-lost", "A spine lost") })
        {
            List<string> parts = [];
            foreach (int k in columns)
            {
                if (c.OutcomeOf(k, key) is not { Reason.Length: 0 } o)
                {
                    continue;
                }

                string lost = o.Lost == 0 ? "no packet lost" : $"{N(o.Lost)} packets lost";
                parts.Add(
                    o.Unfinished > 0 ? $"leaves {N(o.Unfinished)} transfers unfinished on {c.Columns[k].Label} ({lost})"
                    : c.Relative(k, Scenario.Find(key)!) is { } ratio
                        ? $"makes the permutation {SignedPercent(ratio - 1)} on {c.Columns[k].Label} ({lost})"
                    : ""
                );
            }

            parts.RemoveAll(p => p.Length == 0);
            if (parts.Count > 0)
            {
                string meaning =
                    key == "cable-lost"
                        ? "; that is the strike itself, with detection and timeouts in a run this short, "
                            + "not what lasts while the part is out (lightloom faults)"
                        : "";
                said.Add($"{what} {List(parts)}{meaning}.");
            }
        }
    }

    private static void Pools(List<string> said, Comparison c, List<int> columns)
    {
        foreach ((string equal, string what) in new[] { ("two-pools", "all-to-all"), ("two-pools-all-reduce", "direct all-reduce") })
        {
            List<string> parts = [];
            foreach (int k in columns)
            {
                if (c.OutcomeOf(k, equal) is { IsGood: true } x && c.OutcomeOf(k, equal + "-by-rate") is { IsGood: true } y)
                {
                    string gain =
                        x.TimeUs >= y.TimeUs ? N(x.TimeUs / y.TimeUs, 2) + " times faster" : N(y.TimeUs / x.TimeUs, 2) + " times slower";
                    parts.Add(
                        $"{gain} on {c.Columns[k].Label} ({N(x.TimeUs, 1)} to {N(y.TimeUs, 1)} us; "
                            + $"{N(x.BoundUs / y.BoundUs, 2)} times faster by the closed form)"
                    );
                }
            }

            if (parts.Count > 0)
            {
                said.Add($"Over XPUs of two NIC rates the slower half gates the {what}; shards after the rates make it {List(parts)}.");
            }
        }

        // Compute that differs gates a synchronous step in the same way; it needs no simulation.
        if (c.Contenders[0].Spec is { Pools.Count: > 1 } spec)
        {
            List<(string Pool, double Flops, double Xpus)> compute = [];
            foreach (PoolSpec pool in spec.Pools)
            {
                NodeModel node = spec.Catalogue.Nodes[pool.Node];
                if (node.Bf16Flops?.Value is > 0 and double flops)
                {
                    compute.Add((pool.Name, flops, pool.Xpus ?? 0));
                }
            }

            double xpus = compute.Sum(p => p.Xpus);
            if (compute.Count == spec.Pools.Count && xpus > 0 && compute.Min(p => p.Flops) < compute.Max(p => p.Flops))
            {
                double mean = compute.Sum(p => p.Flops * p.Xpus) / xpus;
                said.Add(
                    $"Compute differs too ({string.Join(", ", compute.Select(p => $"{p.Pool} {N(p.Flops / 1e12)} TFLOP/s"))}): "
                        + $"with equal batches a synchronous step waits for the slowest; "
                        + $"batches after the compute regain {N(mean / compute.Min(p => p.Flops), 2)} times."
                );
            }
        }
    }

    // "6 % sooner" or "6 % later" up to twice, "2.4 times as fast" and "in 2.4 times the time" beyond.
    private static string Speed(double ratio) =>
        Math.Abs(ratio - 1) <= Same ? "in the same time"
        : ratio is < 0.5 or > 2 ? Difference(ratio)
        : $"{Difference(ratio)} {(ratio < 1 ? "sooner" : "later")}";

    // "6 %" up to twice, "2.4 times as fast" and "in 2.4 times the time" beyond.
    private static string Difference(double ratio) =>
        ratio < 0.5 ? $"{N(1 / ratio, 1)} times as fast"
        : ratio > 2 ? $"in {N(ratio, 1)} times the time"
        : Percent(Math.Abs(1 - ratio));

    private static string Against(double b, double a, string more, string less, string same) =>
        a <= 0 ? more
        : Math.Abs((b / a) - 1) < 0.005 ? same
        : b > 2 * a ? $"{N(b / a, 1)} times {(same == "as much as" ? "as much as" : "as much")}"
        : $"{Percent(Math.Abs((b / a) - 1))} {(b > a ? more : less)} {(same == "as much as" ? "than" : "")}".TrimEnd();

    private static string Percent(double share) =>
        (share * 100).ToString(Math.Abs(share) < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    private static string SignedPercent(double share) =>
        Math.Abs(share) < 0.0005 ? "0 % longer"
        : share > 1 ? N(share + 1, 1) + " times as long"
        : Percent(Math.Abs(share)) + (share < 0 ? " shorter" : " longer");

    private static string N(double value, int decimals = 0) =>
        value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);

    private static string Dollars(double usd) => usd >= 1e6 ? $"${N(usd / 1e6, 2)} M" : $"${N(usd)}";

    private static string Few(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(3)) + (ids.Count > 3 ? $" and {ids.Count - 3} more" : "");

    private static string List(IReadOnlyList<string> items) =>
        items.Count <= 1 ? string.Concat(items) : string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
