using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// Collectives whose ranks hold shards of different sizes, for jobs over XPUs that are not alike. <see cref="ShardShares"/> has the shares.
/// </summary>
public static class ShardedWorkload
{
    /// <summary>
    /// Pieces that a rank of an all-reduce gathers at once. Two took 4 % longer: what runs ahead in the gathering is missing when the last
    /// piece is handed out.
    /// </summary>
    private const int Depth = 1;

    /// <summary>
    /// All-to-all: from rank i to rank j goes n S w(i) w(j), so that equal shares give the plain all-to-all of a buffer S.
    /// </summary>
    /// <param name="hosts">The hosts in rank order.</param>
    /// <param name="shares">Each rank's share of the data; sums to 1.</param>
    /// <param name="size">The mean buffer of a rank, S.</param>
    /// <param name="window">Transfers that each rank has under way at once.</param>
    /// <exception cref="RefusedException">The shares do not fit the hosts.</exception>
    public static TrafficDescription AllToAll(IReadOnlyList<int> hosts, IReadOnlyList<double> shares, DataSize size, int window = 8)
    {
        Check(hosts, shares);
        int n = hosts.Count;
        List<FlowDescription> flows = new(n * (n - 1));
        List<TriggerDescription> triggers = new(n);
        for (int rank = 0; rank < n; rank++)
        {
            triggers.Add(new(TriggerKind.Multishot, Id: rank + 1));
            int sent = 0;
            for (int k = 1; k < n; k++)
            {
                int to = (rank + k) % n;
                DataSize part = Part((double)n * size.Bytes * shares[rank] * shares[to]);
                if (Holds(part, size))
                {
                    flows.Add(
                        new(hosts[rank], hosts[to], part, StartTrigger: sent++ < window ? -1 : rank, DoneTrigger: rank, Id: flows.Count + 1)
                    );
                }
            }
        }

        return new(flows, triggers)
        {
            Name = "all-to-all",
            CollectiveHosts = n,
            CollectiveSize = size,
        };
    }

    /// <summary>
    /// Direct all-reduce: everybody sends its contribution to each shard's holder, which sums and hands the shard to everybody. In pieces,
    /// so that the handing out of one piece runs while the next is gathered.
    /// </summary>
    /// <param name="hosts">The hosts in rank order.</param>
    /// <param name="shares">Each rank's share of the buffer; sums to 1. A rank without a share holds none.</param>
    /// <param name="size">The buffer of each rank, S.</param>
    /// <param name="pieces">Pieces that follow each other.</param>
    /// <exception cref="RefusedException">The shares do not fit the hosts.</exception>
    public static TrafficDescription AllReduce(IReadOnlyList<int> hosts, IReadOnlyList<double> shares, DataSize size, int pieces = 8)
    {
        Check(hosts, shares);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        int n = hosts.Count;
        DataSize[] shard = [.. shares.Select(w => Part(w * size.Bytes / pieces))];
        int holders = shard.Count(s => Holds(s, size));
        List<FlowDescription> flows = new(2 * pieces * holders * (n - 1));
        List<TriggerDescription> triggers = [];
        var sentOf = new int[pieces];
        for (int piece = 0; piece < pieces; piece++)
        {
            // Triggers of this piece: a holder has everybody's contribution; a rank has sent all of its own and goes on to the next.
            int summed = triggers.Count;
            for (int rank = 0; rank < n; rank++)
            {
                triggers.Add(new(TriggerKind.Barrier, n - 1, triggers.Count + 1));
            }

            int sent = sentOf[piece] = triggers.Count;
            bool last = piece + Depth >= pieces;
            for (int rank = 0; rank < n && !last; rank++)
            {
                triggers.Add(new(TriggerKind.Barrier, Math.Max(1, holders - (Holds(shard[rank], size) ? 1 : 0)), triggers.Count + 1));
            }

            for (int rank = 0; rank < n; rank++)
            {
                for (int k = 1; k < n; k++)
                {
                    int to = (rank + k) % n;
                    if (Holds(shard[to], size))
                    {
                        flows.Add(
                            new(
                                hosts[rank],
                                hosts[to],
                                shard[to],
                                StartTrigger: piece < Depth ? -1 : sentOf[piece - Depth] + rank,
                                DoneTrigger: last ? -1 : sent + rank,
                                ReceivedTrigger: summed + to,
                                Id: flows.Count + 1
                            )
                        );
                    }

                    if (Holds(shard[rank], size))
                    {
                        flows.Add(new(hosts[rank], hosts[to], shard[rank], StartTrigger: summed + rank, Id: flows.Count + 1));
                    }
                }
            }
        }

        return new(flows, triggers)
        {
            Name = "all-reduce",
            CollectiveHosts = n,
            CollectiveSize = size,
        };
    }

    // A share without bytes is no message; of nothing at all everybody holds an equal part, and each message is complete at once.
    private static bool Holds(DataSize part, DataSize whole) => part > DataSize.Zero || whole == DataSize.Zero;

    private static DataSize Part(double bytes) => bytes < 0.5 ? DataSize.Zero : DataSize.FromBytes((long)Math.Ceiling(bytes - 1e-6));

    private static void Check(IReadOnlyList<int> hosts, IReadOnlyList<double> shares)
    {
        if (hosts.Count < 2 || hosts.Count != shares.Count)
        {
            throw new ArgumentException("a collective needs at least two hosts and a share for each", nameof(hosts));
        }

        if (shares.Any(w => !(w >= 0)) || Math.Abs(shares.Sum() - 1) > 1e-6)
        {
            throw new ArgumentException("shares must not be negative and must sum to 1", nameof(shares));
        }
    }
}
