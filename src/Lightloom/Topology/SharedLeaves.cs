using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>
/// Lets hosts of several rates share leaves: where the last leaf (or pair) of one rate has cages left for what the last leaf of another holds,
/// the two become one.
/// </summary>
/// <remarks>
/// Each rate keeps cages of its own, and the leaf the uplinks of the rate that asks for most, so that no oversubscription grows. Whole last
/// leaves move, so every merger saves as many leaves as a node has sides. Order: the leaf with most uplink capacity takes others in, then the
/// one that stands first.
/// </remarks>
internal static class SharedLeaves
{
    /// <summary>A leaf (the first of a pair) that is part used: the last one of hosts that are alike.</summary>
    /// <param name="Leaf">Its number.</param>
    /// <param name="Place">Where its hosts may stand.</param>
    /// <param name="Ports">Downlinks in use; of a pair, of the leaf that has more.</param>
    internal readonly record struct Last(int Leaf, PlaceKey Place, int Ports);

    /// <summary>A merger: the leaf that takes in, those that go, and the division of the one that stays.</summary>
    /// <param name="Leaf">The leaf that stays, the first of a pair.</param>
    /// <param name="Gone">The leaves that go, in the order of the division's further parts.</param>
    /// <param name="Ports">The division of the leaf that stays.</param>
    internal readonly record struct Merger(int Leaf, IReadOnlyList<int> Gone, PortPlan Ports);

    /// <summary>The mergers that are possible; none where nothing is saved.</summary>
    /// <param name="last">The part used leaves.</param>
    /// <param name="ports">The division of every leaf.</param>
    /// <param name="oversubscription">Downlink over uplink capacity allowed.</param>
    public static IReadOnlyList<Merger> Of(IReadOnlyList<Last> last, IReadOnlyList<PortPlan> ports, double oversubscription)
    {
        List<Merger> mergers = [];
        List<Last> left =
        [
            .. last.OrderByDescending(l => ports[l.Leaf].UpPorts * ports[l.Leaf].Up.Rate.Gbps)
                .ThenByDescending(l => ports[l.Leaf].Down.Rate)
                .ThenBy(l => l.Leaf),
        ];
        while (left.Count > 1)
        {
            Last host = left[0];
            left.RemoveAt(0);
            List<Last> guests = [];
            PortPlan? mixed = null;
            foreach (Last guest in left)
            {
                if (
                    Alike(host, guest, ports)
                    && Mixed(
                        ports[host.Leaf],
                        host.Ports,
                        [.. guests.Append(guest).Select(g => (ports[g.Leaf], g.Ports))],
                        oversubscription
                    )
                        is { } fits
                )
                {
                    mixed = fits;
                    guests.Add(guest);
                }
            }

            if (mixed is not null)
            {
                left.RemoveAll(guests.Contains);
                mergers.Add(new(host.Leaf, [.. guests.Select(g => g.Leaf)], mixed));
            }
        }

        return mergers;
    }

    private static bool Alike(Last a, Last b, IReadOnlyList<PortPlan> ports) =>
        a.Place == b.Place && ReferenceEquals(ports[a.Leaf].Switch, ports[b.Leaf].Switch) && ports[a.Leaf].Up == ports[b.Leaf].Up;

    /// <summary>The division of a leaf of <paramref name="own"/> that serves others beside, or null where its cages do not suffice.</summary>
    private static PortPlan? Mixed(PortPlan own, int ports, IReadOnlyList<(PortPlan Plan, int Ports)> others, double oversubscription)
    {
        (PortBudget budget, HashSet<int> taken) = PortPlan.Beside(own.Switch, own.Outward);
        int used = Cages(ports, own);
        if (!All(own.UpCages, own.Up.Ways) || !All(own.DownCages[..used], own.Down.Ways))
        {
            return null;
        }

        List<PortPlan> also = [];
        foreach ((PortPlan plan, int wanted) in others)
        {
            int count = Cages(wanted, plan);
            int[] cages = PortPlan.Take(plan.DownBlock, plan.Down, plan.DownLane, count, oddFirst: false, budget, taken);
            if (cages.Length < count)
            {
                return null;
            }

            also.Add(plan.OnCages(cages));
        }

        // What is left goes on dividing as it did.
        int[] rest = [.. own.DownCages[used..].Where(c => !taken.Contains(c) && budget.TryTake(c, own.Down.Ways))];
        PortPlan mixed = own.With([.. own.DownCages[..used], .. rest], also);
        double down = mixed.Downlinks.Sum(d => (d.DownPorts + d.Free) * d.Down.Rate.Gbps);
        return mixed.DownPorts >= ports && down <= (oversubscription * mixed.UpPorts * mixed.Up.Rate.Gbps) + 1e-6 ? mixed : null;

        bool All(int[] cages, int ways)
        {
            foreach (int cage in cages)
            {
                if (!budget.TryTake(cage, ways))
                {
                    return false;
                }

                taken.Add(cage);
            }

            return true;
        }
    }

    private static int Cages(int ports, PortPlan plan) => (ports + plan.Down.Ways - 1) / plan.Down.Ways;
}
