using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Forms the pods of a three-tier plane and joins them by super-spines.</summary>
internal static class PodPlanner
{
    /// <summary>
    /// Counts super-spines, and gives pods with few spines more of them until any spine of another pod shares a super-spine with the pod.
    /// Spines take turns around the super-spines: a spine covers its uplinks' run of them, a pod the run of all its spines.
    /// </summary>
    public static bool Join(
        PlaneRequest request,
        int[] upCounts,
        PortPlan spine,
        PortPlan top,
        List<PodPlan> pods,
        out int supers,
        out Rejection? rejection
    )
    {
        while (true)
        {
            long uplinks = pods.Sum(p => (long)p.Spines) * spine.UpPorts;
            supers = (int)Math.Max((uplinks + top.DownPorts - 1) / top.DownPorts, request.Redundancy.SuperSpine);
            int small = -1;
            for (int p = 0; p < pods.Count; p++)
            {
                long covered = (long)pods[p].Spines * spine.UpPorts;
                if (covered < supers && covered + spine.UpPorts <= supers && (small < 0 || pods[p].Spines < pods[small].Spines))
                {
                    small = p;
                }
            }

            if (small < 0)
            {
                rejection = null;
                return true;
            }

            int? more = SmallestEvenCount(pods[small].Spines + 1, upCounts);
            if (more is null)
            {
                rejection = new(
                    RejectionCode.Radix,
                    $"three tiers: {Counted.Of(supers, "super-spine")} {(supers == 1 ? "is" : "are")} needed, but a pod's {Counted.Of(pods[small].Spines, "spine")} reach "
                        + $"{(long)pods[small].Spines * spine.UpPorts} at most"
                );
                return false;
            }

            int added = more.Value - pods[small].Spines;
            pods[small] = pods[small] with { Spines = more.Value };
            for (int p = small + 1; p < pods.Count; p++)
            {
                pods[p] = pods[p] with { FirstSpine = pods[p].FirstSpine + added };
            }
        }
    }

    /// <summary>Fills pods with whole units, each pod as large as the spines' downlinks (or the file) allow.</summary>
    public static bool FormPods(
        PlaneRequest request,
        LeafLayout laid,
        int[] upCounts,
        PortPlan spine,
        out List<PodPlan> pods,
        out Rejection? rejection
    )
    {
        pods = [];
        rejection = null;
        int most = upCounts.Aggregate(GreatestCommonDivisor);
        // With every spine reached by one link of each leaf, a pod takes as many leaf uplinks as its spines have downlinks.
        long podUplinks = (long)most * spine.DownPorts;
        int firstLeaf = 0,
            firstSpine = 0,
            leafCount = 0;
        long uplinks = 0,
            xpus = 0;
        int leaf = 0;
        for (int unit = 0; unit < laid.Units.Count; unit++)
        {
            EndpointGroup group = request.Groups[laid.Units[unit].Group];
            long unitUplinks = 0;
            for (int l = 0; l < laid.UnitLeaves[unit]; l++)
            {
                unitUplinks += laid.Ports[leaf + l].UpPorts;
            }

            long unitXpus = (long)laid.Units[unit].BuiltNodes * group.XpusPerNode;
            long podXpus = request.PodXpus is null ? long.MaxValue : request.XpusOfPod(pods.Count);
            if (unitUplinks > podUplinks || unitXpus > podXpus)
            {
                rejection =
                    unitUplinks > podUplinks
                        ? new(
                            RejectionCode.Radix,
                            $"a unit's {laid.UnitLeaves[unit]} leaves with {unitUplinks} uplinks do not fit into one pod of {most} spines "
                                + $"with {spine.DownPorts} downlinks"
                        )
                        : new(RejectionCode.PlaneXpus, $"a unit of {unitXpus} XPUs does not fit into a plane of {podXpus}");
                return false;
            }

            if (leafCount > 0 && uplinks + unitUplinks > podUplinks && request.PodXpus is not null && xpus + unitXpus <= podXpus)
            {
                rejection = new(
                    RejectionCode.Radix,
                    $"a plane of {podXpus} XPUs needs more leaves than {leafCount}, "
                        + $"but {Counted.Of(most, "spine")} with {spine.DownPorts} downlinks each ({spine.Switch.Id}) take no more"
                );
                return false;
            }

            if (leafCount > 0 && (uplinks + unitUplinks > podUplinks || xpus + unitXpus > podXpus) && !Close(ref pods, ref rejection))
            {
                return false;
            }

            leafCount += laid.UnitLeaves[unit];
            uplinks += unitUplinks;
            xpus += unitXpus;
            leaf += laid.UnitLeaves[unit];
        }

        return Close(ref pods, ref rejection);

        bool Close(ref List<PodPlan> list, ref Rejection? why)
        {
            int needed = (int)((uplinks + spine.DownPorts - 1) / spine.DownPorts);
            int? spines = SmallestEvenCount(Math.Max(needed, request.Redundancy.Spine), upCounts);
            if (spines is null)
            {
                why =
                    needed <= upCounts.Min() && request.Redundancy.Spine > needed
                        ? new(
                            RejectionCode.Redundancy,
                            $"redundancy asks for {request.Redundancy.Spine} spines a pod, but a leaf's uplinks reach {upCounts.Min()} at "
                                + $"most; redundancy: {{spine: {upCounts.Min()}}} works for {needed} that its leaves need"
                        )
                        : new(
                            RejectionCode.Radix,
                            $"a pod of {Counted.Of(leafCount, "leaf")} needs {Counted.Of(needed, "spine")}, but a leaf's uplinks reach {upCounts.Min()} at most"
                        );
                return false;
            }

            list.Add(new(firstLeaf, leafCount, firstSpine, spines.Value));
            firstLeaf += leafCount;
            firstSpine += spines.Value;
            leafCount = 0;
            uplinks = xpus = 0;
            return true;
        }
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    /// <summary>
    /// The smallest count from <paramref name="least"/> up that divides each of <paramref name="uplinks"/> evenly, or null.
    /// </summary>
    public static int? SmallestEvenCount(int least, int[] uplinks)
    {
        int most = uplinks.Min();
        for (int s = Math.Max(1, least); s <= most; s++)
        {
            if (Divides(s, uplinks))
            {
                return s;
            }
        }

        return null;
    }

    /// <summary>True when so many spines divide each of <paramref name="uplinks"/> evenly.</summary>
    public static bool Divides(int spines, int[] uplinks)
    {
        foreach (int u in uplinks)
        {
            if (u % spines != 0)
            {
                return false;
            }
        }

        return true;
    }
}
