using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Measurement;

/// <summary>
/// What a run means: whether it reached 90 % of line rate, what held it back, and which links, queues and flows say so. Immutable.
/// </summary>
public sealed class Findings
{
    /// <summary>The share of line rate that counts as reached.</summary>
    public const double Goal = 0.9;

    /// <summary>A link that was busy for so much of the run is full: what is left goes into gaps between messages.</summary>
    // A round trip is a tenth of such a transfer's time, which alone leaves more than 90 % of line rate.
    private const double RoundTripsOfALongTransfer = 10;

    private const double FullLink = 0.9;

    /// <summary>Fewer of all packets lost or trimmed are chance: one a thousand costs about one retransmission a megabyte.</summary>
    private const double FewLost = 0.001;

    /// <summary>More of all packets sent again than this would be felt; below, the cause does not matter.</summary>
    private const double ManyRepeats = 0.01;

    /// <summary>Repeats are needless when the losses explain less of them than this; a tenth leaves room for losses that nobody counted.</summary>
    private const double ExplainedRepeats = 0.1;

    /// <summary>A flow or packet within this factor of its time alone in the network met no queue that matters.</summary>
    private const double AsIfAlone = 1.3;

    /// <summary>Half of the time: the larger part names the cause.</summary>
    private const double Half = 0.5;

    /// <summary>Packets in a queue that every burst of a few senders makes; longer ones are congestion.</summary>
    private const int PacketsOfABurst = 4;

    private readonly NetworkDescription _network;
    private readonly TrafficDescription _traffic;
    private readonly SimulationResult _result;
    private readonly INetworkNames _names;
    private readonly Lazy<(double Inside, double Waiting, long Size)> _latency;
    private readonly Lazy<ClosedForm> _alone;

    /// <summary>Looks at a run.</summary>
    /// <param name="network">What was simulated.</param>
    /// <param name="traffic">What was sent.</param>
    /// <param name="result">What came out.</param>
    /// <param name="names">What people call its parts; numbers when null.</param>
    public Findings(NetworkDescription network, TrafficDescription traffic, SimulationResult result, INetworkNames? names = null)
    {
        _network = network;
        _traffic = traffic;
        _result = result;
        _names = names ?? new NumberedNames(network);
        SimTime last = SimTime.Zero;
        foreach (FlowResult flow in result.Flows)
        {
            last = SimTime.Max(last, flow.Finish ?? SimTime.Zero);
        }
        LastFinish = last;
        double took = last.Picoseconds - FirstStart(traffic).Picoseconds;
        LineRateShare = took <= 0 ? 0 : Math.Min(1, IdealPicoseconds(network, traffic, result.Options) / took);
        _latency = new(LatencyShare);
        _alone = new(() => new(network, result.Options));
        Obstacle = Judge();
    }

    /// <summary>When the last flow was done; zero when none was.</summary>
    public SimTime LastFinish { get; }

    /// <summary>The share of line rate that the busiest card reached from the first start to the last finish, 0 to 1.</summary>
    public double LineRateShare { get; }

    /// <summary>What kept it below 90 %.</summary>
    public Obstacle Obstacle { get; }

    /// <summary>Whether nothing crossed the network.</summary>
    public bool IsIdle => _result.Packets.Sent == 0;

    // The earliest start of a flow that no trigger starts; what triggers start begins later.
    private static SimTime FirstStart(TrafficDescription traffic)
    {
        SimTime? first = null;
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (flow.StartTrigger < 0 && !(first <= flow.Start))
            {
                first = flow.Start;
            }
        }

        return first ?? SimTime.Zero;
    }

    /// <summary>The best possible time of the busiest card: its bytes with headers at its rate, in picoseconds.</summary>
    internal static double IdealPicoseconds(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        var sent = new long[network.HostCount];
        var received = new long[network.HostCount];
        foreach (FlowDescription flow in traffic.Flows)
        {
            if (network.ScaleUp?.Joins(flow.Source, flow.Destination) == true)
            {
                continue;
            }
            long wire = options.WireSizeOf(flow.Size).Bytes;
            sent[flow.Source] += wire;
            received[flow.Destination] += wire;
        }
        var rate = new double[network.HostCount];
        foreach (LinkDescription link in network.Links)
        {
            if (link.A.IsHost)
            {
                rate[link.A.Index] += link.Rate.BitsPerSecond;
            }
        }
        double ideal = 0;
        for (int h = 0; h < network.HostCount; h++)
        {
            ideal = Math.Max(ideal, 8e12 * Math.Max(sent[h], received[h]) / rate[h]);
        }
        return ideal;
    }

    /// <summary>
    /// Samples that a trace should have if the run comes near line rate: 256, and fewer where each must look at very many ports, so that
    /// looking stays cheap beside the run; never fewer than 32.
    /// </summary>
    public static int TraceSamples(NetworkDescription network) =>
        (int)Math.Clamp((8L << 20) / Math.Max(1, 2L * network.Links.Count), 32, 256);

    /// <summary>The interval for so many samples, at least 50 ns. A longer run's samples are joined.</summary>
    public static SimTime TraceInterval(NetworkDescription network, TrafficDescription traffic, SimulationOptions options) =>
        SimTime.FromPicoseconds(
            Math.Max(
                50_000,
                (long)((IdealPicoseconds(network, traffic, options) + 2 * network.DiameterLatencyPicoseconds()) / TraceSamples(network))
                    / 10_000
                    * 10_000
            )
        );

    /// <summary>Jain's fairness index of the flows' mean rates: 1 when all are equal.</summary>
    public double Fairness()
    {
        double sum = 0,
            squares = 0;
        int count = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowResult flow = _result.Flows[f];
            if (flow.CompletionTime is { Picoseconds: > 0 } time)
            {
                double rate = _traffic.Flows[f].Size.Bytes / (double)time.Picoseconds;
                sum += rate;
                squares += rate * rate;
                count++;
            }
        }
        return count == 0 ? 0 : sum * sum / (count * squares);
    }

    /// <summary>Link directions by the share of the run they were busy, most first.</summary>
    public IReadOnlyList<LinkResult> BusiestLinks(int most) => Most(most, l => (l.Utilisation, 0));

    /// <summary>
    /// Link directions by the longest queue before them, longest first, of equally long ones (a queue that is full is as long as it may be) the
    /// busiest first; those without a queue are left out.
    /// </summary>
    public IReadOnlyList<LinkResult> FullestQueues(int most) => Most(most, l => (l.PeakQueue.Bytes, l.Utilisation), above: 0);

    // The links of the highest values, highest first, of equal ones the first in the list of links and downwards first. Few of very many are
    // asked for, so they are kept in order while the list is walked once.
    private List<LinkResult> Most(int most, Func<LinkResult, (double First, double Then)> valueOf, double above = double.NegativeInfinity)
    {
        List<LinkResult> found = [];
        List<(double First, double Then)> values = [];
        foreach (LinkResult link in _result.Links)
        {
            (double First, double Then) value = valueOf(link);
            if (value.First <= above || (found.Count == most && (most == 0 || value.CompareTo(values[^1]) < 0)))
            {
                continue;
            }
            int at = found.Count;
            while (at > 0 && (values[at - 1].CompareTo(value) < 0 || (values[at - 1] == value && Follows(found[at - 1], link))))
            {
                at--;
            }
            found.Insert(at, link);
            values.Insert(at, value);
            if (found.Count > most)
            {
                found.RemoveAt(most);
                values.RemoveAt(most);
            }
        }
        return found;
    }

    private static bool Follows(LinkResult one, LinkResult other) => (one.Link, one.Upwards).CompareTo((other.Link, other.Upwards)) > 0;

    /// <summary>Finished flows through the network by completion time, longest first, as places in the list of flows.</summary>
    public IReadOnlyList<int> SlowestFlows(int most)
    {
        // A heap of the slowest so far: the list may have millions.
        var slowest = new PriorityQueue<int, (SimTime, int)>();
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            if (_result.Flows[f].IsDone && !IsLocal(f))
            {
                slowest.Enqueue(f, (Time(f), -f));
                if (slowest.Count > most)
                {
                    slowest.Dequeue();
                }
            }
        }
        var found = new int[slowest.Count];
        for (int i = found.Length - 1; i >= 0; i--)
        {
            found[i] = slowest.Dequeue();
        }
        return found;
    }

    /// <summary>
    /// Slowdowns of finished flows through the network against the closed form of an empty one, smallest first. Of more flows than asked
    /// for, evenly spaced ones.
    /// </summary>
    public double[] Slowdowns(int most = 20_000)
    {
        ClosedForm form = _alone.Value;
        int[] flows = [.. Enumerable.Range(0, _result.Flows.Count).Where(f => _result.Flows[f].IsDone && !IsLocal(f))];
        int step = Math.Max(1, (flows.Length + most - 1) / most);
        List<double> found = [];
        for (int i = 0; i < flows.Length; i += step)
        {
            double ideal = form.Picoseconds(_traffic.Flows[flows[i]]);
            if (ideal > 0)
            {
                found.Add(Time(flows[i]).Picoseconds / ideal);
            }
        }
        found.Sort();
        return [.. found];
    }

    /// <summary>The verdict in one sentence.</summary>
    public string Headline =>
        _result.Unfinished.Length > 0 ? "The run did not finish: " + _result.Unfinished
        : IsEmpty ? "Every flow was empty and complete at once"
        : LastFinish == SimTime.Zero ? "No flow was done"
        : IsIdle ? "Nothing crossed the network: every transfer stayed inside a scale-up domain"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(LineRateShare >= Goal ? "Reached" : "Only")} {Apart.Of(100 * LineRateShare, 90, 1)} % of line rate, "
                + $"{(LineRateShare >= Goal ? "above" : "below")} 90 %"
        );

    /// <summary>
    /// What held the run back, in sentences without a full stop: the cause first, then the queue, the link and the flow that show it. Empty
    /// when nothing did.
    /// </summary>
    public IReadOnlyList<string> Reasons()
    {
        if (Obstacle is Obstacle.None or Obstacle.Unknown || _result.Links.Count == 0)
        {
            return [];
        }
        LinkResult busiest = BusiestLinks(1)[0];
        if (_result.Engine == EngineKind.Fluid)
        {
            return
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the busiest link, {Way(busiest)}, {100 * busiest.Utilisation:0.0} % of the run; flows without packets show no queue"
                ),
            ];
        }
        LinkResult fullest = FullestQueues(1) is [var one] ? one : busiest;
        (double inside, _, long size) = _latency.Value;
        string queue = string.Create(
            CultureInfo.InvariantCulture,
            $"the longest queue, {fullest.PeakQueue.Bytes / 1024.0:0.#} KiB before {Way(fullest)}"
        );
        List<string> reasons = Cause(inside, size) is { } cause
            ? [cause, queue]
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{queue} ({fullest.Trimmed:#,0} trimmed, {fullest.Dropped:#,0} dropped, {fullest.Marked:#,0} marked there)"
                ),
            ];
        reasons.Add(
            string.Create(CultureInfo.InvariantCulture, $"the busiest link, {Way(busiest)}, {100 * busiest.Utilisation:0.0} % of the run")
        );
        if (SlowestFlows(1) is [var slowest])
        {
            FlowDescription flow = _traffic.Flows[slowest];
            FlowResult outcome = _result.Flows[slowest];
            reasons.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the slowest flow, {_names.Host(flow.Source)} to {_names.Host(flow.Destination)}: {Time(slowest).Microseconds:#,0.###} us, "
                        + $"{outcome.Packets:#,0} {(outcome.Packets == 1 ? "packet" : "packets")} and {outcome.Retransmitted:#,0} "
                        + $"{(outcome.Retransmitted == 1 ? "retransmission" : "retransmissions")}"
                )
            );
        }
        return reasons;
    }

    // The cause in words; null where the longest queue says it.
    private string? Cause(double inside, long size) =>
        Obstacle switch
        {
            Obstacle.ScaleUp => string.Create(
                CultureInfo.InvariantCulture,
                $"the scale-up domains: transfers inside nodes take {100 * inside:0} % of all transfers' time"
            ),
            Obstacle.Latency => string.Create(
                CultureInfo.InvariantCulture,
                $"latency: transfers of {size / 1024.0:0.#} "
                    + $"KiB{(_traffic.Triggers.Count > 0 ? " each wait for the one before, and" : "")} are short for their round "
                    + $"trip; larger messages or more of them at once would fill the links"
            ),
            Obstacle.Fault => string.Create(
                CultureInfo.InvariantCulture,
                $"the fault: {_result.Packets.DroppedLinkDown + _result.Packets.DroppedNoRoute:#,0} packets were lost on dead links, "
                    + $"and their flows waited for timeouts to send them again; "
                    + $"line rate counts the dead links as if they were there"
            ),
            Obstacle.Repeats => string.Create(
                CultureInfo.InvariantCulture,
                $"packets sent again without need: {_result.Packets.Retransmitted:#,0} of {_result.Packets.Sent:#,0}, and the "
                    + $"network lost {_result.Packets.Dropped + _result.Packets.Trimmed:#,0}; a timeout is shorter than the round "
                    + $"trip, or packets overtook each other"
            ),
            Obstacle.Senders => string.Create(
                CultureInfo.InvariantCulture,
                $"the senders: they wait for their window, rate or credit while the network is idle (half of all packets cross it "
                    + $"in {_result.Latency.P50.Microseconds:0.##} us, and {PacketAlone() / 1e6:0.##} us is the way through empty "
                    + $"queues)"
            ),
            Obstacle.Order => "the order of its steps: transfers wait for each other while no link is full and no queue long",
            _ => null,
        };

    /// <summary>True when every flow was empty, and so complete at once.</summary>
    public bool IsEmpty => LastFinish == SimTime.Zero && _result.Flows.Any(f => f.Finish is not null);

    /// <summary>True when the run did not end as asked: flows are unfinished, or none was done.</summary>
    public bool IsFailure => _result.Unfinished.Length > 0 || (LastFinish == SimTime.Zero && !IsEmpty);

    /// <summary>Whether a flow stays inside a scale-up domain.</summary>
    public bool IsLocal(int flow) => _network.ScaleUp?.Joins(_traffic.Flows[flow].Source, _traffic.Flows[flow].Destination) == true;

    private string Way(LinkResult link)
    {
        (string from, string to) = _names.Ends(link.Link, link.Upwards);
        return $"{from} to {to}";
    }

    private SimTime Time(int flow) => _result.Flows[flow].CompletionTime ?? SimTime.Zero;

    private Obstacle Judge()
    {
        if (LastFinish == SimTime.Zero || _result.Unfinished.Length > 0 || IsIdle)
        {
            return Obstacle.Unknown;
        }
        if (LineRateShare >= Goal)
        {
            return Obstacle.None;
        }
        if (_result.Links.Count == 0)
        {
            return Obstacle.Unknown;
        }
        if (_result.Engine == EngineKind.Fluid)
        {
            return Obstacle.Congestion;
        }
        double busiest = 0,
            fullest = 0;
        foreach (LinkResult link in _result.Links)
        {
            busiest = Math.Max(busiest, link.Utilisation);
            fullest = Math.Max(fullest, link.PeakQueue.Bytes);
        }
        PacketTotals p = _result.Packets;
        double lost = (double)(p.Trimmed + p.Dropped) / p.Sent;
        double roundTripBytes = 2 * _network.DiameterLatencyPicoseconds() * 1e-12 * _network.CardBitsPerSecond() / 8;
        if (p.DroppedLinkDown + p.DroppedNoRoute > 0 && p.DroppedLinkDown + p.DroppedNoRoute >= p.Trimmed + p.DroppedQueueFull)
        {
            return Obstacle.Fault;
        }
        // The flow's own state comes before any queue: what was sent in vain, and what was not sent at all.
        double needed = (p.Trimmed + p.Dropped) * RepeatsALoss(roundTripBytes + fullest);
        if (p.Retransmitted > ManyRepeats * p.Sent && needed < ExplainedRepeats * p.Retransmitted)
        {
            return Obstacle.Repeats;
        }
        (double inside, double waiting, long size) = _latency.Value;
        // A transfer of many round trips fills its link through an empty network, unless its sender does not keep it full.
        bool isLong = _traffic.Triggers.Count == 0 && size > RoundTripsOfALongTransfer * roundTripBytes;
        // Most flows are about as fast as in an empty network: whatever queue there was, it is not what took the time.
        if (
            !isLong
            && lost < FewLost
            && busiest < FullLink
            && Slowdowns(2_000) is { Length: > 0 } slowdowns
            && slowdowns[slowdowns.Length / 2] < AsIfAlone
        )
        {
            return Obstacle.Latency;
        }
        if (
            lost < FewLost
            && busiest < FullLink
            && inside <= Half
            && (waiting >= Half || isLong)
            && _result.Latency.P50.Picoseconds < AsIfAlone * PacketAlone()
        )
        {
            return Obstacle.Senders;
        }
        if (lost >= FewLost || fullest >= Math.Max(roundTripBytes, PacketsOfABurst * _result.Options.MtuBytes) || busiest >= FullLink)
        {
            return Obstacle.Congestion;
        }
        // Nothing lost, short queues, no full link: it is not the network that is in the way.
        return inside > Half ? Obstacle.ScaleUp
            : waiting < Half ? Obstacle.Latency
            : Obstacle.Order;
    }

    // The most packets that one loss makes a sender repeat: itself, or under go-back-N all that can be under way behind it.
    private double RepeatsALoss(double underWayBytes) => _result.GoesBack ? 1 + underWayBytes / _result.Options.MtuBytes : 1;

    // A full packet's way between the farthest hosts through empty queues, in picoseconds.
    private double PacketAlone() =>
        _network.DiameterLatencyPicoseconds() + _network.Diameter() * _result.Options.MtuBytes * 8e12 / _network.HostBitsPerSecond();

    // The share of all transfer time that is spent inside scale-up domains; by how much network flows are slower than the closed form of an
    // empty network; and their mean size.
    private (double Inside, double Waiting, long Size) LatencyShare()
    {
        double rate = _network.CardBitsPerSecond();
        double latency = _network.DiameterLatencyPicoseconds();
        int hops = _network.Diameter();
        double inside = 0,
            outside = 0,
            ideal = 0;
        long bytes = 0;
        int count = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowResult r = _result.Flows[f];
            if (r.CompletionTime is not { } took)
            {
                continue;
            }
            double time = took.Picoseconds;
            if (IsLocal(f))
            {
                inside += time;
                continue;
            }
            int mtu = (int)Math.Min(_traffic.Flows[f].Size.Bytes, _result.Options.MtuBytes);
            outside += time;
            ideal += 2 * latency + (_traffic.Flows[f].Size.Bytes + (hops - 1.0) * mtu) * 8e12 / rate;
            bytes += _traffic.Flows[f].Size.Bytes;
            count++;
        }
        return (inside / Math.Max(1, inside + outside), count == 0 ? 0 : Math.Max(0, outside / ideal - 1), count == 0 ? 0 : bytes / count);
    }
}
