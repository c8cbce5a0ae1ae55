using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Rough cost and power of a sized backend, for ranking candidates before anything is placed. Never part of a bill.</summary>
/// <remarks>A switch without a price counts with the catalogue's median price per gigabit of capacity, and likewise for power; every
/// optical end
/// counts with the median price and power per gigabit of the catalogue's modules. What rests on such a median is told apart.</remarks>
internal sealed class Pricing
{
    private readonly Dictionary<string, (double Usd, bool Assumed, double Watts)> _switches = [];
    private readonly Dictionary<InterconnectKind, double> _kindUsdPerGbps;
    private readonly IReadOnlyDictionary<string, StockSpec> _stock;
    private readonly double _usdPerGbps,
        _wattsPerGbps,
        _moduleUsdPerGbps,
        _moduleWattsPerGbps;

    /// <summary>Derives the medians from <paramref name="catalogue"/>.</summary>
    /// <param name="catalogue">Prices and power.</param>
    /// <param name="stock">Parts that need not be bought.</param>
    public Pricing(Catalogue catalogue, IReadOnlyDictionary<string, StockSpec>? stock = null)
    {
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
        _kindUsdPerGbps = catalogue
            .Interconnects.Values.Where(i => Usd(i) is not null && i.Rate.Value.Gbps > 0)
            .GroupBy(i => i.Kind)
            .ToDictionary(g => g.Key, g => Median(g.Select(i => Usd(i)!.Value / i.Rate.Value.Gbps)));
        _moduleWattsPerGbps = Median(
            modules
                .Where(m => (m.PowerTypical ?? m.PowerMaximum) is not null)
                .Select(m => (m.PowerTypical ?? m.PowerMaximum)!.Value.Watts / m.Rate.Value.Gbps)
        );
    }

    /// <summary>A feasible backend as it is shown, with its estimates; reach is for its family to add.</summary>
    public Alternative Alternative(BackendPlan plan)
    {
        (double usd, double assumed, double watts) = Estimate(plan);
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
            EstimatedUsd = usd,
            AssumedShare = usd > 0 ? assumed / usd : 0,
            EstimatedWatts = watts,
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

    /// <summary>Dollars, the assumed part of them, and watts of a plan.</summary>
    public (double Usd, double Assumed, double Watts) Estimate(BackendPlan plan)
    {
        double usd = 0,
            assumed = 0,
            watts = 0;
        Dictionary<string, long> used = [];
        foreach ((SwitchModel model, long count) in plan.Switches)
        {
            (double price, bool guess, double power) = Of(model);
            long bought = count;
            if (_stock.Count > 0 && _stock.TryGetValue(model.Id, out StockSpec? stock))
            {
                long before = used.GetValueOrDefault(model.Id);
                used[model.Id] = before + count;
                bought = Math.Max(0, before + count - stock.Count) - Math.Max(0, before - stock.Count);
            }

            usd += price * bought;
            assumed += guess ? price * bought : 0;
            watts += power * count;
        }

        // Host links are short and mostly copper, so one of their ends counts.
        double ends = plan.OpticalEndsGbps;
        return (usd + (ends * _moduleUsdPerGbps), assumed, watts + (ends * _moduleWattsPerGbps));
    }

    /// <summary>What a switch would cost by the median a gigabit; its own price where it has one.</summary>
    public double UsdOf(SwitchModel model) => Of(model).Usd;

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
                price ?? Capacity(model) * _usdPerGbps,
                price is null,
                model.PowerTypical?.Value.Watts ?? Capacity(model) * _wattsPerGbps
            );
            _switches[model.Id] = value;
        }

        return value;
    }

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
