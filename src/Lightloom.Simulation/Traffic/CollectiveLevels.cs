using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// Writes the steps of a collective in levels one after the other: inside each node, or between the nodes on every rail at once. A rank
/// begins a step when it has received all that the step before brings it.
/// </summary>
/// <param name="nodes">By node: its hosts, in rail order; every node has as many.</param>
/// <param name="flows">Where the flows go.</param>
internal sealed class CollectiveLevels(IReadOnlyList<IReadOnlyList<int>> nodes, List<FlowDescription> flows)
{
    private readonly int _nodes = nodes.Count;
    private readonly int _rails = nodes[0].Count;

    /// <summary>The flows so far.</summary>
    public List<FlowDescription> Flows => flows;

    /// <summary>The triggers so far.</summary>
    public List<TriggerDescription> Triggers { get; } = [];

    /// <summary>By rank, node by node: the trigger that must have fired before it goes on; -1 while nothing must.</summary>
    public int[] Ready { get; set; } = [];

    /// <summary>Every rank of a node sends to every other.</summary>
    /// <param name="size">What each transfer carries.</param>
    /// <param name="last">Whether nothing waits for this step.</param>
    public void Inside(DataSize size, bool last)
    {
        int[] after = After(_rails - 1, last);
        for (int node = 0; node < _nodes; node++)
        {
            for (int k = 1; k < _rails; k++)
            {
                for (int rail = 0; rail < _rails; rail++)
                {
                    int to = (rail + k) % _rails;
                    Add(nodes[node][rail], nodes[node][to], size, Ready[node * _rails + rail], after[node * _rails + to]);
                }
            }
        }
        Ready = after;
    }

    /// <summary>Every rank sends to the one of its rail on another node.</summary>
    /// <param name="distance">How many nodes away.</param>
    /// <param name="exclusive">The two nodes exchange (their numbers differ in the bits of the distance); otherwise round a ring.</param>
    /// <param name="size">What each transfer carries.</param>
    /// <param name="last">Whether nothing waits for this step.</param>
    public void Step(int distance, bool exclusive, DataSize size, bool last)
    {
        int[] after = After(1, last);
        for (int node = 0; node < _nodes; node++)
        {
            int to = exclusive ? node ^ distance : (node + distance) % _nodes;
            for (int rail = 0; rail < _rails; rail++)
            {
                Add(nodes[node][rail], nodes[to][rail], size, Ready[node * _rails + rail], after[to * _rails + rail]);
            }
        }
        Ready = after;
    }

    // By rank: the trigger that its arrivals of a step fire together.
    private int[] After(int arrivals, bool last)
    {
        var after = new int[_nodes * _rails];
        for (int rank = 0; rank < after.Length; rank++)
        {
            after[rank] = -1;
            if (!last)
            {
                after[rank] = Triggers.Count;
                Triggers.Add(new TriggerDescription(TriggerKind.Barrier, arrivals, Triggers.Count + 1));
            }
        }
        return after;
    }

    private void Add(int source, int destination, DataSize size, int start, int received) =>
        flows.Add(new FlowDescription(source, destination, size, StartTrigger: start, ReceivedTrigger: received, Id: flows.Count + 1));
}
