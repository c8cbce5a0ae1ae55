using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// The rates of <see cref="Ideal"/>: max-min fair over what hosts can send and receive, anew whenever a flow begins or ends. It sees all
/// flows, so one part of a run holds all hosts.
/// </summary>
internal sealed unsafe class IdealControl : RdmaControl
{
    private readonly MaxMin _solver;
    private readonly int[] _start;
    private readonly int[] _resource;
    private readonly float[] _share;
    private readonly double[] _capacity;
    private readonly double[] _rates;
    private readonly int[] _active;
    private readonly int[] _placeOf;
    private readonly nint[] _senders;
    private int _count;
    private bool _changed;
    private long _solvedAt = -1;

    public IdealControl(World world, Partition partition, HostLine line)
        : base(world, partition, line)
    {
        int flows = world.FlowCount;
        int cards = 1;
        foreach (byte card in world.CardOfPort)
        {
            cards = Math.Max(cards, card + 1);
        }
        // By host and card: what it can send, then what it can receive.
        int ends = world.HostCount * cards;
        _capacity = new double[2 * ends];
        int[][] hostLinks = world.Network.HostLinks();
        for (int h = 0; h < world.HostCount; h++)
        {
            for (int i = 0; i < hostLinks[h].Length; i++)
            {
                LinkDescription link = world.Network.Links[hostLinks[h][i]];
                int card = world.CardOfPort.Length == 0 ? 0 : world.CardOfPort[world.HostPorts[h] + i];
                double rate = link.Rate.BitsPerSecond;
                _capacity[h * cards + card] += link.DegradedDownwardsOnly ? rate : rate * link.RateFraction;
                _capacity[ends + h * cards + card] += rate * link.RateFraction;
            }
        }
        _start = new int[flows + 1];
        _resource = new int[2 * flows];
        _share = new float[2 * flows];
        Array.Fill(_share, 1);
        for (int f = 0; f < flows; f++)
        {
            bool tied = world.Connections.Tied;
            _start[f + 1] = 2 * (f + 1);
            _resource[2 * f] = world.FlowSource[f] * cards + (tied ? world.Connections.SourceCard(f) : 0);
            _resource[2 * f + 1] = ends + world.FlowDestination[f] * cards + (tied ? world.Connections.DestinationCard(f) : 0);
        }
        _solver = new MaxMin(2 * ends);
        _rates = new double[flows];
        _active = new int[flows];
        _placeOf = new int[flows];
        _senders = new nint[flows];
        SimulationOptions options = world.Options;
        LosesNothing =
            options.Faults.Count == 0
            && (options.PacketErrorRate == 0 || options.LinkRetry)
            && !options.HasClasses
            && options.Cells?.VoqFull != VoqFullAction.Drop;
    }

    /// <inheritdoc/>
    public override bool LosesNothing { get; }

    /// <inheritdoc/>
    public override bool SharesRates => true;

    /// <inheritdoc/>
    public override int CatchesUp => 8;

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective) => sender->Window = double.MaxValue;

    /// <inheritdoc/>
    public override void Began(int flow, RdmaSender* sender)
    {
        _placeOf[flow] = _count;
        _active[_count++] = flow;
        _senders[flow] = (nint)sender;
        _changed = true;
    }

    /// <inheritdoc/>
    public override void Ended(int flow)
    {
        int last = _active[--_count];
        _active[_placeOf[flow]] = last;
        _placeOf[last] = _placeOf[flow];
        _changed = true;
    }

    /// <inheritdoc/>
    public override void Refresh(long now)
    {
        // Flows that begin at one instant are settled together, at the next.
        if (!_changed || now <= _solvedAt)
        {
            return;
        }
        _changed = false;
        _solvedAt = now;
        _solver.Solve(_active.AsSpan(0, _count), _start, _resource, _share, _capacity, _rates);
        for (int i = 0; i < _count; i++)
        {
            int flow = _active[i];
            var sender = (RdmaSender*)_senders[flow];
            double byteTime = Math.Max(LineByteTime, 8e12 / _rates[flow]);
            if (byteTime == sender->Rate)
            {
                continue;
            }
            if (sender->NextSend > now)
            {
                sender->NextSend = now + (long)((sender->NextSend - now) * (byteTime / sender->Rate));
                if (sender->WakeAt > sender->NextSend)
                {
                    sender->WakeAt = Math.Max(sender->NextSend, Partition.Now);
                    Partition.SetFlowTimer(flow, sender->WakeAt);
                }
            }
            sender->Rate = byteTime;
        }
    }
}
