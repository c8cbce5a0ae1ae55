using System.Numerics;
using Lightloom.Simulation.Collectives;

namespace Lightloom.Simulation.Fluid;

/// <summary>Collectives in levels: inside the scale-up domain, over the domains on every rail at once, inside the domain.</summary>
public sealed partial class FluidCollectives
{
    private Dictionary<int[], int[][]?>? _domains;

    // By domain, in the order in which they are met, the hosts of a group in rank order; null where domains hold unequal numbers of them.
    private int[][]? DomainsOf(int[] hosts)
    {
        _domains ??= [];
        if (_domains.TryGetValue(hosts, out int[][]? known))
        {
            return known;
        }
        return _domains[hosts] = _scaleUp is null ? null : Divide(hosts, _scaleUp.DomainOfHost);
    }

    private static int[][]? Divide(int[] hosts, IReadOnlyList<int> domainOf)
    {
        var members = new Dictionary<int, List<int>>();
        var order = new List<List<int>>();
        foreach (int host in hosts)
        {
            int domain = domainOf[host];
            if (domain < 0)
            {
                return null;
            }
            if (!members.TryGetValue(domain, out List<int>? own))
            {
                own = members[domain] = [];
                order.Add(own);
            }
            if (!own.Contains(host))
            {
                own.Add(host);
            }
        }
        return order.TrueForAll(o => o.Count == order[0].Count) ? [.. order.Select(o => o.ToArray())] : null;
    }

    // As many domains with as many ranks in every group; null where that is not so.
    private (int Domains, int Ranks)? Domains()
    {
        (int, int)? shape = null;
        foreach (int[] hosts in _hosts)
        {
            if (DomainsOf(hosts) is not { } domains || (shape is { } known && known != (domains.Length, domains[0].Length)))
            {
                return null;
            }
            shape = (domains.Length, domains[0].Length);
        }
        return shape;
    }

    private bool Hierarchical(Schedule schedule, CollectiveKind kind, long bytes)
    {
        if (Domains() is not (var domains, var ranks) || (ranks == 1 && domains > 1))
        {
            return false;
        }
        bool exchange = kind == CollectiveKind.AllToAll;
        int phases = kind == CollectiveKind.AllReduce ? 2 : 1;
        if (!exchange && kind is not (CollectiveKind.AllReduce or CollectiveKind.AllGather or CollectiveKind.ReduceScatter))
        {
            return false;
        }
        // Parts follow one another through the levels, so that domains and network work at the same time; as many as make it quickest.
        double best = double.MaxValue;
        List<Stage> stages = [];
        long most = Math.Clamp(bytes / Math.Max(1, (long)domains * ranks) / SmallestPiece, 1, MostParts);
        for (int parts = 1; parts <= most; parts *= 2)
        {
            List<Stage> tried = exchange
                ? [Inside(schedule, ranks, Share(bytes, parts)), .. ExchangeOverRails(schedule, domains, ranks, Share(bytes, parts))]
                : Reduced(schedule, domains, ranks, phases, Share(bytes, parts));
            double time = tried.Sum(s => s.Time) + (parts - 1) * tried.Max(s => s.Time);
            if (time < best)
            {
                (best, stages) = (time, tried);
                foreach (Stage stage in tried)
                {
                    stage.Parts = parts;
                }
            }
        }
        Stage longest = stages.MaxBy(s => s.Time)!;
        foreach (Stage stage in stages)
        {
            int times = ReferenceEquals(stage, longest) ? stage.Parts : 1;
            schedule.AddTime(stage.Load, times * stage.Time, stage.Fixed, times * stage.Calibrated);
            schedule.Count(stage.Steps * stage.Parts, Flows(stage.Flows));
        }
        return true;
    }

    private sealed class Stage(StepLoad load, double time, double ofIt, double calibrated, double steps, long flows)
    {
        public double Calibrated => calibrated;

        public StepLoad Load => load;

        public double Time => time;

        public double Fixed => ofIt;

        public double Steps => steps;

        public long Flows => flows;

        public int Parts { get; set; } = 1;
    }

    // Every rank to each other of its domain, at the rate of its scale-up port.
    private Stage Inside(Schedule schedule, int ranks, long bytes)
    {
        double rate = double.MaxValue;
        foreach (int[] hosts in _hosts)
        {
            foreach (int host in hosts)
            {
                rate = Math.Min(rate, _scaleUp!.RateOfHost[host].BitsPerSecond);
            }
        }
        StepLoad load = new(8e12 / rate, 0, _scaleUp!.Latency.Picoseconds, StepLoad.ScaleUpPort);
        long moved = (ranks - 1) * Share(bytes, ranks);
        double time = schedule.TimeOf(load, moved, raw: true);
        return new(load, time, Math.Min(time, load.Latency), time, 1, (long)_hosts[0].Length * (ranks - 1));
    }

    private List<Stage> Reduced(Schedule schedule, int domains, int ranks, int phases, long bytes)
    {
        List<Stage> stages = [];
        for (int p = 0; p < phases && ranks > 1; p++)
        {
            stages.Add(Inside(schedule, ranks, bytes));
        }
        if (domains == 1)
        {
            return stages;
        }
        StepLoad ring = Solve(Pattern.Rails, 1).AroundARing;
        double steps = domains - 1,
            time = steps * schedule.TimeOf(ring, Share(bytes, (long)ranks * domains)),
            calibrated = steps * schedule.CalibratedOf(ring, Share(bytes, (long)ranks * domains));
        (StepLoad load, double ofIt) = (ring, steps * schedule.FixedOf(ring));
        if (BitOperations.IsPow2(domains))
        {
            (double halving, double itsFixed, double really, int count) = (0, 0, 0, 0);
            for (; 1 << count < domains; count++)
            {
                load = Solve(Pattern.RailExchange, domains >> (count + 1));
                halving += schedule.TimeOf(load, Share(bytes, (long)ranks * (2L << count)));
                itsFixed += schedule.FixedOf(load);
                really += schedule.CalibratedOf(load, Share(bytes, (long)ranks * (2L << count)), chained: true);
            }
            (load, time, ofIt, calibrated, steps) =
                halving < time ? (load, halving, itsFixed, really, count) : (ring, time, ofIt, calibrated, steps);
        }
        double fixedPart = Math.Min(phases * time, phases * ofIt);
        stages.Add(new(load, phases * time, fixedPart, phases * calibrated, phases * steps, _hosts[0].Length));
        return stages;
    }

    // A rank sends what is for the ranks of another domain through its own rail: relayed inside the domain, then domain to domain.
    private List<Stage> ExchangeOverRails(Schedule schedule, int domains, int ranks, long bytes)
    {
        if (domains == 1)
        {
            return [];
        }
        if (!InOrder(ranks))
        {
            return RailRounds(schedule, domains, ranks, bytes);
        }
        _railRounds ??= CountRounds(ranks);
        double time = 0,
            ofIt = 0,
            calibrated = 0;
        StepLoad last = default;
        foreach ((StepLoad load, double rounds) in _railRounds.Rounds)
        {
            time += rounds * schedule.TimeOf(load, Share(bytes, domains));
            ofIt += rounds * schedule.FixedOf(load);
            calibrated += rounds * schedule.CalibratedOf(load, Share(bytes, domains));
            last = load;
        }
        schedule.Error = Math.Max(schedule.Error, _railRounds.Error);
        return [new(last, time, Math.Min(time, ofIt), calibrated, domains - 1, _hosts[0].Length)];
    }

    private RoundSum? _railRounds;

    private List<Stage> RailRounds(Schedule schedule, int domains, int ranks, long bytes)
    {
        double time = 0,
            ofIt = 0,
            calibrated = 0;
        StepLoad last = default;
        int taken = Math.Min(domains - 1, SampledRounds);
        for (int i = 0; i < taken; i++)
        {
            last = Solve(Pattern.Rails, 1 + (int)((long)i * (domains - 1) / taken));
            time += (domains - 1.0) / taken * schedule.TimeOf(last, Share(bytes, domains));
            ofIt += (domains - 1.0) / taken * schedule.FixedOf(last);
            calibrated += (domains - 1.0) / taken * schedule.CalibratedOf(last, Share(bytes, domains));
        }
        return [new(last, time, Math.Min(time, ofIt), calibrated, domains - 1, _hosts[0].Length)];
    }

    // Whether a domain's ranks stand together and in one order, so that a rank of the next domain is so many places on.
    private bool InOrder(int ranks)
    {
        foreach (int[] hosts in _hosts)
        {
            int[][] domains = DomainsOf(hosts)!;
            for (int r = 0; r < hosts.Length; r++)
            {
                if (hosts.Length != domains.Length * ranks || domains[r / ranks][r % ranks] != hosts[r])
                {
                    return false;
                }
            }
        }
        return true;
    }
}
