using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Fluid;

/// <summary>Exchanges of every rank with every other: in rounds, or all at once.</summary>
public sealed partial class FluidCollectives
{
    /// <summary>The rounds of a pairwise exchange, alike ones together, and the relative standard error where they were sampled.</summary>
    private sealed record RoundSum(IReadOnlyList<(StepLoad Load, double Rounds)> Rounds, double Error);

    private bool Pairwise(Schedule schedule, long bytes)
    {
        int n = _hosts[0].Length;
        _rounds ??= CountRounds(1);
        foreach ((StepLoad load, double rounds) in _rounds.Rounds)
        {
            schedule.Add(load, rounds, Share(bytes, n), Flows(n));
        }
        schedule.Error = _rounds.Error;
        return true;
    }

    private bool Together(Schedule schedule, long bytes, int phases)
    {
        int n = _hosts[0].Length;
        StepLoad load = default;
        if (_hosts.Length == 1 && _scaleUp is null && ShiftRounds.Of(_solver, _hosts[0]) is { } rounds)
        {
            load = rounds.Together();
        }
        else if ((long)n * n * _hosts.Length <= MostSolvedFlows)
        {
            load = SolveTogether();
        }
        else
        {
            return false;
        }
        return schedule.Add(load, phases, Share(bytes, n), Flows((long)n * (n - 1)));
    }

    private StepLoad SolveTogether()
    {
        int n = _hosts[0].Length;
        var sources = new int[n * (n - 1) * _hosts.Length];
        var destinations = new int[sources.Length];
        int count = 0;
        foreach (int[] hosts in _hosts)
        {
            for (int a = 0; a < n; a++)
            {
                for (int b = 0; b < n; b++)
                {
                    if (a != b)
                    {
                        (sources[count], destinations[count++]) = (hosts[a], hosts[b]);
                    }
                }
            }
        }
        return WithWays(sources, destinations, sources.Length);
    }

    // Rounds in which every rank sends a multiple of so many places on.
    private RoundSum CountRounds(int stride)
    {
        int n = _hosts[0].Length,
            count = n / stride - 1;
        var sum = new Dictionary<StepLoad, double>();
        bool inside = _scaleUp is not null && stride == 1;
        if (_hosts.Length == 1 && !inside && ShiftRounds.Of(_solver, _hosts[0]) is { } arithmetic)
        {
            for (int k = stride; k < n; k += stride)
            {
                StepLoad load = arithmetic.Of(k);
                sum[load] = sum.GetValueOrDefault(load) + 1;
            }
            return new([.. sum.Select(p => (p.Key, p.Value))], 0);
        }
        bool all = (long)count * n * _hosts.Length <= MostSolvedFlows || count <= SampledRounds;
        int taken = all ? count : SampledRounds;
        double total = 0,
            squares = 0;
        for (int i = 0; i < taken; i++)
        {
            // One round of each part of the rounds, drawn by seed.
            double within = all ? 0 : Hash.Mix32((uint)i * 0x9E3779B9u ^ (uint)_options.Seed) / 4294967296.0;
            int round = 1 + (int)((i + within) * count / taken);
            StepLoad load = Solve(Pattern.Shift, round * stride);
            sum[load] = sum.GetValueOrDefault(load) + (double)count / taken;
            total += load.ByteTime;
            squares += load.ByteTime * load.ByteTime;
        }
        double mean = total / taken,
            variance = Math.Max(0, squares / taken - mean * mean);
        double error = all || taken < 2 ? 0 : Math.Sqrt(variance / (taken - 1)) / mean;
        return new([.. sum.Select(p => (p.Key, p.Value))], error);
    }
}
