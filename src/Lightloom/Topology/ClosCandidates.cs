using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>The paradigms, layouts and switches with which a Clos backend may be built.</summary>
internal sealed class ClosCandidates(BackendQuestion question)
{
    private readonly BackendQuestion _question = question;

    /// <summary>Sizes all of them.</summary>
    public IEnumerable<BackendCandidate> Size()
    {
        Paradigm asked = _question.Spec.Backend.Paradigm;
        Paradigm[] paradigms =
            _question.Everything || asked == Paradigm.Auto ? [Paradigm.EndpointScheduled, Paradigm.SwitchScheduled] : [asked];
        foreach (Paradigm paradigm in paradigms)
        {
            List<TierSwitches> switches = [.. Switches(paradigm)];
            foreach ((PlaneLayout layout, int planes) in Layouts(paradigm))
            {
                ClosSizer sizer = new(_question, paradigm, layout, planes);
                foreach (TierSwitches combination in switches)
                {
                    if (!_question.MeetsLanes || sizer.Slows(combination))
                    {
                        yield return sizer.Size(combination);
                    }
                }
            }
        }
    }

    private IEnumerable<(PlaneLayout Layout, int Planes)> Layouts(Paradigm paradigm)
    {
        BackendSpec backend = _question.Spec.Backend;
        long xpus = _question.Xpus;
        // Unless the file says how many: the upper end of the article's band.
        long inPlane = backend.PlaneXpus ?? (long)_question.Spec.Catalogue.Fact("plane-xpus-max").Value;
        int pods = (int)Math.Clamp((xpus + inPlane - 1) / inPlane, 1, 16);
        int rails = _question.Pools.Max(p => p.Node.Backend!.Nics.Value);
        int split = _question.Pools.Min(p => p.Node.Backend!.MaxPlanes.Value);
        if (backend.Planes.Value is { } planes && !_question.Everything)
        {
            yield return (backend.PlaneLayout, planes);
            yield break;
        }

        if (_question.Everything || backend.PlaneLayout == PlaneLayout.NicSplit)
        {
            foreach (int k in new[] { 1, 2, 4, 8, 16 })
            {
                if (k <= split)
                {
                    yield return (PlaneLayout.NicSplit, k);
                }
            }
        }

        if (
            (_question.Everything && rails > 1 && _question.Pools.All(p => p.Node.Backend!.Nics == rails))
            || backend.PlaneLayout == PlaneLayout.Rail
        )
        {
            yield return (PlaneLayout.Rail, rails);
        }

        if (paradigm == Paradigm.EndpointScheduled && ((_question.Everything && pods > 1) || backend.PlaneLayout == PlaneLayout.Pods))
        {
            yield return (PlaneLayout.Pods, pods);
        }
    }

    private IEnumerable<TierSwitches> Switches(Paradigm paradigm)
    {
        BackendSpec backend = _question.Spec.Backend;
        bool scheduled = paradigm == Paradigm.SwitchScheduled;
        IReadOnlyDictionary<string, SwitchModel> all = _question.Spec.Catalogue.Switches;
        IReadOnlyList<SwitchModel> open = _question.Spec.OpenSwitches;
        // A paradigm that the file did not ask for cannot be built from switches that it named for the other one.
        SwitchModel? leafNamed = backend.LeafId is { } l ? all[l] : null;
        SwitchModel? spineNamed = backend.SpineId is { } s ? all[s] : null;
        if (_question.Everything && leafNamed is not null && (leafNamed.Role == SwitchRole.ScheduledLeaf) != scheduled)
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
            :
            [
                .. open.Where(m =>
                    m.Cages.Count > 0 && (scheduled ? m.Role == SwitchRole.ScheduledLeaf : IsForClos(m) && SpeaksToHosts(m))
                ),
            ];
        foreach (SwitchModel leaf in leaves)
        {
            List<SwitchModel> spines = spineNamed is not null
                ? [spineNamed]
                :
                [
                    .. open.Where(m =>
                        m.Cages.Count > 0
                        && (
                            scheduled
                                ? m.Role == SwitchRole.ScheduledElement && SameVendor(m, leaf)
                                : IsForClos(m)
                                    && Protocols.Shared(m.Protocols?.Value, leaf.Protocols?.Value)
                                    && _question.Cache.LaneRates(m).Overlaps(_question.Cache.LaneRates(leaf))
                        )
                    ),
                ];
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = backend.SuperSpineId is { } id ? all[id] : spine;
                yield return new(leaf, spine, super)
                {
                    MoreLeaves = leafNamed is null ? null : MoreLeaves(),
                    LeafOfHosts = leafNamed is null ? null : _question.LeafOfHosts,
                };
            }
        }
    }

    private IReadOnlyList<SwitchModel>? MoreLeaves()
    {
        IReadOnlyList<string> more = _question.Spec.Backend.MoreLeafIds;
        return more.Count == 0 ? null : [.. more.Select(id => _question.Spec.Catalogue.Switches[id])];
    }

    // Leaf and element of a cell fabric speak one vendor's cell format.
    private static bool SameVendor(SwitchModel element, SwitchModel leaf) =>
        element.UserDefined || leaf.UserDefined || element.Vendor == leaf.Vendor;

    private static bool IsForClos(SwitchModel m) => m.Role is SwitchRole.Clos or SwitchRole.InfinibandClos;

    // Nobody is offered another network than Ethernet on the strength of what is not known of a NIC.
    private bool SpeaksToHosts(SwitchModel m) =>
        _question.Pools.All(p =>
            Protocols.Shared(
                Speaker.Of(p.Node, p.Node.Backend!, _question.Spec.Catalogue).Protocols ?? [Protocol.Ethernet],
                m.Protocols?.Value
            )
        );
}
