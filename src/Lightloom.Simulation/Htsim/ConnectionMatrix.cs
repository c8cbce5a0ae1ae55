using System.Globalization;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Htsim;

/// <summary>htsim's <c>.cm</c> file: flows with start times in microseconds, and triggers.</summary>
/// <remarks>
/// Unlike htsim the reader takes any run of blanks and tabs between words, sizes up to 2^62 and starts with decimals, honours
/// <c>recv_done_trigger</c>, and says so when a trigger can never fire.
/// </remarks>
public static class ConnectionMatrix
{
    private sealed class TriggerDraft
    {
        public int Line,
            Column;
        public bool Declared;
        public TriggerKind Kind;
        public int Count = 1;
        public int Index;
        public int Activators,
            Waiting;
    }

    /// <summary>Reads a file's text; null when it has an error, and then <paramref name="diagnostics"/> says which.</summary>
    /// <param name="file">The name for diagnostics.</param>
    /// <param name="text">The content.</param>
    /// <param name="hostCount">Hosts of the network, to check against; 0 when unknown.</param>
    /// <param name="diagnostics">Receives errors and warnings.</param>
    public static TrafficDescription? Read(string file, string text, int hostCount, List<SourceDiagnostic> diagnostics)
    {
        int before = diagnostics.Count(d => !d.IsWarning);
        var reader = new WordReader(file, text, diagnostics);
        var flows = new Rows<FlowDescription>();
        var places = new List<(int Line, int Column)>();
        var triggers = new Dictionary<long, TriggerDraft>();
        long nodes = 0,
            connections = -1,
            triggerCount = -1,
            failures = 0;
        var ids = new HashSet<long>();
        while (reader.NextLine())
        {
            ReadOnlySpan<char> word = reader.Word();
            bool wellFormed = true;
            switch (word)
            {
                case "Nodes":
                    wellFormed = reader.Number("Nodes", 1, 1 << 24, out nodes);
                    if (wellFormed && hostCount > 0 && nodes != hostCount)
                    {
                        reader.Error(
                            "LL3020",
                            $"the matrix is for {nodes} hosts and the topology has {hostCount}; use files of the same size"
                        );
                    }
                    break;
                case "Connections":
                    wellFormed = reader.Number("Connections", 0, 1 << 28, out connections);
                    break;
                case "Triggers":
                    wellFormed = reader.Number("Triggers", 0, 1 << 28, out triggerCount);
                    break;
                case "Failures":
                    wellFormed = reader.Number("Failures", 0, 0, out failures);
                    break;
                case "trigger":
                    wellFormed = ReadTrigger(ref reader, triggers);
                    break;
                case "failure":
                    reader.Error("LL3021", "failures of a connection matrix are not simulated; give them with --fail or --degrade-spines");
                    wellFormed = false;
                    break;
                default:
                    int column = reader.Column;
                    wellFormed = ReadFlow(ref reader, word, nodes, flows, triggers, ids);
                    if (wellFormed)
                    {
                        places.Add((reader.Line, column));
                    }
                    break;
            }
            if (wellFormed)
            {
                ReadOnlySpan<char> rest = reader.Word();
                if (!rest.IsEmpty)
                {
                    reader.Error("LL3005", $"'{WordReader.Clip(rest)}' is more than this line needs; remove it");
                }
            }
            if (diagnostics.Count >= before + 100)
            {
                reader.Error("LL3022", "too many errors; the rest of the file was not read");
                return null;
            }
        }
        if (diagnostics.Count(d => !d.IsWarning) > before)
        {
            return null;
        }
        if (nodes == 0)
        {
            reader.Error("LL3007", "the file names no number of hosts; start it with a line 'Nodes N'");
            return null;
        }
        if (connections >= 0 && connections != flows.Count)
        {
            reader.Error("LL3023", $"the header announces {connections} connections and the file has {flows.Count}; correct the header");
        }
        if (triggerCount >= 0 && triggerCount != triggers.Values.Count(t => t.Declared))
        {
            reader.Error(
                "LL3023",
                $"the header announces {triggerCount} triggers and the file has {triggers.Values.Count(t => t.Declared)}; "
                    + $"correct the header"
            );
        }
        CheckTriggers(file, flows, triggers, places, diagnostics);
        if (diagnostics.Count(d => !d.IsWarning) > before)
        {
            return null;
        }
        return Resolve(flows, triggers);
    }

    private static bool ReadTrigger(ref WordReader reader, Dictionary<long, TriggerDraft> triggers)
    {
        int line = reader.Line,
            column = reader.Column;
        if (reader.Word() is not "id")
        {
            reader.Error("LL3024", "a trigger line starts with 'trigger id N'; add the id");
            return false;
        }
        if (!reader.Number("the trigger's id", 1, int.MaxValue, out long id))
        {
            return false;
        }
        TriggerDraft draft = Draft(triggers, id, line, column);
        if (draft.Declared)
        {
            reader.Error("LL3025", $"trigger {id} is declared twice; remove one of the lines");
            return false;
        }
        ReadOnlySpan<char> kind = reader.Word();
        switch (kind)
        {
            case "oneshot":
                draft.Kind = TriggerKind.Oneshot;
                break;
            case "multishot":
                draft.Kind = TriggerKind.Multishot;
                break;
            case "barrier":
                draft.Kind = TriggerKind.Barrier;
                break;
            default:
                reader.Error("LL3024", $"'{WordReader.Clip(kind)}' is no kind of trigger; write oneshot, multishot or barrier");
                return false;
        }
        draft.Declared = true;
        draft.Line = line;
        draft.Column = column;
        if (draft.Kind == TriggerKind.Barrier)
        {
            if (reader.Word() is not "count")
            {
                reader.Error("LL3024", "a barrier needs 'count N'; add how many activations it waits for");
                return false;
            }
            if (!reader.Number("the barrier's count", 1, int.MaxValue, out long count))
            {
                return false;
            }
            draft.Count = (int)count;
        }
        return true;
    }

    private static bool ReadFlow(
        ref WordReader reader,
        ReadOnlySpan<char> head,
        long nodes,
        Rows<FlowDescription> flows,
        Dictionary<long, TriggerDraft> triggers,
        HashSet<long> ids
    )
    {
        int line = reader.Line,
            column = reader.Column;
        int arrow = head.IndexOf("->");
        if (
            arrow < 0
            || !int.TryParse(head[..arrow], NumberStyles.None, CultureInfo.InvariantCulture, out int source)
            || !int.TryParse(head[(arrow + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out int destination)
        )
        {
            reader.Error("LL3026", $"'{WordReader.Clip(head)}' is neither a keyword nor a flow; write a flow as 'SRC->DST start T size B'");
            return false;
        }
        if (nodes == 0)
        {
            reader.Error("LL3007", "a flow comes before the number of hosts; start the file with a line 'Nodes N'");
            return false;
        }
        if (source >= nodes || destination >= nodes)
        {
            reader.Error("LL3027", $"host {Math.Max(source, destination)} does not exist; hosts are 0 to {nodes - 1}");
            return false;
        }
        if (source == destination)
        {
            reader.Error("LL3028", $"host {source} sends to itself, which never reaches the network; remove the flow");
            return false;
        }
        long size = -1,
            start = -1,
            trigger = 0,
            sendDone = 0,
            receiveDone = 0,
            id = 0;
        while (true)
        {
            ReadOnlySpan<char> word = reader.Word();
            if (word.IsEmpty)
            {
                break;
            }
            long ignored;
            bool good = word switch
            {
                "size" => reader.Number("size", 0, 1L << 62, out size),
                "start" => ReadStart(ref reader, out start),
                "trigger" => reader.Number("trigger", 1, int.MaxValue, out trigger),
                "send_done_trigger" => reader.Number("send_done_trigger", 1, int.MaxValue, out sendDone),
                "recv_done_trigger" => reader.Number("recv_done_trigger", 1, int.MaxValue, out receiveDone),
                "id" => reader.Number("id", 1, int.MaxValue, out id),
                "prio" => reader.Number("prio", 0, 255, out ignored),
                "msg" => reader.Number("msg", 0, int.MaxValue, out ignored),
                "addon" => reader.Number("addon", 0, long.MaxValue, out ignored),
                _ => Unknown(ref reader, word),
            };
            if (!good)
            {
                return false;
            }
        }
        if (size < 0)
        {
            reader.Error("LL3029", "the flow has no size; add 'size B'; a flow of 0 bytes completes when it starts");
            return false;
        }
        if (start < 0 == (trigger == 0))
        {
            reader.Error("LL3030", "a flow begins either at 'start T' or by 'trigger X'; give exactly one of them");
            return false;
        }
        if (id != 0 && !ids.Add(id))
        {
            reader.Error("LL3031", $"the id {id} names two flows; give each its own");
            return false;
        }
        // Trigger ids stand in for list places until the whole file is known.
        flows.Add(
            new FlowDescription(
                source,
                destination,
                DataSize.FromBytes(size),
                SimTime.FromPicoseconds(Math.Max(0, start)),
                (int)trigger - 1,
                (int)sendDone - 1,
                (int)receiveDone - 1,
                id != 0 ? (int)id : flows.Count + 1
            )
        );
        CountTriggers(triggers, trigger, sendDone, receiveDone, (line, column));
        return true;
    }

    private static void CountTriggers(
        Dictionary<long, TriggerDraft> triggers,
        long trigger,
        long sendDone,
        long receiveDone,
        (int Line, int Column) at
    )
    {
        if (trigger != 0)
        {
            Draft(triggers, trigger, at.Line, at.Column).Waiting++;
        }
        if (sendDone != 0)
        {
            Draft(triggers, sendDone, at.Line, at.Column).Activators++;
        }
        if (receiveDone != 0)
        {
            Draft(triggers, receiveDone, at.Line, at.Column).Activators++;
        }
    }

    private static bool Unknown(ref WordReader reader, ReadOnlySpan<char> word)
    {
        reader.Error(
            "LL3001",
            $"unknown keyword '{WordReader.Clip(word)}'; known are id, start, trigger, size, send_done_trigger, recv_done_trigger, prio, "
                + $"msg, addon"
        );
        return false;
    }

    private static bool ReadStart(ref WordReader reader, out long picoseconds)
    {
        ReadOnlySpan<char> word = reader.Word();
        picoseconds = -1;
        if (!decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal microseconds))
        {
            reader.Error("LL3003", $"start is '{WordReader.Clip(word)}', which is not a number of microseconds of at least 0");
            return false;
        }
        if (microseconds > 1_000_000_000_000m)
        {
            reader.Error("LL3004", "start lies more than eleven days ahead; times are in microseconds");
            return false;
        }
        picoseconds = (long)(microseconds * 1_000_000m);
        return true;
    }

    private static TriggerDraft Draft(Dictionary<long, TriggerDraft> triggers, long id, int line, int column)
    {
        if (!triggers.TryGetValue(id, out TriggerDraft? draft))
        {
            triggers[id] = draft = new TriggerDraft { Line = line, Column = column };
        }
        return draft;
    }

    private static void CheckTriggers(
        string file,
        Rows<FlowDescription> flows,
        Dictionary<long, TriggerDraft> triggers,
        List<(int Line, int Column)> places,
        List<SourceDiagnostic> diagnostics
    )
    {
        if (triggers.Count == 0)
        {
            return;
        }
        foreach ((long id, TriggerDraft draft) in triggers.OrderBy(t => t.Key))
        {
            if (!draft.Declared)
            {
                diagnostics.Add(
                    new(
                        file,
                        draft.Line,
                        draft.Column,
                        "LL3032",
                        $"trigger {id} is used but not declared; add a line 'trigger id {id} oneshot'"
                    )
                );
            }
            else if (draft.Waiting > 0 && draft.Activators < (draft.Kind == TriggerKind.Barrier ? draft.Count : 1))
            {
                diagnostics.Add(
                    new(
                        file,
                        draft.Line,
                        draft.Column,
                        "LL3033",
                        $"trigger {id} can never fire: {draft.Activators} flow(s) activate it"
                            + (draft.Kind == TriggerKind.Barrier ? $" and it waits for {draft.Count}" : "")
                            + "; name it in a send_done_trigger"
                    )
                );
            }
            else if (draft.Waiting == 0)
            {
                diagnostics.Add(
                    new(
                        file,
                        draft.Line,
                        draft.Column,
                        "LL3034",
                        $"trigger {id} starts no flow; remove it or name it in a flow",
                        IsWarning: true
                    )
                );
            }
        }
        if (!diagnostics.Exists(d => !d.IsWarning))
        {
            CheckChains(file, flows, triggers, places, diagnostics);
        }
    }

    // Flows that wait for each other are never started.
    private static void CheckChains(
        string file,
        Rows<FlowDescription> flows,
        Dictionary<long, TriggerDraft> triggers,
        List<(int Line, int Column)> places,
        List<SourceDiagnostic> diagnostics
    )
    {
        // What starts at a time runs; what its end activates runs next; flows that are left wait for each other.
        var remaining = triggers.ToDictionary(t => t.Key, t => t.Value.Kind == TriggerKind.Barrier ? t.Value.Count : 1);
        var waiting = new Dictionary<long, Queue<int>>();
        var ready = new Queue<int>();
        for (int i = 0; i < flows.Count; i++)
        {
            if (flows[i].StartTrigger < 0)
            {
                ready.Enqueue(i);
            }
            else
            {
                long id = flows[i].StartTrigger + 1;
                if (!waiting.TryGetValue(id, out Queue<int>? queue))
                {
                    waiting[id] = queue = new Queue<int>();
                }
                queue.Enqueue(i);
            }
        }
        int reached = 0;
        while (ready.TryDequeue(out int flow))
        {
            reached++;
            foreach (long id in (ReadOnlySpan<long>)[flows[flow].DoneTrigger + 1, flows[flow].ReceivedTrigger + 1])
            {
                if (id <= 0 || !waiting.TryGetValue(id, out Queue<int>? queue))
                {
                    continue;
                }
                bool all = triggers[id].Kind != TriggerKind.Multishot;
                if (all && --remaining[id] > 0)
                {
                    continue;
                }
                while (queue.TryDequeue(out int next))
                {
                    ready.Enqueue(next);
                    if (!all)
                    {
                        break;
                    }
                }
            }
        }
        if (reached < flows.Count)
        {
            (long id, Queue<int> queue) = waiting.First(w => w.Value.Count > 0);
            (int line, int column) = places[queue.Peek()];
            diagnostics.Add(
                new(
                    file,
                    line,
                    column,
                    "LL3035",
                    $"{flows.Count - reached} flow(s) can never start: this one waits for trigger {id}, "
                        + $"which only flows behind it (a cycle) or too few flows activate; "
                        + "start one flow of the chain at a time"
                )
            );
        }
    }

    private static TrafficDescription Resolve(Rows<FlowDescription> flows, Dictionary<long, TriggerDraft> triggers)
    {
        var list = new Rows<TriggerDescription>(triggers.Count);
        if (triggers.Count == 0)
        {
            return new TrafficDescription(flows, list);
        }
        foreach ((long id, TriggerDraft draft) in triggers.OrderBy(t => t.Key))
        {
            draft.Index = list.Count;
            list.Add(new TriggerDescription(draft.Kind, draft.Count, (int)id));
        }
        int Place(int idMinusOne) => idMinusOne < 0 ? -1 : triggers[idMinusOne + 1].Index;
        for (int i = 0; i < flows.Count; i++)
        {
            FlowDescription f = flows[i];
            flows[i] = f with
            {
                StartTrigger = Place(f.StartTrigger),
                DoneTrigger = Place(f.DoneTrigger),
                ReceivedTrigger = Place(f.ReceivedTrigger),
            };
        }
        return new TrafficDescription(flows, list);
    }
}
