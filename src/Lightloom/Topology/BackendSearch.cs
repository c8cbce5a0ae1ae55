using Lightloom.Catalog;
using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>Enumerates backends: every combination that the file leaves open, each with its plan or the reason why it has none.</summary>
internal sealed class BackendSearch(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything)
{
    /// <summary>The most XPUs in a pod plane when the file does not say: the upper end of the article's band.</summary>
    private const int MostXpusInPod = 10_240;

    private readonly PortPlanCache _cache = new();
    private readonly Pricing _pricing = new(spec.Catalogue);

    /// <summary>Tries all candidates; the feasible ones come first, best first.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="pools">Pools with XPUs.</param>
    /// <param name="everything">True to vary paradigm, planes and layout whatever the file fixes.</param>
    public static List<BackendCandidate> Run(ClusterSpec spec, IReadOnlyList<PoolNodes> pools, bool everything)
    {
        BackendSearch search = new(spec, pools, everything);
        List<BackendCandidate> ranked = search.Enumerate(singlePorts: false);
        // A NIC without a single Ethernet port of its full rate is a reason to prefer something else, not to build nothing.
        return ranked.Any(c => c.Alternative.Feasible) || !ranked.Any(c => c.Rejection?.Code == RejectionCode.SinglePort)
            ? ranked
            : search.Enumerate(singlePorts: true);
    }

    private List<BackendCandidate> Enumerate(bool singlePorts)
    {
        BackendSpec backend = spec.Backend;
        List<BackendCandidate> candidates = [];
        Paradigm[] paradigms =
            everything || backend.Paradigm == Paradigm.Auto ? [Paradigm.EndpointScheduled, Paradigm.SwitchScheduled] : [backend.Paradigm];
        foreach (Paradigm paradigm in paradigms)
        {
            List<TierSwitches> switches = [.. Switches(paradigm)];
            foreach ((PlaneLayout layout, int planes) in Layouts(paradigm))
            {
                BackendSizer sizer = new(spec, pools, _cache, _pricing, paradigm, layout, planes, singlePorts);
                candidates.AddRange(switches.Select(sizer.Size));
            }
        }

        return BackendRanking.Rank(candidates, spec.Objectives.Minimize);
    }

    private IEnumerable<(PlaneLayout Layout, int Planes)> Layouts(Paradigm paradigm)
    {
        BackendSpec backend = spec.Backend;
        long xpus = pools.Sum(p => (long)p.Count * p.Node.Xpus);
        int pods = (int)Math.Clamp((xpus + (backend.PlaneXpus ?? MostXpusInPod) - 1) / (backend.PlaneXpus ?? MostXpusInPod), 1, 16);
        int rails = pools.Max(p => p.Node.Backend!.Nics);
        int split = pools.Min(p => p.Node.Backend!.MaxPlanes);
        if (backend.Planes.Value is { } planes && !everything)
        {
            yield return (backend.PlaneLayout, planes);
            yield break;
        }

        if (everything || backend.PlaneLayout == PlaneLayout.NicSplit)
        {
            foreach (int k in new[] { 1, 2, 4, 8, 16 })
            {
                if (k <= split)
                {
                    yield return (PlaneLayout.NicSplit, k);
                }
            }
        }

        if ((everything && rails > 1 && pools.All(p => p.Node.Backend!.Nics == rails)) || backend.PlaneLayout == PlaneLayout.Rail)
        {
            yield return (PlaneLayout.Rail, rails);
        }

        if (paradigm == Paradigm.EndpointScheduled && ((everything && pods > 1) || backend.PlaneLayout == PlaneLayout.Pods))
        {
            yield return (PlaneLayout.Pods, pods);
        }
    }

    private IEnumerable<TierSwitches> Switches(Paradigm paradigm)
    {
        BackendSpec backend = spec.Backend;
        bool scheduled = paradigm == Paradigm.SwitchScheduled;
        IReadOnlyDictionary<string, SwitchModel> all = spec.Catalogue.Switches;
        // A paradigm that the file did not ask for cannot be built from switches that it named for the other one.
        SwitchModel? leafNamed = backend.LeafId is { } l ? all[l] : null;
        SwitchModel? spineNamed = backend.SpineId is { } s ? all[s] : null;
        if (everything && leafNamed is not null && (leafNamed.Role == SwitchRole.ScheduledLeaf) != scheduled)
        {
            leafNamed = spineNamed = null;
        }

        // backend.switch of a cell fabric names its leaf; its elements are other boxes.
        if (scheduled && backend.Spine is null && spineNamed is { Role: SwitchRole.ScheduledLeaf })
        {
            spineNamed = null;
        }

        List<SwitchModel> leaves = leafNamed is not null
            ? [leafNamed]
            : [.. all.Values.Where(m => m.Cages.Count > 0 && (scheduled ? m.Role == SwitchRole.ScheduledLeaf : ForClos(m)))];
        foreach (SwitchModel leaf in leaves)
        {
            List<SwitchModel> spines = spineNamed is not null
                ? [spineNamed]
                :
                [
                    .. all.Values.Where(m =>
                        m.Cages.Count > 0
                        && (
                            scheduled
                                ? m.Role == SwitchRole.ScheduledElement && SameVendor(m, leaf)
                                : ForClos(m) && Infiniband(m) == Infiniband(leaf) && _cache.LaneRates(m).Overlaps(_cache.LaneRates(leaf))
                        )
                    ),
                ];
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = backend.SuperSpineId is { } id ? all[id] : spine;
                yield return new(leaf, spine, super);
            }
        }
    }

    // Leaf and element of a cell fabric speak one vendor's cell format.
    private static bool SameVendor(SwitchModel element, SwitchModel leaf) =>
        element.UserDefined || leaf.UserDefined || element.Vendor == leaf.Vendor;

    private static bool Infiniband(SwitchModel m) => m.Role == SwitchRole.InfinibandClos;

    private bool ForClos(SwitchModel m) =>
        m.Role switch
        {
            SwitchRole.Clos => true,
            SwitchRole.InfinibandClos => pools.All(p =>
                p.Node.Backend!.NicModel is { } nic
                && spec.Catalogue.Nics.TryGetValue(nic, out NicModel? model)
                && model.Transports.Any(t => t.Contains("InfiniBand", StringComparison.OrdinalIgnoreCase))
            ),
            _ => false,
        };
}
