using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>On which lanes a switch's cages meet what is plugged in at the other end.</summary>
/// <remarks>
/// Lanes of one rate meet without a gearbox. Where a cage's own lanes are faster than those of the hosts, its maker may let them run slower:
/// the cage then carries less, in as many ports as its lanes make up.
/// </remarks>
internal static class HostLanes
{
    /// <summary>
    /// The rate at which lanes of a switch's cages run for ports of <paramref name="rate"/> on one of <paramref name="options"/>, where that
    /// is slower than their own; null where their own will do, and where none would.
    /// </summary>
    /// <param name="model">The switch.</param>
    /// <param name="rate">Rate of a port.</param>
    /// <param name="options">Lane rates that the other end can run at.</param>
    public static DataRate? Slower(SwitchModel model, DataRate rate, IEnumerable<DataRate> options)
    {
        DataRate[] lanes = [.. options.OrderDescending()];
        foreach (CageBlock block in Network(model))
        {
            if (lanes.Contains(block.LaneRate) && block.TryDivide(rate, block.LaneRate, out _))
            {
                return null;
            }
        }

        foreach (DataRate lane in lanes)
        {
            if (Network(model).Any(b => lane < b.LaneRate && b.TryDivide(rate, lane, out _)))
            {
                return lane;
            }
        }

        return null;
    }

    /// <summary>
    /// What to write where a switch's lanes are not known to run at a rate of the other end: the key, and the use of a cage that it would
    /// make. Null where lanes of its own meet those of the other end, and where no value would do.
    /// </summary>
    /// <param name="model">The switch.</param>
    /// <param name="rate">Rate of a port.</param>
    /// <param name="options">Lane rates that the other end can run at.</param>
    public static LaneRemedy? Remedy(SwitchModel model, DataRate rate, IReadOnlyCollection<DataRate> options)
    {
        if (Network(model).Any(b => options.Contains(b.LaneRate) && b.TryDivide(rate, b.LaneRate, out _)))
        {
            return null;
        }

        foreach (DataRate lane in options.OrderDescending())
        {
            foreach (CageBlock block in Network(model).Where(b => lane < b.LaneRate && LaneRateSet.All.Contains(lane)))
            {
                IReadOnlyList<DataRate> said = block.LaneRates.OrEmpty();
                IReadOnlyList<DataRate> rates = [.. said.Append(block.LaneRate).Append(lane).Distinct().OrderDescending()];
                CageBlock allowed = block with { LaneRates = Figures.Assume(rates, "To be asked of its maker.") };
                if (!said.Contains(lane) && allowed.TryDivide(rate, lane, out Breakout division))
                {
                    string known =
                        said.Count == 0 ? "and whether they run slower is not known" : $"and run at {string.Join(" or ", said)} only";
                    return new(
                        $"the lanes of {model.Id} run at {block.LaneRate}, those of the other end at {string.Join(" or ", options)}, {known}; "
                            + $"with lane_rates_gbps: [{string.Join(", ", rates.Select(Gbps))}] of its cages it serves, as {division}",
                        PortPlan.UseOf(model, allowed, division, lane)
                    );
                }
            }
        }

        return null;
    }

    private static string Gbps(DataRate rate) => rate.Gbps.ToString("0.###", CultureInfo.InvariantCulture);

    private static IEnumerable<CageBlock> Network(SwitchModel model) => model.Cages.Where(c => c.Purpose == PortPurpose.Network);
}
