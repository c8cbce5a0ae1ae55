using System.Globalization;
using System.Numerics;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>
/// How long ASTRA-sim's analytical backends take for one collective over one dimension, to the nanosecond. For comparison only: what they
/// leave out is on the model's page.
/// </summary>
/// <remarks>
/// Derived from runs of the program. All times are whole nanoseconds, cut off after each message as the program cuts them off. Chunks are
/// whole bytes.
/// </remarks>
public static class AstraModel
{
    /// <summary>The time of a collective.</summary>
    /// <param name="dimension">Network and system settings.</param>
    /// <param name="kind">All-reduce, all-gather, reduce-scatter, all-to-all, or a send-recv, which is one message.</param>
    /// <param name="algorithm">How it is run.</param>
    /// <param name="size">
    /// The size as ASTRA-sim's workloads give it, at least 1 byte: of an all-gather one rank's part, else one rank's buffer.
    /// </param>
    /// <exception cref="RefusedException">The program has no closed form for it.</exception>
    public static SimTime Time(AstraDimension dimension, CollectiveKind kind, AstraAlgorithm algorithm, DataSize size)
    {
        Check(dimension, kind, algorithm, size);
        if (kind == CollectiveKind.SendReceive)
        {
            // What its traces call a send and a receive: neither cut into chunks nor held up at the endpoint.
            return SimTime.FromNanoseconds(new ChunkCost(dimension, size.Bytes).Message(size.Bytes));
        }
        long chunk = size.Bytes / dimension.Splits;
        long chunks;
        if (kind != CollectiveKind.AllGather && chunk < dimension.Ranks)
        {
            // A chunk holds at least a byte for each rank, and as many chunks are sent as were asked for.
            (chunk, chunks) = (dimension.Ranks, dimension.Splits);
        }
        else
        {
            chunk = Math.Max(1, chunk);
            chunks = (size.Bytes + chunk - 1) / chunk;
        }
        var cost = new ChunkCost(dimension, chunk);
        (double one, double step) = algorithm switch
        {
            AstraAlgorithm.Ring or AstraAlgorithm.OneRing => cost.Ring(kind),
            AstraAlgorithm.HalvingDoubling => cost.Halving(kind),
            _ => cost.Direct(kind),
        };
        long rounds = (chunks + dimension.ActiveChunks - 1) / dimension.ActiveChunks;
        long behind = (chunks - 1) % dimension.ActiveChunks;
        if (!dimension.CongestionAware || behind == 0)
        {
            return SimTime.FromNanoseconds(rounds * one);
        }
        // Chunks that start together queue for the first link once, and stay apart from then on: as long as they fit into one step.
        double serialisation = cost.Serialisation(kind);
        double most = Math.Floor(step / serialisation);
        return algorithm is AstraAlgorithm.Direct or AstraAlgorithm.OneDirect || dimension.ActiveChunks > most
            ? throw new RefusedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dimension.ActiveChunks} active chunks queue behind each other on congestion-aware links and have no closed form; "
                        + $"take --active-chunks {(algorithm is AstraAlgorithm.Direct or AstraAlgorithm.OneDirect ? 1 : Math.Max(1, most))}"
                )
            )
            : SimTime.FromNanoseconds(rounds * one + behind * serialisation);
    }

    private static void Check(AstraDimension dimension, CollectiveKind kind, AstraAlgorithm algorithm, DataSize size)
    {
        if (
            dimension.Ranks < 2
            || dimension.Splits < 1
            || dimension.ActiveChunks < 1
            || size.Bytes < 1
            || !(dimension.GibibytesPerSecond > 0)
            || !(dimension.MemoryGigabytesPerSecond > 0)
            || dimension.Latency < SimTime.Zero
            || dimension.EndpointDelay < SimTime.Zero
        )
        {
            throw new RefusedException("an ASTRA-sim dimension needs 2 ranks, and a bandwidth, a size, splits and chunks above 0");
        }
        if (kind == CollectiveKind.Broadcast)
        {
            throw new RefusedException(
                $"ASTRA-sim's analytical backends have no closed form of {CollectiveWords.Kinds.Of(kind)}; "
                    + "they have all-reduce, all-gather, reduce-scatter, all-to-all and send-recv"
            );
        }
        if (dimension.Topology == AstraTopology.Ring && algorithm is not (AstraAlgorithm.Ring or AstraAlgorithm.OneRing))
        {
            throw new RefusedException(
                $"{CollectiveWords.AstraAlgorithms.Of(algorithm)} over a ring takes ways of different length, which have no closed form; "
                    + "take the algorithm ring, or the topology switch"
            );
        }
        if (algorithm != AstraAlgorithm.HalvingDoubling)
        {
            return;
        }
        if (kind == CollectiveKind.AllToAll)
        {
            throw new RefusedException("halvingDoubling cannot run an all-to-all; ring and direct can");
        }
        if (!BitOperations.IsPow2(dimension.Ranks))
        {
            int below = 1 << BitOperations.Log2((uint)dimension.Ranks);
            throw new RefusedException(
                $"halvingDoubling needs a power of two, and {dimension.Ranks} is none; the nearest are {below} and {2L * below}"
            );
        }
    }

    // What one chunk takes, and its shortest step, in nanoseconds.
    private readonly struct ChunkCost(AstraDimension dimension, long chunk)
    {
        private readonly double _perNanosecond = dimension.GibibytesPerSecond * (1L << 30) / 1e9;
        private readonly double _latency = dimension.Latency.Nanoseconds;
        private readonly double _endpoint = Math.Floor(dimension.EndpointDelay.Nanoseconds);
        private readonly int _hops = dimension.Topology == AstraTopology.Switch ? 2 : 1;
        private readonly double _n = dimension.Ranks;

        public double Message(long bytes) =>
            dimension.CongestionAware
                ? _hops * Math.Floor(_latency + bytes / _perNanosecond)
                : Math.Floor(_hops * _latency + bytes / _perNanosecond);

        // A sum is read twice and written once.
        private double Reduction(long bytes) => 3 * Math.Floor(bytes / dimension.MemoryGigabytesPerSecond);

        public double Serialisation(CollectiveKind kind) => Math.Max(1, Math.Floor(Part(kind) / _perNanosecond));

        private long Part(CollectiveKind kind) => kind == CollectiveKind.AllGather ? chunk : chunk / dimension.Ranks;

        public (double Total, double Step) Ring(CollectiveKind kind)
        {
            double c = Message(Part(kind)),
                p = Reduction(Part(kind)),
                step = c + _endpoint;
            return (
                _endpoint
                    + kind switch
                    {
                        CollectiveKind.AllReduce => (_n - 1) * (2 * step + p),
                        CollectiveKind.ReduceScatter => (_n - 1) * (step + p),
                        CollectiveKind.AllGather => (_n - 1) * step,
                        _ => _n * (_n - 1) / 2 * step,
                    },
                step
            );
        }

        public (double Total, double Step) Direct(CollectiveKind kind)
        {
            long part = Part(kind);
            double c = Message(part),
                p = Reduction(part);
            if (dimension.CongestionAware && dimension.Topology == AstraTopology.Switch)
            {
                // All messages of a rank pass its one link to the switch, one after the other; the last also passes the receiver's.
                c = (_n - 1) * Math.Floor(part / _perNanosecond) + Math.Floor(_latency + part / _perNanosecond) + Math.Floor(_latency);
            }
            return (
                _endpoint
                    + kind switch
                    {
                        CollectiveKind.AllReduce => 2 * c + 2 * _endpoint + p,
                        CollectiveKind.ReduceScatter => c + _endpoint + p,
                        _ => c + _endpoint,
                    },
                c
            );
        }

        public (double Total, double Step) Halving(CollectiveKind kind)
        {
            int steps = BitOperations.Log2((uint)dimension.Ranks);
            double total = _endpoint,
                shortest = double.MaxValue;
            for (int k = 1; k <= steps; k++)
            {
                long message = kind == CollectiveKind.AllGather ? chunk << (k - 1) : chunk >> k;
                double step = Message(message) + _endpoint;
                total += kind == CollectiveKind.AllReduce ? 2 * step : step;
                // The piece that is received last, the largest, is not charged.
                total += k > 1 && kind != CollectiveKind.AllGather ? Reduction(message) : 0;
                shortest = Math.Min(shortest, step);
            }
            return (total, shortest);
        }
    }
}
