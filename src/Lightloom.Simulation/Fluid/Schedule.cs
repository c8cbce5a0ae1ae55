using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>Adds up the steps of one collective.</summary>
internal sealed class Schedule(SimulationOptions options, CollectiveAlgorithm algorithm)
{
    private readonly Dictionary<int, double> _timeOfBound = [];
    private double _time;
    private double _fixed;
    private double _steps;
    private long _flows;

    /// <summary>The relative standard error of its time where steps were sampled; 0 where all were counted.</summary>
    public double Error { get; set; }

    /// <summary>What a step takes however few bytes it moves, in picoseconds.</summary>
    public double FixedOf(StepLoad load) => options.MtuBytes * load.PacketByteTime + load.Latency;

    /// <summary>What a step takes, in picoseconds.</summary>
    /// <param name="load">What binds it.</param>
    /// <param name="payload">Bytes of each flow.</param>
    /// <param name="raw">Whether it moves without packets, as inside a scale-up domain.</param>
    public double TimeOf(StepLoad load, long payload, bool raw = false) =>
        load.Picoseconds(raw ? payload : options.WireSizeOf(DataSize.FromBytes(payload)).Bytes, raw ? 0 : options.MtuBytes);

    /// <summary>Adds a step that repeats.</summary>
    /// <param name="load">What binds it.</param>
    /// <param name="repeats">How often.</param>
    /// <param name="payload">Bytes of each flow.</param>
    /// <param name="flows">How many flows it has.</param>
    /// <param name="raw">Whether it moves without packets.</param>
    public bool Add(StepLoad load, double repeats, long payload, long flows, bool raw = false)
    {
        double one = TimeOf(load, payload, raw);
        AddTime(load, repeats * one, repeats * Math.Min(one, load.Latency + (raw ? 0 : options.MtuBytes * load.PacketByteTime)));
        Count(repeats, flows);
        return true;
    }

    /// <summary>Adds time that has been worked out elsewhere.</summary>
    public void AddTime(StepLoad load, double time, double ofIt)
    {
        _time += time;
        _fixed += ofIt;
        _timeOfBound[load.Bound] = _timeOfBound.GetValueOrDefault(load.Bound) + time - ofIt;
    }

    /// <summary>Counts steps and flows without time of their own.</summary>
    public void Count(double steps, long flows)
    {
        _steps += steps;
        _flows = checked(_flows + (long)(steps * flows));
    }

    public CollectiveTiming Timing()
    {
        int bound =
            _timeOfBound.Count == 0 ? StepLoad.Nothing : _timeOfBound.OrderByDescending(b => b.Value).ThenBy(b => b.Key).First().Key;
        return new CollectiveTiming(
            SimTime.FromPicoseconds((long)Math.Round(_time)),
            SimTime.FromPicoseconds((long)Math.Round(_fixed)),
            algorithm,
            StepLoad.InWords(bound)
        )
        {
            Steps = (long)Math.Round(_steps),
            Flows = _flows,
            Error = Error,
        };
    }
}
