namespace Lightloom.Traces.Graph;

/// <content>Operations that wait for each other, directly or by way of messages and collectives.</content>
public sealed partial class TraceGraphBuilder
{
    private const int MostShown = 8;

    private void CheckCycles(TraceGraph graph)
    {
        int count = graph.Count;
        var left = new int[count + graph.Collectives.Count];
        int[] first = new int[left.Length + 1];
        ForEachEdge(graph, (from, to) => (left[to], first[from + 1]) = (left[to] + 1, first[from + 1] + 1));
        for (int i = 0; i < left.Length; i++)
        {
            first[i + 1] += first[i];
        }

        var next = new int[first[^1]];
        int[] fill = [.. first];
        ForEachEdge(graph, (from, to) => next[fill[from]++] = to);
        Stack<int> ready = new();
        int done = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] == 0)
            {
                ready.Push(i);
            }
        }

        while (ready.TryPop(out int at))
        {
            done++;
            for (int i = first[at]; i < first[at + 1]; i++)
            {
                if (--left[next[i]] == 0)
                {
                    ready.Push(next[i]);
                }
            }
        }

        if (done < left.Length)
        {
            NameCycle(graph, left);
        }
    }

    // Beyond the operations stand the collectives, which all their ranks' parts wait for. A part of a collective has two sides: it comes, and
    // it is done; edges into it mean the first and edges out of it the second, so it stands for its end and the collective for its start.
    private static void ForEachEdge(TraceGraph graph, Action<int, int> edge)
    {
        int Into(int to) => graph.Kind[to] == TraceKind.Collective ? graph.Count + graph.Partner[to] : to;
        foreach ((int from, int to) in graph.Edges)
        {
            edge(from, Into(to));
        }

        foreach ((int from, int to) in graph.StartEdges)
        {
            edge(graph.Kind[from] == TraceKind.Collective ? Into(from) : from, Into(to));
        }

        for (int o = 0; o < graph.Count; o++)
        {
            if (graph.Kind[o] == TraceKind.Send && graph.Partner[o] >= 0)
            {
                edge(o, graph.Partner[o]);
            }
            else if (graph.Kind[o] == TraceKind.Collective)
            {
                edge(Into(o), o);
            }
        }
    }

    private void NameCycle(TraceGraph graph, int[] left)
    {
        // Whoever is left waits for somebody who is left: going back from one to the next comes round at last.
        var before = new int[left.Length];
        Array.Fill(before, -1);
        ForEachEdge(
            graph,
            (from, to) =>
            {
                if (left[from] > 0 && left[to] > 0)
                {
                    before[to] = from;
                }
            }
        );
        int at = Array.FindIndex(left, l => l > 0);
        var seen = new bool[left.Length];
        while (!seen[at])
        {
            seen[at] = true;
            at = before[at];
        }

        List<int> cycle = [];
        int start = at;
        do
        {
            if (at < graph.Count)
            {
                cycle.Add(at);
            }

            at = before[at];
        } while (at != start);
        cycle.Reverse();
        int lowest = cycle.IndexOf(cycle.Min());
        cycle = [.. cycle[lowest..], .. cycle[..lowest]];
        string names = string.Join(", then ", cycle.Take(MostShown).Select(Name));
        ErrorAt(
            TraceProblems.Cycle,
            cycle[0],
            $"{cycle.Count} node{(cycle.Count == 1 ? " waits for itself" : "s wait for each other")}, so none of them can start: {names}"
                + (cycle.Count > MostShown ? ", and so on" : "")
                + "; remove one of the dependencies"
        );
    }
}
