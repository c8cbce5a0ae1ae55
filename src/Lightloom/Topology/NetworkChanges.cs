using Lightloom.Keys;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// The ways in which a network's section may be changed so that it becomes buildable, the nearest first: one key at a time, what costs least
/// first, then two of them. A tier whose switch is opened has none named; whoever tries it names the one that was found.
/// </summary>
/// <param name="asked">What the file says.</param>
/// <param name="likes">
/// Models to try by name before a tier is opened: those that speak what the named one does, where that is not Ethernet.
/// </param>
internal sealed class NetworkChanges(FabricSpec asked, IReadOnlyList<string>? likes = null)
{
    private const int MostSteps = 32;

    private static readonly double[] Ratios =
    [
        1,
        1.2,
        1.25,
        1.33,
        1.5,
        1.6,
        1.75,
        1.8,
        2,
        2.2,
        2.25,
        2.4,
        2.5,
        2.6,
        2.7,
        2.75,
        2.8,
        2.9,
        3,
        3.5,
        4,
        5,
        6,
        8,
        10,
        12,
        16,
    ];
    private static readonly double[] Rates = [10, 25, 40, 50, 100, 200, 400, 800, 1600];
    private static readonly string[] Tiers = ["leaf", "spine", "super-spine"];
    private static readonly int[] PlaneCounts = [1, 2, 4, 8];
    private static readonly int[] Reserves = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
    private static readonly int[] PairLinks = [2, 4, 8];

    /// <summary>One key after another, then pairs.</summary>
    public IEnumerable<FabricSpec> All() => Singles().Concat(Pairs());

    /// <summary>The same where ports suffice and cables do not: first what gives links other cages, or other lengths.</summary>
    /// <param name="ofExternal">True where it is links to the outside that find none.</param>
    public IEnumerable<FabricSpec> ForCables(bool ofExternal) =>
        (ofExternal ? OtherExternal(asked) : OtherPlanes(asked))
            .Concat(OtherSwitches(asked))
            .Concat(OneLeafANode(asked))
            .Concat(OtherTiers(asked))
            .Concat(OtherSwitches(asked).TakeLast(1).SelectMany(OtherPlanes))
            .Concat(All());

    /// <summary>More ports that stay free: what devices that come later take theirs start.</summary>
    public IEnumerable<FabricSpec> MoreReserve()
    {
        foreach (int ports in Reserves.Where(p => p > (asked.Reserve.Leaf ?? 0)))
        {
            yield return asked with
            {
                Reserve = asked.Reserve with { Leaf = ports },
            };
        }
    }

    private IEnumerable<FabricSpec> Singles() =>
        new Func<FabricSpec, IEnumerable<FabricSpec>>[]
        {
            LessReserve,
            FewerPeers,
            Pair,
            OtherTiers,
            OtherExternal,
            MoreUplinks,
            LessRedundancy,
            OtherPlanes,
            OtherSwitches,
            NoPeers,
            NoRails,
            OneLeafANode,
            FewerUplinks,
            OtherParadigm,
        }.SelectMany(change => change(asked));

    private IEnumerable<FabricSpec> Pairs()
    {
        FabricSpec[] starts = [.. OtherSwitches(asked).TakeLast(1), .. NoPeers(asked), .. OtherTiers(asked).Take(1)];
        foreach (FabricSpec start in starts)
        {
            foreach (FabricSpec changed in OtherTiers(start).Concat(NoRails(start)).Concat(OneLeafANode(start)).Concat(OtherPlanes(start)))
            {
                yield return changed;
            }

            foreach (FabricSpec changed in FewerUplinks(start).Take(3).Concat(LessReserve(start).TakeLast(1)))
            {
                yield return changed;
            }
        }

        foreach (FabricSpec less in LessReserve(asked).TakeLast(1).Concat(LessRedundancy(asked).TakeLast(1)))
        {
            foreach (
                FabricSpec changed in OtherExternal(less).Concat(FewerUplinks(less)).Concat(OtherTiers(less)).Concat(OtherPlanes(less))
            )
            {
                yield return changed;
            }
        }
    }

    // All tiers come down together, since which of them is too full is not known; from many ports by steps.
    private static IEnumerable<FabricSpec> LessReserve(FabricSpec start)
    {
        TierReserve kept = start.Reserve;
        foreach (int least in Down(Math.Max(kept.Leaf ?? 0, Math.Max(kept.Spine ?? 0, kept.SuperSpine ?? 0)), least: 0))
        {
            yield return start with
            {
                Reserve = new()
                {
                    Leaf = Capped(kept.Leaf, least),
                    Spine = Capped(kept.Spine, least),
                    SuperSpine = Capped(kept.SuperSpine, least),
                },
            };
        }

        static int? Capped(int? ports, int most) => ports is { } p ? Math.Min(p, most) : null;
    }

    private static IEnumerable<FabricSpec> FewerPeers(FabricSpec start) =>
        Down(start.PeerLinks, least: 1).Select(links => start with { PeerLinks = links });

    private static IEnumerable<FabricSpec> NoPeers(FabricSpec start)
    {
        if (start.PeerLinks > 0)
        {
            yield return start with
            {
                PeerLinks = 0,
                Tiers = start.Tiers.Value == 1 ? AutoInt.Auto : start.Tiers,
            };
        }
    }

    // Two leaves without a spine, where one tier is asked for.
    private static IEnumerable<FabricSpec> Pair(FabricSpec start) =>
        start.Tiers.Value == 1 && start.PeerLinks == 0 ? PairLinks.Select(links => start with { PeerLinks = links }) : [];

    /// <summary>Links to the outside one entry at a time: from another tier, of another rate, fewer of them.</summary>
    private static IEnumerable<FabricSpec> OtherExternal(FabricSpec start)
    {
        for (int i = 0; i < start.External.Count; i++)
        {
            ExternalSpec entry = start.External[i];
            ExternalSpec[] asLegs = entry.Breakout ? [] : [entry with { Breakout = true }];
            IEnumerable<ExternalSpec> others = asLegs
                .Concat(Tiers.Where(t => t != entry.Tier).Select(t => entry with { Tier = t }))
                .Concat(
                    Rates
                        .Where(r => r != entry.RateGbps)
                        .OrderBy(r => IsRareOutside(r) || r < entry.RateGbps)
                        .ThenBy(r => Math.Abs(Math.Log(r / entry.RateGbps)))
                        .Select(r => entry with { RateGbps = r })
                )
                .Concat(Down(entry.Links, least: 1).Select(l => entry with { Links = l }));
            foreach (ExternalSpec other in others)
            {
                yield return start with
                {
                    External = [.. start.External.Take(i), other, .. start.External.Skip(i + 1)],
                };
            }
        }
    }

    // A faster port carries what was asked. Routers at the border have no ports of 50G.
    private static bool IsRareOutside(double gbps) => gbps == 50;

    // A little less oversubscription can give a number of uplinks that divides over the spines.
    private static IEnumerable<FabricSpec> MoreUplinks(FabricSpec start) =>
        Ratios
            .Where(r => r < start.LeafOversubscription && r >= start.LeafOversubscription * 0.6)
            .OrderDescending()
            .Select(r => start with { Oversubscription = start.Oversubscription with { Leaf = r } });

    private static IEnumerable<FabricSpec> FewerUplinks(FabricSpec start) =>
        start is OobSpec
            ? []
            : Ratios
                .Where(r => r > start.LeafOversubscription && r <= start.LeafOversubscription * 4)
                .Select(r => start with { Oversubscription = start.Oversubscription with { Leaf = r } });

    private static IEnumerable<FabricSpec> LessRedundancy(FabricSpec start)
    {
        TierMinimums most = start.Redundancy;
        for (int spines = most.Spine - 1; spines >= 1; spines--)
        {
            yield return start with
            {
                Redundancy = most with { Spine = spines },
            };
        }

        for (int all = Math.Max(most.Leaf, Math.Max(most.Spine, most.SuperSpine)) - 1; all >= 1; all--)
        {
            yield return start with
            {
                Redundancy = new()
                {
                    Leaf = Math.Min(most.Leaf, all),
                    Spine = Math.Min(most.Spine, all),
                    SuperSpine = Math.Min(most.SuperSpine, all),
                },
            };
        }
    }

    /// <summary>One of like models throughout, the spines opened, the leaves, then all; nothing where the file names none.</summary>
    private IEnumerable<FabricSpec> OtherSwitches(FabricSpec start)
    {
        foreach (string like in likes ?? [])
        {
            yield return start with
            {
                Switch = like,
                Leaf = [],
                Spine = null,
                SuperSpine = null,
            };
        }

        string? leaf = start.LeafId,
            spine = start.SpineId;
        bool apart = leaf != spine || start.Leaf.Count > 0 || start.Spine is not null;
        if (apart && leaf is not null && spine is not null)
        {
            yield return start with
            {
                Switch = null,
                Leaf = [leaf, .. start.MoreLeafIds],
                Spine = null,
                SuperSpine = null,
            };
            yield return start with
            {
                Switch = null,
                Leaf = [],
                Spine = spine,
                SuperSpine = start.SuperSpineId,
            };
        }

        if (leaf is not null || spine is not null)
        {
            yield return start with
            {
                Switch = null,
                Leaf = [],
                Spine = null,
                SuperSpine = null,
            };
        }
    }

    private static IEnumerable<FabricSpec> OtherTiers(FabricSpec start)
    {
        if (start.Tiers.Value is { } asked && start is not OobSpec)
        {
            yield return start with
            {
                Tiers = AutoInt.Auto,
            };
            if (asked == 1)
            {
                yield return start with
                {
                    Tiers = new(2),
                };
            }
        }
    }

    // A unit brings a leaf for each rail: nodes of many NICs fill the spines with leaves that are part empty.
    private static IEnumerable<FabricSpec> NoRails(FabricSpec start)
    {
        if (start is BackendSpec backend)
        {
            if (backend.RailOptimized)
            {
                yield return backend with
                {
                    RailOptimized = false,
                };
            }

            for (int nodes = (backend.ScalableUnitNodes ?? 0) / 2; nodes >= 1; nodes /= 2)
            {
                yield return backend with
                {
                    ScalableUnitNodes = nodes,
                };
            }
        }
    }

    private static IEnumerable<FabricSpec> OneLeafANode(FabricSpec start) =>
        start is FrontendSpec { Homing: not Homing.Single } frontend ? [frontend with { Homing = Homing.Single }] : [];

    private static IEnumerable<FabricSpec> OtherPlanes(FabricSpec start)
    {
        if (start is not BackendSpec backend)
        {
            yield break;
        }

        if (backend.PlaneLayout != PlaneLayout.NicSplit && !backend.Planes.IsAuto)
        {
            yield return backend with
            {
                Planes = AutoInt.Auto,
            };
        }

        foreach (int planes in PlaneCounts.Where(n => backend.Planes.Value != n || backend.PlaneLayout != PlaneLayout.NicSplit))
        {
            yield return backend with
            {
                Planes = new(planes),
                PlaneLayout = PlaneLayout.NicSplit,
            };
        }
    }

    private static IEnumerable<FabricSpec> OtherParadigm(FabricSpec start)
    {
        if (start is BackendSpec { Paradigm: Paradigm.SwitchScheduled } backend)
        {
            yield return backend with
            {
                Paradigm = Paradigm.EndpointScheduled,
                Tiers = AutoInt.Auto,
                Switch = null,
                Leaf = [],
                Spine = null,
                SuperSpine = null,
            };
        }
    }

    /// <summary>Numbers below one, the largest first, down to the least; of many, by steps.</summary>
    private static IEnumerable<int> Down(int start, int least)
    {
        int step = Math.Max(1, (start - least) / MostSteps);
        for (int n = start - step; n > least; n -= step)
        {
            yield return n;
        }

        if (start > least)
        {
            yield return least;
        }
    }
}
