using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>How long a collective takes, and what of it. Immutable.</summary>
/// <param name="Time">From its start to the end of the slowest group.</param>
/// <param name="Fixed">The share of it that no bandwidth shortens: latencies of its steps.</param>
/// <param name="Algorithm">How it was run.</param>
/// <param name="Bound">Which kind of link is full while it runs, in a few words; empty where no link is.</param>
public sealed record CollectiveTiming(SimTime Time, SimTime Fixed, CollectiveAlgorithm Algorithm, string Bound)
{
    /// <summary>How many steps follow one another; 0 where the model has none.</summary>
    public long Steps { get; init; }

    /// <summary>How many flows all steps have together; 0 where the model has none.</summary>
    public long Flows { get; init; }

    /// <summary>The relative standard error of the time where only some of the steps were solved; 0 where all were.</summary>
    public double Error { get; init; }

    /// <summary>
    /// Step times, shortest first, and how many flows have steps of that time; each at most as long as its step, as the slowest ends it. Empty
    /// where the model has none, or steps overlap.
    /// </summary>
    public IReadOnlyList<(SimTime Time, double Flows)> FlowsOfTime { get; init; } = [];

    /// <summary>The step time that this share of all flows does not exceed, by nearest rank; zero where <see cref="FlowsOfTime"/> is empty.</summary>
    /// <param name="share">0 to 1.</param>
    public SimTime StepTimeOf(double share)
    {
        double rank = share * FlowsOfTime.Sum(f => f.Flows),
            seen = 0;
        foreach ((SimTime time, double flows) in FlowsOfTime)
        {
            seen += flows;
            if (seen >= rank * (1 - 1e-12))
            {
                return time;
            }
        }
        return FlowsOfTime.Count == 0 ? SimTime.Zero : FlowsOfTime[^1].Time;
    }

    /// <summary>
    /// The time with what a transport and a load balancing add to it, as measured against packets; null where that is not known.
    /// </summary>
    public SimTime? Calibrated { get; init; }

    /// <summary>What a library's tuner chose, as <c>ring ll128</c>; empty where none was asked.</summary>
    public string Choice { get; init; } = "";
}
