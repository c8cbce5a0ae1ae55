using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>What the file would have to say for something to serve links that nothing serves.</content>
internal sealed partial class PlanRun
{
    /// <summary>Leaf models of their own that are offered for hosts that nothing serves; the first that becomes a design is named.</summary>
    private const int MostLeavesToTry = 3;

    // The links of a class that nothing serves: the most panels that one passes, how far apart its ends stand, and the longest way.
    private Missed MissedOf(LinkClass c)
    {
        int most = -1;
        int at = 0;
        int longest = 0;
        byte[]? panels = _panelsOfLink[c.Index];
        for (int i = 0; i < c.Links.Length; i++)
        {
            if (_cableOfLink[c.Index][i] is >= 0 and var cable && _cables[cable].Product >= 0)
            {
                continue;
            }

            longest = Math.Max(longest, _lengthOfLink[c.Index][i]);
            if ((panels?[i] ?? 0) > most)
            {
                (most, at) = (panels?[i] ?? 0, i);
            }
        }

        return new(Math.Max(0, most), most > 0 ? _ways.ScopeOf(c, at) : Scope.SameRack, longest);
    }

    // What misses by least; a product that serves each link alone fails only where one shuffle would have to join those of several.
    private string Closest(LinkClass c, IReadOnlyList<InterconnectCandidate> candidates) =>
        ClosestOfUse(c, candidates) ?? NearestMiss.InWords(candidates);

    private string? ClosestOfUse(LinkClass c, IReadOnlyList<InterconnectCandidate> candidates) =>
        candidates.FirstOrDefault(k => k.Verdict == ProductVerdict.Chosen) is { } alone
            ? $"{alone.Head.Id}: one shuffle would have to join sockets "
                + (
                    _shuffleParts.Contains(c.Index)
                        ? "that lie behind unlike panels, or some behind none"
                        : "whose legs do not meet place by place"
                )
            : NearestMiss.OfUse(candidates);

    // Keys with the nearest value that works, each tried by itself.
    private List<CableRemedy> Remedies(LinkClass c, int longest, in Missed missed, bool shuffleFailed) =>
        [
            .. new[]
            {
                WithFewerPanels(c, longest, missed, shuffleFailed),
                WithMoreMedia(c, longest, missed),
                WithoutExclusion(c, longest, missed, shuffleFailed),
                WithLessDerating(c, longest, missed, shuffleFailed),
                WithBetterFibre(c, longest, missed, shuffleFailed),
            }.OfType<CableRemedy>(),
            .. WithSlowerLanesOfHosts(c),
            .. WithLeafOfTheirOwn(c, longest, missed),
        ];

    // Ports of nodes whose cage has contacts for as many lanes as the switch's slower ones would take: what their entry would have to say.
    private List<CableRemedy> WithSlowerLanesOfHosts(LinkClass c)
    {
        List<CableRemedy> found = [];
        string network = c.Fabric.Name;
        if (
            c.From != Tier.Host
            || c.ACages.LaneRate <= c.ZCages.LaneRate
            || _network.Groups.Count == 0
            || _network.GroupOf(c.Links[0].A).Node is not { } node
            || node.PortsOf(network) is not { } ports
            || _network.GroupOf(c.Links[0].Z).Switch is not { } leaf
        )
        {
            return found;
        }

        IEnumerable<DataRate> lanes = leaf
            .Cages.Where(b => b.Purpose == PortPurpose.Network)
            .SelectMany(b => b.LaneRates.OrEmpty().Append(b.LaneRate))
            .Distinct()
            .OrderDescending();
        foreach (DataRate lane in lanes)
        {
            if (ports.AlsoOn(lane) is { LaneOptions.Value: { } options } wider)
            {
                string path = c.Fabric.Index <= FabricRole.Oob.Index ? network : "networks." + network;
                string keys = $"catalog.nodes.{node.Id}.{path}.lane_options: [{string.Join(", ", options)}]";
                NodeModel changed = node.With(network, wider);
                found.Add(
                    new(
                        "lane_options",
                        keys,
                        $"ports of {node.Id} that run on {options[^1]} lanes of {lane} too, which is to be asked of the maker of their NIC, would be "
                            + $"served ({keys})",
                        file => file with { Catalogue = file.Catalogue.With(changed) }
                    )
                );
            }
        }

        return found;
    }

    // What is said where no key would do, and what is left to change then.
    private (string NoKey, string Otherwise) WithoutRemedy(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        string path = c.Fabric.Index <= FabricRole.Oob.Index ? c.Fabric.Name : "networks." + c.Fabric.Name;
        return (
            "no value of floor.panels_between_rows, interconnect.media, interconnect.exclude, interconnect.reach_derating or "
                + "interconnect.fibre alone would do; "
                + Shorter(c, longest, missed, shuffleFailed),
            $"name another {path}.switch, or add a product under catalog.interconnects"
        );
    }

    // The longest way that something would serve; nothing where none would at any length.
    private string Shorter(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        const int Shortest = 1000;
        if (Serving(_selector, c, missed.Panels, Shortest, shuffleFailed) is null)
        {
            return "";
        }

        int served = Shortest;
        int tooLong = Math.Max(longest, Shortest);
        while (tooLong - served > 1)
        {
            int middle = served + ((tooLong - served) / 2);
            if (Serving(_selector, c, missed.Panels, middle, shuffleFailed) is null)
            {
                tooLong = middle;
            }
            else
            {
                served = middle;
            }
        }

        string id = Serving(_selector, c, missed.Panels, served, shuffleFailed)!;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"shorten the way to {Math.Floor(served / 100.0) / 10:0.#} m, which {id} serves (x_m and y_m of buildings, rows and racks_per_row of "
            ) + "halls), ";
    }

    // The most panels with which something would serve; null where panels are not what is in the way.
    private CableRemedy? WithFewerPanels(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        for (int panels = missed.Panels - 1; panels >= 0; panels--)
        {
            bool noShuffle = shuffleFailed && (panels > 0 || !_shuffleParts.Contains(c.Index));
            if (Serving(_selector, c, panels, panels == 0 ? missed.Longest : longest, noShuffle) is { } id)
            {
                string past =
                    panels == 0 ? "without panels"
                    : panels == 1 ? "past 1 panel"
                    : $"past {panels} panels";
                string keys = PanelKeys.For(_spec.Floor, missed.Scope, panels);
                (Scope scope, int left) = (missed.Scope, panels);
                return keys.Length == 0
                    ? null
                    : new(
                        "panels",
                        keys,
                        $"{past} {id} would serve ({keys})",
                        file => file with { Floor = PanelKeys.In(file.Floor, scope, left) }
                    );
            }
        }

        return null;
    }

    // The kind that would serve if the file allowed it; null where it allows any, or none would.
    private CableRemedy? WithMoreMedia(LinkClass c, int longest, in Missed missed)
    {
        if (_media.Of(c) is not { } kinds)
        {
            return null;
        }

        LinkQuestion any = Question(c, LinkQuestion.ShapeOf(c.ACages, c.ZCages), missed.Panels, together: false) with { Kinds = null };
        PreparedLink open = _selector.Prepare(any);
        if (open.Best(longest) is not (>= 0 and var best))
        {
            return null;
        }

        InterconnectModel serves = open.Offers[best].Head;
        _mediaThatServe.Add((c.TierWord, serves.Kind));
        string tier = c.TierWord;
        return With(
            CableRemedy.Media,
            serves.Id,
            MediaPolicy.InWords(tier, [.. kinds, serves.Kind]),
            file =>
                file with
                {
                    Interconnect = file.Interconnect with { Media = MediaPolicy.Adding(file.Interconnect.Media, tier, serves.Kind) },
                }
        );
    }

    private CableRemedy? WithoutExclusion(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        IReadOnlyList<string> excluded = _spec.Interconnect.Exclude;
        IEnumerable<IReadOnlyList<string>> shorter = excluded.Select(one => (IReadOnlyList<string>)[.. excluded.Where(e => e != one)]);
        foreach (IReadOnlyList<string> rest in excluded.Count > 1 ? shorter.Append([]) : shorter)
        {
            if (Serving(Asking(_spec.Interconnect with { Exclude = rest }), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return With(
                    "exclude",
                    id,
                    $"interconnect.exclude: [{string.Join(", ", rest)}]",
                    file => file with { Interconnect = file.Interconnect with { Exclude = rest } }
                );
            }
        }

        return null;
    }

    private CableRemedy? WithLessDerating(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        for (int percent = (int)Math.Floor(_spec.Interconnect.ReachDerating * 100) + 1; percent <= 100; percent++)
        {
            double derating = percent / 100.0;
            if (Serving(Asking(_spec.Interconnect with { ReachDerating = derating }), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return With(
                    "reach_derating",
                    id,
                    string.Create(CultureInfo.InvariantCulture, $"interconnect.reach_derating: {derating:0.##}"),
                    file => file with { Interconnect = file.Interconnect with { ReachDerating = derating } }
                );
            }
        }

        return null;
    }

    private CableRemedy? WithBetterFibre(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        FibreSpec fibre = _spec.Interconnect.Fibre;
        foreach (string grade in ((string[])["om3", "om4", "om5"]).SkipWhile(g => g != fibre.Multimode).Skip(1))
        {
            InterconnectSpec better = _spec.Interconnect with { Fibre = fibre with { Multimode = grade } };
            if (Serving(Asking(better), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return With(
                    "fibre",
                    id,
                    $"interconnect.fibre: {{multimode: {grade}}}",
                    file =>
                        file with
                        {
                            Interconnect = file.Interconnect with { Fibre = file.Interconnect.Fibre with { Multimode = grade } },
                        }
                );
            }
        }

        return null;
    }

    // A second leaf model beside the one that is there, for hosts of one kind among several: the first few that an interconnect joins.
    private List<CableRemedy> WithLeafOfTheirOwn(LinkClass c, int longest, in Missed missed)
    {
        List<CableRemedy> found = [];
        bool several = _network.LinkClasses.Any(o =>
            o.Fabric == c.Fabric && o.From == Tier.Host && (o.Rate != c.Rate || o.ACages.LaneRate != c.ACages.LaneRate)
        );
        if (
            !several
            || c.From != Tier.Host
            || c.Fabric == FabricRole.Backend
            || c.Fabric == FabricRole.Oob
            || _network.GroupOf(c.Links[0].Z).Switch is not { } leaf
        )
        {
            return found;
        }

        NetworkSection section = NetworkSection.All(_spec).First(s => s.Role == c.Fabric);
        string[] named = [.. section.Spec.Leaf.Where(l => l != "auto")];
        HashSet<CageUse> tried = [];
        foreach (SwitchModel other in _spec.OpenSwitches.Where(s => s.Role is SwitchRole.Clos or SwitchRole.Frontend && s.Id != leaf.Id))
        {
            string[] leaves = [.. named.Append(leaf.Id).Append(other.Id).Distinct()];
            if (found.Count < MostLeavesToTry && leaves.Length > named.Length && Joining(c, other, longest, missed, tried) is { } serves)
            {
                string keys = $"{section.Key}.leaf: [{string.Join(", ", leaves)}]";
                found.Add(
                    new(
                        "leaf",
                        keys,
                        $"{serves.Id} would serve with leaves of their own, {keys}",
                        file => section.In(file, section.Spec with { Leaf = leaves })
                    )
                );
            }
        }

        return found;
    }

    // What joins links of a class to ports of another leaf model, of cages that were not tried yet; null where nothing does.
    private InterconnectModel? Joining(LinkClass c, SwitchModel leaf, int longest, in Missed missed, HashSet<CageUse> tried)
    {
        foreach (CageBlock block in leaf.Cages.Where(b => b.Purpose == PortPurpose.Network))
        {
            if (!block.TryDivide(c.Rate, c.ACages.LaneRate, out Breakout division))
            {
                continue;
            }

            CageUse use = PortPlan.UseOf(leaf, block, division, c.ACages.LaneRate);
            LinkQuestion question = Question(c, LinkQuestion.ShapeOf(c.ACages, use), missed.Panels, together: false) with
            {
                Z = use,
                Length = Length.FromMillimetres(longest),
            };
            if (tried.Add(use) && _selector.Choose(question) is { } serves)
            {
                return serves.Head;
            }
        }

        return null;
    }

    private static CableRemedy With(string kind, string serves, string keys, Func<ClusterSpec, ClusterSpec> change) =>
        new(kind, keys, $"{serves} would serve with {keys}", change);

    private InterconnectSelector Asking(InterconnectSpec interconnect) => new(_spec.Catalogue, interconnect);

    private string? Serving(InterconnectSelector selector, LinkClass c, int panels, int longest, bool noShuffle)
    {
        PreparedLink prepared = selector.Prepare(Question(c, LinkQuestion.ShapeOf(c.ACages, c.ZCages), panels, together: false));
        foreach (int offer in prepared.Feasible(longest))
        {
            if (!noShuffle || prepared.Offers[offer].Shuffle is null)
            {
                return prepared.Offers[offer].Head.Id;
            }
        }

        return null;
    }

    private readonly record struct Missed(int Panels, Scope Scope, int Longest);
}
