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
        candidates.FirstOrDefault(k => k.Verdict == ProductVerdict.Chosen) is { } alone
            ? $"{alone.Head.Id}: one shuffle would have to join sockets "
                + (
                    _shuffleParts.Contains(c.Index)
                        ? "that lie behind unlike panels, or some behind none"
                        : "whose legs do not meet place by place"
                )
            : NearestMiss.InWords(candidates);

    // Keys with the nearest value that works, each tried by itself; where none does, what is left to change.
    private string Remedies(LinkClass c, int longest, in Missed missed, IReadOnlyList<InterconnectCandidate> candidates)
    {
        bool shuffleFailed = candidates.Any(k => k.Verdict == ProductVerdict.Chosen);
        string?[] found =
        [
            WithFewerPanels(c, longest, missed, shuffleFailed),
            WithMoreMedia(c, longest, missed),
            WithoutExclusion(c, longest, missed, shuffleFailed),
            WithLessDerating(c, longest, missed, shuffleFailed),
            WithBetterFibre(c, longest, missed, shuffleFailed),
            WithLeafOfTheirOwn(c, longest, missed),
        ];
        string works = string.Join("; ", found.Where(f => f is not null));
        string path = c.Fabric.Index <= FabricRole.Oob.Index ? c.Fabric.Name : "networks." + c.Fabric.Name;
        return works.Length > 0
            ? works
            : "no value of floor.panels_between_rows, interconnect.media, interconnect.exclude, interconnect.reach_derating or interconnect.fibre would do; "
                + Shorter(c, longest, missed, shuffleFailed)
                + $"name another {path}.switch, or add a product under catalog.interconnects";
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
    private string? WithFewerPanels(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
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
                return $"{past} {id} would serve ({PanelKeys.For(_spec.Floor, missed.Scope, panels)})";
            }
        }

        return null;
    }

    // The kind that would serve if the file allowed it; null where it allows any, or none would.
    private string? WithMoreMedia(LinkClass c, int longest, in Missed missed)
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
        return $"{serves.Id} would serve with {MediaPolicy.InWords(c.TierWord, [.. kinds, serves.Kind])}";
    }

    private string? WithoutExclusion(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        IReadOnlyList<string> excluded = _spec.Interconnect.Exclude;
        IEnumerable<IReadOnlyList<string>> shorter = excluded.Select(one => (IReadOnlyList<string>)[.. excluded.Where(e => e != one)]);
        foreach (IReadOnlyList<string> rest in excluded.Count > 1 ? shorter.Append([]) : shorter)
        {
            if (Serving(Asking(_spec.Interconnect with { Exclude = rest }), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return $"{id} would serve with interconnect.exclude: [{string.Join(", ", rest)}]";
            }
        }

        return null;
    }

    private string? WithLessDerating(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        for (int percent = (int)Math.Floor(_spec.Interconnect.ReachDerating * 100) + 1; percent <= 100; percent++)
        {
            double derating = percent / 100.0;
            if (Serving(Asking(_spec.Interconnect with { ReachDerating = derating }), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{id} would serve with interconnect.reach_derating: {derating:0.##}");
            }
        }

        return null;
    }

    private string? WithBetterFibre(LinkClass c, int longest, in Missed missed, bool shuffleFailed)
    {
        FibreSpec fibre = _spec.Interconnect.Fibre;
        foreach (string grade in ((string[])["om3", "om4", "om5"]).SkipWhile(g => g != fibre.Multimode).Skip(1))
        {
            InterconnectSpec better = _spec.Interconnect with { Fibre = fibre with { Multimode = grade } };
            if (Serving(Asking(better), c, missed.Panels, longest, shuffleFailed) is { } id)
            {
                return $"{id} would serve with interconnect.fibre: {{multimode: {grade}}}";
            }
        }

        return null;
    }

    // A second leaf model beside the one that is there, for hosts of one kind among several; null where the network has hosts of one kind.
    private string? WithLeafOfTheirOwn(LinkClass c, int longest, in Missed missed)
    {
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
            return null;
        }

        HashSet<CageUse> tried = [];
        foreach (SwitchModel other in _spec.OpenSwitches.Where(s => s.Role is SwitchRole.Clos or SwitchRole.Frontend))
        {
            foreach (CageBlock block in other.Cages.Where(b => b.Purpose == PortPurpose.Network))
            {
                if (!block.TryDivide(c.Rate, c.ACages.LaneRate, out Breakout division))
                {
                    continue;
                }

                CageUse use = PortPlan.UseOf(other, block, division, c.ACages.LaneRate);
                LinkQuestion question = Question(c, LinkQuestion.ShapeOf(c.ACages, use), missed.Panels, together: false) with
                {
                    Z = use,
                    Length = Length.FromMillimetres(longest),
                };
                if (tried.Add(use) && _selector.Choose(question) is { } serves)
                {
                    string path = c.Fabric == FabricRole.Frontend ? c.Fabric.Name : "networks." + c.Fabric.Name;
                    return $"{serves.Head.Id} would serve with leaves of their own, {path}.leaf: [{leaf.Id}, {other.Id}]";
                }
            }
        }

        return null;
    }

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
