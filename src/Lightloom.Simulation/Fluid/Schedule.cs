using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>Adds up the steps of one collective.</summary>
/// <param name="options">Packet sizes.</param>
/// <param name="algorithm">How the collective is run.</param>
/// <param name="terms">What transport and load balancing add; null where that is not known.</param>
internal sealed class Schedule(SimulationOptions options, CollectiveAlgorithm algorithm, FluidTerms? terms = null)
{
    private readonly Dictionary<int, double> _timeOfBound = [];
    private double _time;
    private double _fixed;
    private double _calibrated;
    private double _steps;
    private readonly SortedDictionary<long, double> _flowsOfTime = [];
    private bool _timesKnown = true;
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

    /// <summary>The same with what transport and load balancing add; the ideal where that is not known.</summary>
    /// <param name="load">What binds it.</param>
    /// <param name="payload">Bytes of each flow.</param>
    /// <param name="raw">Whether it moves without packets.</param>
    /// <param name="chained">Whether ranks go on to another partner while the last may still wait for them.</param>
    public double CalibratedOf(StepLoad load, long payload, bool raw = false, bool chained = false)
    {
        double ideal = TimeOf(load, payload, raw);
        if (terms is null || raw)
        {
            return ideal;
        }
        double wire = options.WireSizeOf(DataSize.FromBytes(payload)).Bytes,
            real = terms.Picoseconds(load, wire, options);
        // A step that no card binds, inside a scale-up domain, is none of the transport's.
        if (load.Longest.Latency > 0 && load.HostByteTime > 0)
        {
            real *= terms.OnRing(
                wire * load.HostByteTime / FluidTerms.RoundTripOf(load.Longest.Latency, load.Longest.PacketByteTime, options)
            );
        }
        // Hosts that the fabric holds up anyway have room for the flows of two steps.
        double chain = 1 + (terms.Chain - 1) * Math.Min(1, load.HostByteTime / load.ByteTime);
        return chained ? ideal + chain * (real - ideal) : real;
    }

    /// <summary>Adds a step that repeats.</summary>
    /// <param name="load">What binds it.</param>
    /// <param name="repeats">How often.</param>
    /// <param name="payload">Bytes of each flow.</param>
    /// <param name="flows">How many flows it has.</param>
    /// <param name="raw">Whether it moves without packets.</param>
    /// <param name="chained">Whether ranks go on to another partner while the last may still wait for them.</param>
    public bool Add(StepLoad load, double repeats, long payload, long flows, bool raw = false, bool chained = false)
    {
        double one = TimeOf(load, payload, raw);
        double ofIt = Math.Min(one, load.Latency + (raw ? 0 : options.MtuBytes * load.PacketByteTime));
        Sum(load, repeats * one, repeats * ofIt, repeats * CalibratedOf(load, payload, raw, chained));
        Count(repeats, flows);
        var each = (long)Math.Round(one);
        _flowsOfTime[each] = _flowsOfTime.GetValueOrDefault(each) + repeats * flows;
        return true;
    }

    /// <summary>Adds time that has been worked out elsewhere.</summary>
    /// <param name="load">What binds it.</param>
    /// <param name="time">By even shares, in picoseconds.</param>
    /// <param name="ofIt">The part of it that no bandwidth shortens.</param>
    /// <param name="calibrated">With what transport and load balancing add.</param>
    public void AddTime(StepLoad load, double time, double ofIt, double calibrated)
    {
        // A sum of steps that overlap: how long each of them took is not in it.
        _timesKnown = false;
        Sum(load, time, ofIt, calibrated);
    }

    private void Sum(StepLoad load, double time, double ofIt, double calibrated)
    {
        _time += time;
        _calibrated += calibrated;
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
            FlowsOfTime = _timesKnown ? [.. _flowsOfTime.Select(p => (SimTime.FromPicoseconds(p.Key), p.Value))] : [],
            Calibrated = terms is null ? null : SimTime.FromPicoseconds((long)Math.Round(_calibrated)),
        };
    }
}
