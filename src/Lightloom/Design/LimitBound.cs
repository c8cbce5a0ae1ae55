using Lightloom.Bill;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// Lower bounds of a backend's cost, power, racks and latency, from its switches alone: what no placement and no choice of cables can
/// undercut. A backend whose bound breaks a limit is refused before anything is drawn.
/// </summary>
internal sealed class LimitBound(ClusterSpec spec)
{
    private readonly Dictionary<string, (Money Price, Power Power, double Racks, SimTime Latency)> _switches = [];
    private readonly int _rackUnits = spec.Floor.Rack.Units ?? (int)spec.Catalogue.Fact("rack-units").Value;

    /// <summary>The bounds of one choice of networks.</summary>
    public LimitValues Of(NetworkSelection selection) =>
        Of(selection.Backend.Plan!, [.. selection.Further.Prepend(selection.Frontend).OfType<FrontendPlan>()]);

    /// <summary>The bounds of a backend together with the other networks of the nodes.</summary>
    public LimitValues Of(BackendPlan plan, IReadOnlyList<FrontendPlan> others)
    {
        Money usd = Money.Zero;
        Power power = Power.Zero;
        double racks = 0;
        StockLeft stock = new(spec.Existing);
        void Add(SwitchModel model, long count)
        {
            (Money price, Power watts, double share, _) = Switch(model);
            usd += price * (count - stock.Take(model.Id, count));
            power += watts * count;
            racks += share * count;
        }

        foreach ((SwitchModel model, long count) in plan.Switches)
        {
            Add(model, count);
        }

        foreach (FrontendPlan frontend in others)
        {
            foreach ((SwitchModel model, long count) in frontend.Counts)
            {
                Add(model, count);
            }
        }

        return new(usd, power, Math.Ceiling(racks - 1e-9), LatencyFloor(plan));
    }

    /// <summary>
    /// The longest path with cables of no length and no electronics: both NICs, and every switch that it passes.
    /// </summary>
    private SimTime LatencyFloor(BackendPlan plan)
    {
        if (plan.LongestPath.Count == 0)
        {
            return SimTime.Zero;
        }

        SimTime sum = SimTime.FromNanoseconds(spec.Catalogue.Fact("nic-ns").Value) * 2;
        foreach ((SwitchModel model, int times) in plan.LongestPath)
        {
            sum += Switch(model).Latency * times;
        }

        return sum;
    }

    private (Money Price, Power Power, double Racks, SimTime Latency) Switch(SwitchModel model)
    {
        if (!_switches.TryGetValue(model.Id, out (Money, Power, double, SimTime) known))
        {
            _switches[model.Id] = known = (
                PriceRule.Choose(spec.Prices, model.Id, model.BestPrice())?.Price ?? Money.Zero,
                model.PowerTypical?.Value ?? model.PowerMaximum?.Value ?? Power.Zero,
                (double)(model.RackUnits?.Value ?? 0) / _rackUnits,
                LinkLatency.OfSwitch(model, spec.Catalogue).Each
            );
        }

        return known;
    }
}
