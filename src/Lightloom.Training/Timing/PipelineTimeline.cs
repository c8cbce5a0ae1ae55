namespace Lightloom.Training.Timing;

/// <summary>
/// The schedule one forward, one backward, played out task by task: what a stage does when, and where it waits. Interleaved when a stage has
/// several chunks. It is drawn in reports and holds the closed form of the bubble to account.
/// </summary>
public static class PipelineTimeline
{
    /// <summary>All tasks, stage by stage in the order in which each stage runs them.</summary>
    /// <param name="stages">Stages, at least 1.</param>
    /// <param name="chunks">Chunks a stage, at least 1.</param>
    /// <param name="microBatches">Micro-batches; a multiple of the stages where chunks are several.</param>
    /// <param name="forward">Seconds of a micro-batch forward through one chunk.</param>
    /// <param name="backward">Seconds backward.</param>
    /// <exception cref="ArgumentException">Micro-batches are no multiple of the stages.</exception>
    public static IReadOnlyList<IReadOnlyList<PipelineTask>> Play(int stages, int chunks, int microBatches, double forward, double backward)
    {
        if (chunks > 1 && microBatches % stages != 0)
        {
            throw new ArgumentException($"{microBatches} micro-batches are no multiple of {stages} stages", nameof(microBatches));
        }

        (int Chunk, int Micro, bool Forward)[][] orders =
        [
            .. Enumerable.Range(0, stages).Select(s => Order(s, stages, chunks, microBatches)),
        ];
        Dictionary<(int Stage, int Chunk, int Micro, bool Forward), double> ended = [];
        List<PipelineTask>[] played = [.. orders.Select(_ => new List<PipelineTask>())];
        double[] free = new double[stages];
        for (bool moved = true; moved; )
        {
            moved = false;
            for (int s = 0; s < stages; s++)
            {
                while (played[s].Count < orders[s].Length)
                {
                    (int chunk, int micro, bool ahead) = orders[s][played[s].Count];
                    if (!Ready(s, chunk, micro, ahead, out double ready))
                    {
                        break;
                    }

                    double start = Math.Max(free[s], ready);
                    free[s] = start + (ahead ? forward : backward);
                    ended[(s, chunk, micro, ahead)] = free[s];
                    played[s].Add(new(s, chunk, micro, ahead, start, free[s]));
                    moved = true;
                }
            }
        }

        return played;

        // When what a task waits for has ended: the neighbour before it on the way, its own forward pass on the way back.
        bool Ready(int stage, int chunk, int micro, bool ahead, out double time)
        {
            (int Stage, int Chunk) before = ahead
                ? stage > 0
                    ? (stage - 1, chunk)
                    : (stages - 1, chunk - 1)
                : stage < stages - 1
                    ? (stage + 1, chunk)
                    : (0, chunk + 1);
            time = 0;
            if (before.Chunk >= 0 && before.Chunk < chunks)
            {
                return ended.TryGetValue((before.Stage, before.Chunk, micro, ahead), out time);
            }

            return ahead || ended.TryGetValue((stage, chunk, micro, true), out time);
        }
    }

    // Forward passes until the pipeline is full, then one backward for each further forward, then the rest backward.
    private static (int Chunk, int Micro, bool Forward)[] Order(int stage, int stages, int chunks, int microBatches)
    {
        int all = microBatches * chunks;
        int warm = Math.Min(all, chunks == 1 ? stages - stage - 1 : ((stages - stage - 1) * 2) + ((chunks - 1) * stages));
        List<(int, int, bool)> order = [];
        for (int i = 0; i < warm; i++)
        {
            order.Add(At(i, true));
        }

        for (int i = warm; i < all; i++)
        {
            order.Add(At(i, true));
            order.Add(At(i - warm, false));
        }

        for (int i = all - warm; i < all; i++)
        {
            order.Add(At(i, false));
        }

        return [.. order];

        (int, int, bool) At(int i, bool ahead)
        {
            if (chunks == 1)
            {
                return (0, i, ahead);
            }

            int round = i / (stages * chunks),
                within = i % (stages * chunks);
            int chunk = within / stages;
            return (ahead ? chunk : chunks - 1 - chunk, (round * stages) + (within % stages), ahead);
        }
    }
}
