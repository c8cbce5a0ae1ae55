using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Ends a run that cannot finish. Senders try again for ever, so a flow whose hosts no way joins would keep the run alive without end.
/// </summary>
internal sealed unsafe partial class PacketRun
{
    private long _patience;
    private long _delivered = -1;

    /// <summary>Flows under way that no way leads to the end of; above 0 once the run is given up for their sake.</summary>
    private int _cut;

    private bool IsHopeless => _cut > 0;

    // Whatever is still to start of itself starts within the longest delay of a trigger after something has been delivered or finished.
    private void PlanWatch()
    {
        if (_world.Options.Faults.Count == 0 && _world.PlaneCount == 1)
        {
            return;
        }
        _patience = _world.Parameters.RetransmitTimeout;
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
        if (finished == _world.FlowCount)
        {
            return;
        }
        if (delivered + finished == _delivered && _pendingFaults == 0)
        {
            _cut = CutFlows();
        }
        _delivered = delivered + finished;
        if (!IsHopeless && now < long.MaxValue - _patience)
        {
            At(now + _patience, Watch);
        }
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
