using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Choices of several leaf models for a frontend whose hosts no one model serves: for each rate the models with the cheapest ports, under
/// spines of one of them.
/// </summary>
internal static class FrontendLeafKinds
{
    /// <summary>Models that are combined for each rate.</summary>
    private const int MostForRate = 4;

    /// <summary>Rates that are combined; hosts of more are refused, since the choices multiply.</summary>
    private const int MostRates = 4;

    /// <summary>The choices; none where all hosts are of one rate.</summary>
    public static IEnumerable<TierSwitches> Of(ClusterSpec spec, FrontendSpec front, IReadOnlyList<EndpointGroup> groups, Pricing pricing)
    {
        DataRate[] rates = [.. groups.Select(g => g.Rate).Distinct().OrderDescending()];
        if (rates.Length is < 2 or > MostRates)
        {
            yield break;
        }

        List<SwitchModel> open = [.. FrontendPlanner.Open(spec)];
        List<SwitchModel[]> byRate = [.. rates.Select(r => Cheapest(open, r, pricing))];
        foreach (SwitchModel[] chosen in Choices(byRate))
        {
            SwitchModel[] leaves = [.. chosen.Distinct()];
            IEnumerable<SwitchModel> spines = front.SpineId is { } id ? [spec.Catalogue.Switches[id]] : leaves;
            foreach (SwitchModel spine in spines)
            {
                SwitchModel super = front.SuperSpineId is { } named ? spec.Catalogue.Switches[named] : spine;
                yield return new(leaves[0], spine, super) { MoreLeaves = leaves[1..] };
            }
        }
    }

    /// <summary>Models with ports of a rate, the cheapest port first.</summary>
    private static SwitchModel[] Cheapest(List<SwitchModel> open, DataRate rate, Pricing pricing) =>
        [
            .. open.Select(m => (Model: m, Ports: PortPlan.AllDown(m, rate, PortPurpose.Network, HeldPorts.None, out _)?.DownPorts ?? 0))
                .Where(m => m.Ports > 0)
                .OrderBy(m => pricing.UsdOf(m.Model) / m.Ports)
                .ThenBy(m => m.Model.Id, StringComparer.Ordinal)
                .Take(MostForRate)
                .Select(m => m.Model),
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
