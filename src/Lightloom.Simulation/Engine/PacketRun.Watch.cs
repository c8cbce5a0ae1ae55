using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Ends a run that cannot finish. Senders try again for ever, so a flow whose hosts no way joins, or whose packets never arrive, would keep
/// the run alive without end; so would an event that calls for itself at once.
/// </summary>
internal sealed unsafe partial class PacketRun
{
    private long _patience;
    private long _delivered = -1;

    /// <summary>Flows under way that no way leads to the end of; above 0 once the run is given up for their sake.</summary>
    private int _cut;

    /// <summary>Looks in a row that found flows under way and nothing delivered since the look before.</summary>
    private int _idleLooks;

    private const int MostIdleLooks = 64;

    /// <summary>Timeouts between two looks where no fault can cut hosts off.</summary>
    private const int TimeoutsALook = 16;

    private bool IsGivenUp => _cut > 0 || _idleLooks >= MostIdleLooks;

    private bool TimeStands => Array.Exists(_runners, r => r.Partition.TimeStands);

    private Standstill Standstill =>
        TimeStands ? Standstill.TimeStands
        : _idleLooks >= MostIdleLooks && StuckPorts == 0 ? Standstill.NothingArrives
        : Standstill.None;

    private int StuckPorts => _runners.Sum(r => r.Partition.StuckPorts());

    private string StandstillWords =>
        TimeStands
            ? "events go on and simulated time stands still, a defect of the engine; please report the command"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"nothing has arrived for {MostIdleLooks * _patience / 1e6:#,0} us, {MostIdleLooks} times longer than any sender waits; "
            ) + "look at the options that keep packets from being sent or let them be lost";

    // Whatever is still to start of itself starts within the longest delay of a trigger after something has been delivered or finished.
    private void PlanWatch()
    {
        _patience = _world.Parameters.Timeouts.Longest;
        if (_world.Options.Faults.Count == 0 && _world.PlaneCount == 1)
        {
            _patience = Math.Min(long.MaxValue / (2 * MostIdleLooks * TimeoutsALook), _patience) * TimeoutsALook;
        }
        foreach (TriggerDescription trigger in _world.Traffic.Triggers)
        {
            _patience = Math.Max(_patience, trigger.Delay.Picoseconds);
        }
        _patience++;
        At(_patience, Watch);
    }

    private void Watch(long now)
    {
        long delivered = 0,
            finished = 0;
        foreach (Runner runner in _runners)
        {
            delivered += runner.Partition.Counters.DataDelivered;
            finished += runner.Partition.Counters.FlowsFinished;
        }
        if (finished == _world.MessageCount)
        {
            return;
        }
        long next = now + Math.Min(_patience, long.MaxValue - now);
        if (delivered + finished == _delivered && _pendingFaults == 0)
        {
            _cut = CutFlows();
            long goesOn = GoesOnAt(now);
            _idleLooks = goesOn < long.MaxValue ? 0 : _idleLooks + 1;

            // Nothing is looked for while the next flow is still to start, however far ahead that is.
            next = goesOn < long.MaxValue ? Math.Max(next, goesOn) : next;
        }
        else
        {
            _idleLooks = 0;
        }
        _delivered = delivered + finished;
        if (!IsGivenUp && next < long.MaxValue)
        {
            At(next, Watch);
        }
    }

    // When the run goes on by itself: the earliest start that is still ahead, or now where a transfer inside a node, whose end is known, is
    // under way. The largest time when neither is.
    private long GoesOnAt(long now)
    {
        long earliest = long.MaxValue;
        for (int f = 0; f < _world.FlowCount; f++)
        {
            if (_world.FlowStart[f] < 0)
            {
                FlowDescription flow = _world.Traffic.Flows[f];
                earliest = flow.StartTrigger < 0 ? Math.Min(earliest, flow.Start.Picoseconds) : earliest;
            }
            else if (_world.FlowFinish[f] < 0 && _world.ScaleUp?.Carries(f) == true)
            {
                return now;
            }
        }
        return earliest;
    }

    // How many flows are under way between hosts that no living way joins; 0 as soon as any other flow is under way or will start at its
    // time.
    private int CutFlows()
    {
        NetworkDescription network = _world.Network;
        int[][] hostLinks = network.HostLinks();
        var up = new List<int>[network.Switches.Count];
        for (int i = 0; i < network.Links.Count; i++)
        {
            NodeId lower = network.Links[i].A;
            if (!lower.IsHost && !_dead.Contains(i))
            {
                (up[lower.Index] ??= []).Add(network.Links[i].Z.Index);
            }
        }
        var reach = new Dictionary<int, HashSet<int>>();
        HashSet<int> Above(int leaf)
        {
            if (!reach.TryGetValue(leaf, out HashSet<int>? known))
            {
                reach[leaf] = known = [leaf];
                var open = new Stack<int>([leaf]);
                while (open.TryPop(out int at))
                {
                    foreach (int next in up[at] ?? [])
                    {
                        if (known.Add(next))
                        {
                            open.Push(next);
                        }
                    }
                }
            }
            return known;
        }
        bool Joined(int source, int destination)
        {
            foreach (int first in hostLinks[source])
            {
                foreach (int last in hostLinks[destination])
                {
                    if (
                        !_dead.Contains(first)
                        && !_dead.Contains(last)
                        && Above(network.Links[first].Z.Index).Overlaps(Above(network.Links[last].Z.Index))
                    )
                    {
                        return true;
                    }
                }
            }
            return false;
        }
        int cut = 0;
        for (int f = 0; f < _world.FlowCount; f++)
        {
            if (_world.FlowFinish[f] >= 0 || (_world.FlowStart[f] < 0 && _world.Traffic.Flows[f].StartTrigger >= 0))
            {
                continue;
            }
            if (_world.FlowStart[f] < 0 || _world.ScaleUp?.Carries(f) == true || Joined(_world.FlowSource[f], _world.FlowDestination[f]))
            {
                return 0;
            }
            cut++;
        }
        return cut;
    }
}
