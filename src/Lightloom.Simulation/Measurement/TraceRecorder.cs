using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Measurement;

/// <summary>
/// Keeps samples of the whole network and of single ports in bounded memory: when the room is full, neighbouring samples become one and the
/// interval doubles, so a run of any length ends with between half as many samples as there is room for and all of them.
/// </summary>
/// <remarks>
/// In networks of more ports than it can watch, it watches those that carried most and those that queued most; the choice is made anew
/// whenever the number of samples taken reaches a power of two, and a newcomer's past is not known.
/// </remarks>
internal sealed class TraceRecorder
{
    /// <summary>Ports watched at once, at 8 bytes a sample.</summary>
    public const int MostWatched = 4096;

    private readonly int _room;
    private readonly List<TraceSample> _samples = [];
    private readonly List<float[]> _utilisation = [];
    private readonly List<int[]> _queues = [];
    private int[] _watched;
    private long _taken;

    /// <summary>Simulated time from one sample to the next.</summary>
    public long Interval { get; private set; }

    /// <summary>The ports watched, in ascending order.</summary>
    public IReadOnlyList<int> Watched => _watched;

    /// <summary>The samples.</summary>
    public IReadOnlyList<TraceSample> Samples => _samples;

    /// <summary>Begins with an interval.</summary>
    /// <param name="interval">Picoseconds, at least 1.</param>
    /// <param name="room">Samples kept at most; made even.</param>
    /// <param name="ports">Ports of the network.</param>
    public TraceRecorder(long interval, int room, int ports)
    {
        Interval = interval;
        _room = Math.Max(2, room + (room & 1));
        _watched = [.. Enumerable.Range(0, Math.Min(ports, MostWatched))];
        IsPartial = ports > MostWatched;
    }

    /// <summary>Whether there are more ports than can be watched.</summary>
    public bool IsPartial { get; }

    /// <summary>Whether the watched ports are to be chosen anew before the next sample.</summary>
    public bool WantsChoice => IsPartial && (_taken & (_taken - 1)) == 0;

    /// <summary>Takes a sample; the arrays, in the order of <see cref="Watched"/>, become the recorder's.</summary>
    public void Add(TraceSample sample, float[] utilisation, int[] queues)
    {
        _taken++;
        _samples.Add(sample);
        _utilisation.Add(utilisation);
        _queues.Add(queues);
        if (_samples.Count == _room)
        {
            Thin();
        }
    }

    /// <summary>Watches other ports from now on; those that stay keep their past.</summary>
    /// <param name="busiest">Candidates, the first to be watched first; repetitions do no harm.</param>
    public void Watch(IEnumerable<int> busiest)
    {
        int[] chosen = [.. busiest.Distinct().Take(MostWatched).Order()];
        var old = new Dictionary<int, int>();
        for (int i = 0; i < _watched.Length; i++)
        {
            old[_watched[i]] = i;
        }
        for (int s = 0; s < _samples.Count; s++)
        {
            var utilisation = new float[chosen.Length];
            var queues = new int[chosen.Length];
            for (int i = 0; i < chosen.Length; i++)
            {
                bool known = old.TryGetValue(chosen[i], out int at);
                utilisation[i] = known ? _utilisation[s][at] : float.NaN;
                queues[i] = known ? _queues[s][at] : 0;
            }
            _utilisation[s] = utilisation;
            _queues[s] = queues;
        }
        _watched = chosen;
    }

    /// <summary>One port's series; null when it is not watched.</summary>
    public LinkSeries? SeriesOf(int port, int link, bool upwards)
    {
        int at = Array.BinarySearch(_watched, port);
        return at < 0
            ? null
            : new(link, upwards, [.. _utilisation.Select(u => u[at])], [.. _queues.Select(q => DataSize.FromBytes(q[at]))]);
    }

    private void Thin()
    {
        for (int i = 0; i < _room / 2; i++)
        {
            TraceSample a = _samples[2 * i],
                b = _samples[2 * i + 1];
            _samples[i] = b with
            {
                Queued = DataSize.Max(a.Queued, b.Queued),
                LargestQueue = DataSize.Max(a.LargestQueue, b.LargestQueue),
                MeanUtilisation = (a.MeanUtilisation + b.MeanUtilisation) / 2,
                CarryingUtilisation = (a.CarryingUtilisation + b.CarryingUtilisation) / 2,
                MaximumUtilisation = Math.Max(a.MaximumUtilisation, b.MaximumUtilisation),
            };
            float[] before = _utilisation[2 * i],
                after = _utilisation[2 * i + 1];
            int[] shorter = _queues[2 * i],
                longer = _queues[2 * i + 1];
            for (int p = 0; p < after.Length; p++)
            {
                after[p] = float.IsNaN(before[p]) ? after[p] : (before[p] + after[p]) / 2;
                longer[p] = Math.Max(shorter[p], longer[p]);
            }
            _utilisation[i] = after;
            _queues[i] = longer;
        }
        _samples.RemoveRange(_room / 2, _room / 2);
        _utilisation.RemoveRange(_room / 2, _room / 2);
        _queues.RemoveRange(_room / 2, _room / 2);
        Interval *= 2;
    }
}
