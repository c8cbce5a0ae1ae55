using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>A scenario made ready for one network and one seed: what is sent, what breaks, and what counts.</summary>
/// <remarks>
/// Built from the number of hosts, their pools and rates and the seed alone, so that two designs of the same cluster get the same flows in
/// the same order. Immutable.
/// </remarks>
internal sealed record ScenarioCase
{
    /// <summary>The network to run on.</summary>
    public required Testbed Bed { get; init; }

    /// <summary>What is sent.</summary>
    public required TrafficDescription Traffic { get; init; }

    /// <summary>How many of the flows, from the first, count.</summary>
    public required int Counted { get; init; }

    /// <summary>What breaks.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Seconds that no network can beat: the busiest counted card's payload at its rate.</summary>
    public required double BoundSeconds { get; init; }

    /// <summary>What to say of how it was made; empty when there is nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Makes a scenario; null with a reason when the design cannot run it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="bed">The design's network.</param>
    /// <param name="terms">What holds for every design of the comparison.</param>
    /// <param name="seed">Draws groups and partners.</param>
    /// <param name="reason">Why there is none.</param>
    public static ScenarioCase? Of(string key, Testbed bed, EqualTerms terms, ulong seed, out string reason)
    {
        reason = "";
        Ranks all = bed.FirstXpus(Math.Min(terms.Xpus, bed.XpuCount));
        if (all.Count < 2)
        {
            reason = "one network card has nobody to send to";
            return null;
        }

        int[] hosts = [.. all.Hosts];
        new Random((int)(seed * 2_654_435_761 % int.MaxValue)).Shuffle(hosts);
        ScenarioMaker maker = new(bed, terms, all.On(hosts), seed);
        try
        {
            if (maker.Make(key) is { Length: > 0 } problem)
            {
                reason = problem;
                return null;
            }
        }
        catch (RefusedException e)
        {
            reason = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
            return null;
        }

        TrafficDescription traffic =
            maker.Parts.Count == 1
                ? maker.Parts[0]
                : TrafficDescription.Of([.. maker.Parts.Select((p, i) => (FormattableString.Invariant($"group-{i}"), p, SimTime.Zero, 0))]);
        int counted = maker.Parts.Take(maker.CountedParts ?? maker.Parts.Count).Sum(p => p.Flows.Count);
        int sharing = all.XpusPerHost;
        return new()
        {
            Bed = maker.Bed,
            Traffic = traffic,
            Counted = counted,
            Faults = maker.Faults,
            Note =
                sharing > 1
                    ? FormattableString.Invariant(
                        $"{maker.Note}{(maker.Note.Length > 0 ? "; " : "")}{sharing} XPUs share a card and take part as one"
                    )
                    : maker.Note,
            BoundSeconds = Bound(maker.Bed.Network, traffic, counted),
        };
    }

    private static double Bound(NetworkDescription network, TrafficDescription traffic, int counted)
    {
        double[] rates = network.HostRates();
        var sent = new long[network.HostCount];
        var received = new long[network.HostCount];
        for (int f = 0; f < counted; f++)
        {
            sent[traffic.Flows[f].Source] += traffic.Flows[f].Size.Bytes;
            received[traffic.Flows[f].Destination] += traffic.Flows[f].Size.Bytes;
        }

        double worst = 0;
        for (int h = 0; h < rates.Length; h++)
        {
            worst = Math.Max(worst, 8 * Math.Max(sent[h], received[h]) / rates[h]);
        }

        return worst;
    }
}
