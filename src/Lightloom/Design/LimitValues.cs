using Lightloom.Bill;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>What a design comes to in each quantity that <c>objectives.limits</c> can bind.</summary>
/// <param name="Capex">Cost of the network.</param>
/// <param name="Power">Typical power of the network.</param>
/// <param name="Racks">Racks, all kinds.</param>
/// <param name="Latency">The longest backend path without load.</param>
internal readonly record struct LimitValues(Money Capex, Power Power, double Racks, SimTime Latency)
{
    /// <summary>The values of a finished design; latency is zero where it could not be computed.</summary>
    public static LimitValues Of(BillOfMaterials bill, IReadOnlyList<LatencyBudget> latency) =>
        new(
            bill.Capex,
            bill.NetworkPowerTypical,
            bill.Racks,
            latency.FirstOrDefault(l => l.Fabric == FabricRole.Backend)?.Longest.Total ?? SimTime.Zero
        );

    /// <summary>
    /// How far the worst quantity is above its limit, as a ratio: 1 when all limits are kept or none is set, 1.5 for half as much again.
    /// </summary>
    public double Excess(LimitsSpec limits)
    {
        double worst = 1;
        foreach (LimitKind kind in Enum.GetValues<LimitKind>())
        {
            worst = Math.Max(worst, Ratio(kind, limits) ?? 1);
        }

        return worst;
    }

    /// <summary>A quantity over its limit, above 1 where it breaks it; null where the file sets none.</summary>
    public double? Ratio(LimitKind kind, LimitsSpec limits) =>
        kind switch
        {
            LimitKind.Capex when limits.Capex is { } most => Over(Capex.Dollars, most.Dollars, Capex > most),
            LimitKind.Power when limits.NetworkPower is { } most => Over(Power.Watts, most.Watts, Power > most),
            LimitKind.Racks when limits.Racks is { } most => Over(Racks, most, Racks > most),
            LimitKind.Latency when limits.LatencyUs is { } most => Over(Latency.Microseconds, most, Latency.Microseconds > most),
            _ => null,
        };

    // Integer quantities say whether a limit is broken; the quotient only by how much.
    private static double Over(double value, double limit, bool broken) =>
        broken ? Math.Max(Math.BitIncrement(1.0), value / limit) : Math.Min(1, value / limit);
}
