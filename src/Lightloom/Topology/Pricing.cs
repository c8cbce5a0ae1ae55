using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// The catalogue's medians a gigabit, for switches and modules whose price nobody has published, and the estimates that rank sized networks.
/// Never part of a bill.
/// </summary>
/// <remarks>
/// What a network comes to is for the judge to say, who chooses its modules and cables. Where nobody is asked, networks are only sized, and
/// their switches alone count.
/// </remarks>
internal sealed class Pricing
{
    private readonly Dictionary<string, (double Usd, bool Assumed, double Watts)> _switches = [];
    private readonly Dictionary<InterconnectKind, double> _kindUsdPerGbps;
    private readonly IReadOnlyDictionary<string, StockSpec> _stock;
    private readonly ILinkJudge? _judge;
    private readonly List<(DataRate Lane, double UsdPerGbps)> _singleMode;
    private readonly double _usdPerGbps,
        _wattsPerGbps,
        _moduleUsdPerGbps;

    /// <summary>Derives the medians from <paramref name="catalogue"/>.</summary>
    /// <param name="catalogue">Prices and power.</param>
    /// <param name="stock">Parts that need not be bought.</param>
    /// <param name="judge">Says what a network comes to; null to count its switches only.</param>
    public Pricing(Catalogue catalogue, IReadOnlyDictionary<string, StockSpec>? stock = null, ILinkJudge? judge = null)
    {
        _judge = judge;
        _stock = stock ?? new Dictionary<string, StockSpec>();
        _usdPerGbps = Median(
            catalogue
                .Switches.Values.Where(s => s.Role is SwitchRole.Clos or SwitchRole.InfinibandClos && Capacity(s) > 0 && Usd(s) is not null)
                .Select(s => Usd(s)!.Value / Capacity(s))
        );
        _wattsPerGbps = Median(
            catalogue
                .Switches.Values.Where(s =>
                    s.Role is SwitchRole.Clos or SwitchRole.InfinibandClos && Capacity(s) > 0 && s.PowerTypical is not null
                )
                .Select(s => s.PowerTypical!.Value.Watts / Capacity(s))
        );
        List<InterconnectModel> modules =
        [
            .. catalogue.Interconnects.Values.Where(i => !i.IsAssembly && i.Traits.Optics == Optics.Parallel && i.Rate.Value.Gbps >= 400),
        ];
        _moduleUsdPerGbps = Median(modules.Where(m => Usd(m) is not null).Select(m => Usd(m)!.Value / m.Rate.Value.Gbps));
        _singleMode =
        [
            .. modules
                .Where(m => Usd(m) is not null && m.Traits.Media.Contains(Medium.Os2))
                .Select(m => (m.LineLane ?? DataRate.Zero, Usd(m)!.Value / m.Rate.Value.Gbps)),
        ];
        _kindUsdPerGbps = catalogue
            .Interconnects.Values.Where(i => Usd(i) is not null && i.Rate.Value.Gbps > 0)
            .GroupBy(i => i.Kind)
            .ToDictionary(g => g.Key, g => Median(g.Select(i => Usd(i)!.Value / i.Rate.Value.Gbps)));
    }

    /// <summary>The least that switches of a model come to: some of them, and enough for a capacity. Of those in stock nothing is bought.</summary>
    /// <param name="model">The switch.</param>
    /// <param name="atLeast">How many there are whatever the capacity.</param>
    /// <param name="gbps">What they carry together, in gigabits a second.</param>
    public NetworkEstimate LeastOf(SwitchModel model, int atLeast, double gbps)
    {
        double count = Math.Max(Math.Max(atLeast, 1), Capacity(model) > 0 ? gbps / Capacity(model) : 0);
        int inStock = _stock.TryGetValue(model.Id, out StockSpec? stock) ? stock.Count : 0;
        return new(UsdOf(model) * Math.Max(0, count - inStock), 0, WattsOf(model) * count);
    }

    /// <summary>A feasible backend as it is shown, with its estimates; reach is for its family to add.</summary>
    public Alternative Alternative(BackendPlan plan)
    {
        NetworkEstimate estimate = Estimate(plan);
        return new()
        {
            Paradigm = plan.Paradigm,
            PlaneLayout = plan.Layout,
            Planes = plan.Planes,
            Tiers = plan.Tiers,
            Leaf = plan.Switches[0].Model.Id,
            Spine = plan.Switches[0].Model.Id,
            Switches = plan.Switches.Sum(s => s.Count),
            Links = plan.Links,
            EstimatedUsd = estimate.Usd,
            AssumedShare = estimate.AssumedShare,
            EstimatedWatts = estimate.Watts,
            NotSold = Listed.InWords(
                plan.Switches.Where(s => s.Count > 0 && s.Model.IsAnnounced && !_stock.ContainsKey(s.Model.Id))
                    .Select(s => s.Model)
                    .Distinct()
                    .Select(m => $"{m.Id}: {m.Availability!.Value}")
            ),
            LongestHops = plan.LongestPath.Sum(s => s.Times),
            Feasible = true,
            Reason = "feasible",
        };
    }

    /// <summary>What a plan comes to.</summary>
    public NetworkEstimate Estimate(BackendPlan plan) => _judge?.Estimate(plan.Switches, plan.LinkKinds) ?? OfSwitches(plan);

    private NetworkEstimate OfSwitches(BackendPlan plan)
    {
        double usd = 0,
            assumed = 0,
            watts = 0;
        StockLeft stock = new(_stock);
        foreach ((SwitchModel model, long count) in plan.Switches)
        {
            (double price, bool guess, double power) = Of(model);
            long bought = count - stock.Take(model.Id, count);
            usd += price * bought;
            assumed += guess ? price * bought : 0;
            watts += power * count;
        }

        return new(usd, assumed, watts);
    }

    /// <summary>
    /// What a switch would cost by the median a gigabit, with the optics that are built into it; its own price where it has one.
    /// </summary>
    public double UsdOf(SwitchModel model) => Of(model).Usd;

    /// <summary>What a switch draws: its typical power, else its maximum, as the bill counts it; by the median a gigabit where neither is known.</summary>
    public double WattsOf(SwitchModel model) => Of(model).Watts;

    /// <summary>
    /// What a module or assembly would cost by the median a gigabit of its own kind; by that of short-reach modules when no product of its
    /// kind has a price.
    /// </summary>
    public double UsdOf(InterconnectModel module) =>
        module.Rate.Value.Gbps * _kindUsdPerGbps.GetValueOrDefault(module.Kind, _moduleUsdPerGbps);

    private (double Usd, bool Assumed, double Watts) Of(SwitchModel model)
    {
        if (!_switches.TryGetValue(model.Id, out (double, bool, double) value))
        {
            double? price = Usd(model);
            value = (
                price ?? (Capacity(model) * _usdPerGbps) + BuiltInOptics(model),
                price is null,
                (model.PowerTypical ?? model.PowerMaximum)?.Value.Watts ?? Capacity(model) * _wattsPerGbps
            );
            _switches[model.Id] = value;
        }

        return value;
    }

    // Optics that are built in are bought with the box: they count as the modules that speak to them, parallel single-mode on lanes of their rate.
    private double BuiltInOptics(SwitchModel model) =>
        model
            .Cages.Where(c => c.FormFactor.Value is FormFactor.CoPackagedMpo12 or FormFactor.CoPackagedMmc12)
            .Sum(c => c.Count.Value * c.CageRate.Value.Gbps * SingleModeUsdPerGbps(c.LaneRate));

    private double SingleModeUsdPerGbps(DataRate lane) =>
        _singleMode.Exists(m => m.Lane == lane)
            ? Median(_singleMode.Where(m => m.Lane == lane).Select(m => m.UsdPerGbps))
            : Median(_singleMode.Select(m => m.UsdPerGbps));

    private static double Capacity(SwitchModel s) =>
        s.Cages.Where(c => c.Purpose != PortPurpose.Management).Sum(c => c.Count.Value * c.CageRate.Value.Gbps);

    private static double? Usd(PricedEntry part) => part.BestPrice()?.Amount.Value.Dollars;

    /// <summary>The median, the middle of the two middle ones of an even number, or 0 of none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
