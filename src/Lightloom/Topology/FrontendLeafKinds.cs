using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Choices of several leaf models for a frontend whose hosts no one model serves: for each rate the models with the cheapest ports, under a spine
/// of the first; which spine they are to have is for others to try.
/// </summary>
internal static class FrontendLeafKinds
{
    /// <summary>Models that are combined for each rate.</summary>
    private const int MostForRate = 4;

    /// <summary>
    /// How many models are combined for each rate, by the number of rates: the cheapest, then those on the hosts' own lanes that are not among
    /// these. The choices multiply by rates, and each stands under every spine: 49, 64 and 81 of them.
    /// </summary>
    private static (int Cheapest, int OfHostsLanes) MostOf(int rates) =>
        rates switch
        {
            <= 2 => (MostForRate, 3),
            3 => (3, 1),
            _ => (2, 1),
        };

    /// <summary>How many models are combined for each rate beside some that are given, and how many of these, by the number of rates.</summary>
    private static (int Cheapest, int OfMore) MostBesideMore(int rates) =>
        rates switch
        {
            <= 2 => (3, MostForRate),
            3 => (2, 2),
            _ => (1, 2),
        };

    /// <summary>Rates that are combined; hosts of more are refused, since the choices multiply.</summary>
    private const int MostRates = 4;

    /// <summary>The choices; none where all hosts are of one rate.</summary>
    public static IEnumerable<TierSwitches> Of(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        Pricing pricing
    ) => Of(spec, front, groups, rate => Cheapest(spec, rate, groups, pricing), underEach: false);

    /// <summary>
    /// The same with a cage for every host's link, where such a switch is not among the cheapest: legs of breakout cables may find no way past
    /// panels, or to hosts that stand apart.
    /// </summary>
    public static IEnumerable<TierSwitches> Undivided(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        Pricing pricing
    ) =>
        Of(
            spec,
            front,
            groups,
            rate =>
                [
                    .. Cheapest(spec, rate, groups, pricing).Take(1),
                    .. WithPorts(spec, rate, pricing).Where(m => m.Ports.Down.Ways == 1).Select(m => m.Model).Take(1),
                ]
        );

    /// <summary>The same with some models more for every rate that they have ports of.</summary>
    public static IEnumerable<TierSwitches> With(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        Pricing pricing,
        IReadOnlyList<SwitchModel> more
    )
    {
        (int cheapest, int ofMore) = MostBesideMore(groups.Select(g => g.Rate).Distinct().Count());
        return Of(
            spec,
            front,
            groups,
            rate =>
                [
                    .. Cheapest(spec, rate, groups, pricing).Take(cheapest),
                    .. WithPorts(spec, rate, pricing).Select(m => m.Model).Where(more.Take(ofMore).Contains),
                ]
        );
    }

    /// <summary>Models with a plug for each of some links to the outside that start from leaves: the cheapest first.</summary>
    public static IEnumerable<SwitchModel> ForOutside(ClusterSpec spec, IReadOnlyList<ExternalLinks> external, Pricing pricing)
    {
        HeldPorts held = HeldPorts.None.Holding([
            .. external.Where(e => e.Tier == Tier.Leaf).Select(e => new HeldOutward(e.Rate, 1, OwnPlugs: !e.Breakout)),
        ]);
        return FrontendPlanner
            .Open(spec)
            .Where(m => OutwardPorts.Of(m, held, out _) is not null)
            .OrderBy(pricing.UsdOf)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .Take(MostForRate);
    }

    private static IEnumerable<TierSwitches> Of(
        ClusterSpec spec,
        FrontendSpec front,
        IReadOnlyList<EndpointGroup> groups,
        Func<DataRate, IEnumerable<SwitchModel>> open,
        bool underEach = true
    )
    {
        DataRate[] rates = [.. groups.Select(g => g.Rate).Distinct().OrderDescending()];
        if (rates.Length is < 2 or > MostRates)
        {
            yield break;
        }

        List<SwitchModel[]> byRate = [.. rates.Select(r => (SwitchModel[])[.. open(r).Distinct()])];
        foreach (SwitchModel[] chosen in Choices(byRate))
        {
            SwitchModel[] leaves = [.. chosen.Distinct()];
            IEnumerable<SwitchModel> spines = front.SpineId is { } id
                ? [spec.Catalogue.Switches[id]]
                : leaves.Take(underEach ? leaves.Length : 1);
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = front.SuperSpineId is { } named ? spec.Catalogue.Switches[named] : spine;
                yield return new(leaves[0], spine, super) { MoreLeaves = leaves[1..] };
            }
        }
    }

    /// <summary>
    /// Models with ports of a rate, the cheapest port first: of all, then of those whose lanes run as the hosts' do, which copper joins without a
    /// gearbox.
    /// </summary>
    private static SwitchModel[] Cheapest(ClusterSpec spec, DataRate rate, IReadOnlyList<EndpointGroup> groups, Pricing pricing)
    {
        (SwitchModel Model, PortPlan Ports)[] all = WithPorts(spec, rate, pricing);
        EndpointGroup[] hosts = [.. groups.Where(g => g.Rate == rate)];
        (int cheapest, int ofHostsLanes) = MostOf(groups.Select(g => g.Rate).Distinct().Count());
        IEnumerable<SwitchModel> alike = all.Where(m => hosts.All(h => h.Ports.LaneRateOptions().Contains(m.Ports.DownLane)))
            .Select(m => m.Model)
            .Take(ofHostsLanes);
        return [.. all.Take(cheapest).Select(m => m.Model).Union(alike)];
    }

    private static (SwitchModel Model, PortPlan Ports)[] WithPorts(ClusterSpec spec, DataRate rate, Pricing pricing) =>
        [
            .. FrontendPlanner
                .Open(spec)
                .Select(m => (Model: m, Ports: PortPlan.AllDown(m, rate, PortPurpose.Network, HeldPorts.None, out _)!))
                .Where(m => m.Ports?.DownPorts > 0)
                .OrderBy(m => pricing.UsdOf(m.Model) / m.Ports.DownPorts)
                .ThenBy(m => m.Model.Id, StringComparer.Ordinal),
        ];

    private static IEnumerable<SwitchModel[]> Choices(List<SwitchModel[]> byRate)
    {
        IEnumerable<SwitchModel[]> all =
        [
            [],
        ];
        foreach (SwitchModel[] models in byRate)
        {
            all = all.SelectMany(chosen => models.Select(m => (SwitchModel[])[.. chosen, m]));
        }

        return all;
    }
}
