using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// What ranks do and what each operation waits for: computation, sends and receives of the traffic's flows, joins. A rank's operations wait
/// for each other only; ranks wait for each other by flows. Columns, not objects, as a graph may have tens of millions of operations.
/// </summary>
/// <remarks>
/// Operations of one stream run one at a time, in the order in which they become ready, the lower number first. Immutable; safe to share
/// between threads.
/// </remarks>
public sealed class OperationGraph
{
    /// <summary>By rank: its host.</summary>
    public required IReadOnlyList<int> HostOfRank { get; init; }

    /// <summary>By stream: its rank. A stream runs one computation at a time.</summary>
    public required int[] RankOfStream { get; init; }

    /// <summary>By operation: what it does.</summary>
    public required OperationKind[] Kind { get; init; }

    /// <summary>By operation: its rank.</summary>
    public required int[] Rank { get; init; }

    /// <summary>By operation: the stream of a computation, the flow of a send or receive; -1 for a join.</summary>
    public required int[] Subject { get; init; }

    /// <summary>By operation: how long a computation takes, at least no time; none for all others.</summary>
    public required SimTime[] Duration { get; init; }

    /// <summary>By operation: where those that wait for its end begin in <see cref="Dependents"/>; one more at the end.</summary>
    public required int[] FirstDependent { get; init; }

    /// <summary>Operations that wait for the end of another.</summary>
    public required int[] Dependents { get; init; }

    /// <summary>The same for those that wait for its start only; empty where none does.</summary>
    public int[] FirstStartDependent { get; init; } = [];

    /// <summary>Operations that wait for the start of another.</summary>
    public int[] StartDependents { get; init; } = [];

    /// <summary>By flow: the operation that sends it.</summary>
    public required int[] SendOf { get; init; }

    /// <summary>By flow: the operation that receives it.</summary>
    public required int[] ReceiveOf { get; init; }

    /// <summary>How many operations there are.</summary>
    public int Count => Kind.Length;

    /// <summary>By operation: how many others it waits for, a receive's own message not counted.</summary>
    public int[] Needs()
    {
        var needs = new int[Count];
        foreach (int dependent in Dependents)
        {
            needs[dependent]++;
        }
        foreach (int dependent in StartDependents)
        {
            needs[dependent]++;
        }
        return needs;
    }

    /// <summary>
    /// The most flows that can be under way at once, as far as their depth in the graph tells: those of one depth, taken over all depths.
    /// </summary>
    public int WidestStep()
    {
        int[] needs = Needs();
        var depth = new int[Count];
        var width = new List<int>();
        int[] queue = new int[Count];
        int head = 0,
            tail = 0;
        for (int o = 0; o < Count; o++)
        {
            needs[o] += Kind[o] == OperationKind.Receive ? 1 : 0;
            if (needs[o] == 0)
            {
                queue[tail++] = o;
            }
        }
        void Reach(int to, int at)
        {
            depth[to] = Math.Max(depth[to], at);
            if (--needs[to] == 0)
            {
                queue[tail++] = to;
            }
        }
        while (head < tail)
        {
            int o = queue[head++];
            int step = depth[o];
            if (Kind[o] == OperationKind.Send)
            {
                step++;
                while (width.Count <= step)
                {
                    width.Add(0);
                }
                width[step]++;
                Reach(ReceiveOf[Subject[o]], step);
            }
            for (int i = FirstDependent[o]; i < FirstDependent[o + 1]; i++)
            {
                Reach(Dependents[i], step);
            }
            for (
                int i = FirstStartDependent.Length == 0 ? 0 : FirstStartDependent[o];
                i < (FirstStartDependent.Length == 0 ? 0 : FirstStartDependent[o + 1]);
                i++
            )
            {
                Reach(StartDependents[i], depth[o]);
            }
        }
        return width.Count == 0 ? 0 : width.Max();
    }
}
