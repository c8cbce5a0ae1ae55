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
    private long _kept = -1;

    /// <summary>Packets that had been sent when something was kept last, as far as the looks saw it.</summary>
    private long _sentWhenKept;
    private long _sent;

    /// <summary>Flows under way that no way leads to the end of; above 0 once the run is given up for their sake.</summary>
    private int _cut;

    /// <summary>Looks in a row that found flows under way and nothing kept since the look before.</summary>
    private int _idleLooks;

    private const int MostIdleLooks = 64;

    /// <summary>
    /// Looks after which so many packets sent in vain are enough: every sender that waits for an answer has had time to try again.
    /// </summary>
    private const int LooksOfLivelock = 4;

    /// <summary>
    /// No sender's bad luck: with one packet in a thousand arriving, a million that all fail have a chance of one in 10^434.
    /// </summary>
    private const long MostInVain = 1_000_000;

    /// <summary>Where links corrupt more than that, so many times the packets of which one arrives.</summary>
    private const double MostTimesTheOdds = 64;

    /// <summary>Timeouts between two looks where no fault can cut hosts off.</summary>
    private const int TimeoutsALook = 16;

    private bool IsGivenUp => _cut > 0 || _idleLooks >= MostIdleLooks || IsLivelock;

    private bool IsLivelock =>
        _idleLooks >= LooksOfLivelock
        && _sent - _sentWhenKept > Math.Max(MostInVain, MostTimesTheOdds / (1 - _world.Options.PacketErrorRate));

    private bool TimeStands => Array.Exists(_runners, r => r.Partition.TimeStands);

    private Standstill StandstillOf(Counters total, CancellationToken cancellation) =>
        TimeStands ? Standstill.TimeStands
        : _cut > 0 || cancellation.IsCancellationRequested || total.FlowsFinished == _world.MessageCount ? Standstill.None
        : IsLivelock ? Standstill.NothingNew
        : StuckPorts > 0 ? Standstill.None
        : _idleLooks >= MostIdleLooks ? Standstill.NothingArrives
        : WaitsForEver(total) ? Standstill.WaitsForEver
        : Standstill.None;

    // The end that was asked for came later than the last event, or none was asked for.
    private bool WaitsForEver(Counters total) =>
        _world.Parameters.Timeouts.First >= Timeouts.Forever
        && total.DataDropped > 0
        && UnderWay() > 0
        && Array.TrueForAll(_runners, r => r.Partition.Calendar.NextTime() == long.MaxValue);

    /// <summary>Flows that have started and not ended; each connection of a message counts.</summary>
    private int UnderWay()
    {
        int count = 0;
        for (int f = 0; f < _world.FlowCount; f++)
        {
            count += _world.FlowStart[f] >= 0 && _world.FlowFinish[f] < 0 ? 1 : 0;
        }
        return count;
    }

    // Why flows are left when there are no more events.
    private string NothingLeft()
    {
        const string Ended = "nothing is left to happen; ";
        return UnderWay() == 0
            ? Ended + "their triggers never fired"
            : Ended + "their triggers never fired or their hosts cannot be reached";
    }

    private int StuckPorts => _runners.Sum(r => r.Partition.StuckPorts());

    private string StandstillWords(Standstill standstill, Counters total) =>
        standstill switch
        {
            Standstill.TimeStands => "events go on and simulated time stands still, a defect of the engine; please report the command",
            Standstill.NothingNew => string.Create(
                CultureInfo.InvariantCulture,
                $"the last {_sent - _sentWhenKept:#,0} packets brought no receiver anything new, a livelock (of {total.DataSent:#,0} sent, "
                    + $"{total.Trimmed:#,0} were trimmed, {total.DataDropped:#,0} dropped and {total.DroppedByReceiver:#,0} thrown away "
                    + $"by receivers); {_world.Transport.Name} repeats them faster than they can arrive: take a transport that slows down, "
                    + $"fewer senders at once or longer queues"
            ),
            Standstill.WaitsForEver => string.Create(
                CultureInfo.InvariantCulture,
                $"{UnderWay():#,0} senders wait for ever for answers to {total.DataDropped:#,0} packets that were lost, as "
                    + $"{VerbsTimeout.Option.Name}=0 is no timeout; give 1 to {VerbsTimeout.MostExponent}, or leave it to the path"
            ),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"nothing has arrived for {MostIdleLooks * (double)_patience / 1e6:#,0} us, "
                    + $"{MostIdleLooks * (double)_patience / _world.Parameters.Timeouts.Longest:#,0} times the longest that a sender waits; "
                    + $"look at the options that keep packets from being sent or let them be lost"
            ),
        };

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
        long kept = 0,
            finished = 0;
        _sent = 0;
        foreach (Runner runner in _runners)
        {
            kept += runner.Partition.Counters.Kept;
            _sent += runner.Partition.Counters.DataSent;
            finished += runner.Partition.Counters.FlowsFinished;
        }
        if (finished == _world.MessageCount)
        {
            return;
        }
        long next = now + Math.Min(_patience, long.MaxValue - now);
        if (kept + finished == _kept && _pendingFaults == 0)
        {
            // Cards send in one go what nothing can disturb; how much they have sent by now must not depend on that.
            _sent = 0;
            foreach (Runner runner in _runners)
            {
                runner.CatchUpAll(now);
                _sent += runner.Partition.Counters.DataSent;
            }
            _cut = CutFlows();
            long goesOn = GoesOnAt(now);
            _idleLooks = goesOn < long.MaxValue ? 0 : _idleLooks + 1;

            // Nothing is looked for while the next flow is still to start, however far ahead that is.
            next = goesOn < long.MaxValue ? Math.Max(next, goesOn) : next;
        }
        else
        {
            _idleLooks = 0;
            _sentWhenKept = _sent;
        }
        _kept = kept + finished;
        if (!IsGivenUp && next < long.MaxValue)
        {
            At(next, Watch);
        }
    }

    // When the run goes on by itself: the earliest start that is still ahead, or now where a transfer inside a node, whose end is known, is
    // under way. The largest time when neither is.
    private long GoesOnAt(long now)
    {
        long earliest = _triggers.Operations?.NextTick ?? long.MaxValue;
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
