using System.Collections.Concurrent;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;

namespace Lightloom.Studies.Runs;

/// <summary>Runs points on this machine, several at once, each a process of its own.</summary>
public static class LocalPool
{
    /// <summary>Runs the points; returns when all have ended.</summary>
    /// <param name="plan">The study's points.</param>
    /// <param name="points">Which of them to run, in order.</param>
    /// <param name="runner">Runs one.</param>
    /// <param name="workers">How many run at once.</param>
    /// <param name="ended">Told of every point that ended, one at a time.</param>
    /// <param name="cancellation">Stops the points that run; none of them counts as run.</param>
    /// <exception cref="IOException">A result cannot be written; what was written stays.</exception>
    public static void Run(
        StudyPlan plan,
        IReadOnlyList<int> points,
        PointRunner runner,
        int workers,
        Action<int, PointResult> ended,
        CancellationToken cancellation
    )
    {
        ConcurrentQueue<int> queue = new(points);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Lock told = new();
        Exception? failed = null;
        Thread[] threads =
        [
            .. Enumerable
                .Range(0, Math.Min(workers, points.Count))
                .Select(_ => new Thread(() =>
                {
                    try
                    {
                        while (!stop.IsCancellationRequested && queue.TryDequeue(out int point))
                        {
                            PointResult result = runner.Run(plan[point], stop.Token);
                            lock (told)
                            {
                                ended(point, result);
                            }
                        }
                    }
                    catch (OperationCanceledException)
                    {
                        // Another worker failed, or the user stopped; said below.
                    }
                    catch (Exception e)
                    {
                        Interlocked.CompareExchange(ref failed, e, null);
                        stop.Cancel();
                    }
                })),
        ];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        if (failed is not null)
        {
            throw failed is IOException ? new IOException(failed.Message, failed) : new InvalidOperationException(failed.Message, failed);
        }
    }
}
