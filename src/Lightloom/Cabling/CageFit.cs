using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>Whether a plug fits a cage: its form, its heat sink, its lanes.</summary>
internal static class CageFit
{
    /// <summary>True when a plug of one of the forms goes into the cage.</summary>
    public static bool Mates(CageUse cage, IReadOnlyList<FormFactor> plugs) => FormOf(cage, plugs) is not null;

    /// <summary>The form of those sold that goes into the cage, or null.</summary>
    public static FormFactor? FormOf(CageUse cage, IReadOnlyList<FormFactor> plugs) => FormOf(cage.FormFactor, cage.Plugs, plugs);

    /// <summary>The same for a cage of which only the form and what goes in are known.</summary>
    public static FormFactor? FormOf(FormFactor cage, PlugForms takes, IReadOnlyList<FormFactor> plugs)
    {
        if (plugs.Count == 0)
        {
            return null;
        }

        if (cage == FormFactor.Unknown)
        {
            return plugs[0];
        }

        if (takes.Contains(cage) && plugs.Contains(cage))
        {
            return cage;
        }

        foreach (FormFactor accepted in takes.NewestFirst())
        {
            if (plugs.Contains(accepted))
            {
                return accepted;
            }
        }

        return null;
    }

    /// <summary>True when one form of plug goes into both cages: the two ends of a straight assembly are alike.</summary>
    public static bool MatesBoth(CageUse a, CageUse z, IReadOnlyList<FormFactor> plugs)
    {
        foreach (FormFactor plug in plugs)
        {
            if (Mates(a, [plug]) && Mates(z, [plug]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for a socket of co-packaged optics: fibre goes in, no pluggable does.</summary>
    public static bool IsCoPackaged(FormFactor cage) => cage is FormFactor.CoPackagedMpo12 or FormFactor.CoPackagedMmc12;

    /// <summary>
    /// True when the heat sink that the cage takes is sold. Only OSFP knows two; a product that does not say is taken to be sold as both.
    /// </summary>
    public static bool ThermalFits(CageUse cage, IReadOnlyList<ThermalType> sold) =>
        cage.Thermal == ThermalType.Any
        || cage.FormFactor is not (FormFactor.Osfp or FormFactor.Osfp224)
        || sold.Count == 0
        || sold.Contains(ThermalType.Any)
        || sold.Contains(cage.Thermal);

    /// <summary>
    /// True when the cage takes flat-topped modules only and no source says whether the product is sold so. An OSFP module has its heat sink
    /// unless its maker says otherwise (OSFP MSA: the flat top is a form of its own), so that a cage for finned ones leaves nothing open.
    /// </summary>
    public static bool IsFlatTopUnknown(CageUse cage, IReadOnlyList<ThermalType> sold) =>
        sold.Count == 0 && cage.Thermal == ThermalType.Rhs && cage.FormFactor is (FormFactor.Osfp or FormFactor.Osfp224);

    /// <summary>
    /// Why lanes of <paramref name="lane"/> cannot carry the cage's legs, or null when they can. A lane may run slower than the cage's
    /// best, never faster; a cage of unknown form has as many as are needed.
    /// </summary>
    public static string? LanesMisfit(CageUse cage, DataRate leg, DataRate lane)
    {
        if (lane <= DataRate.Zero || cage.Lanes < 1)
        {
            return "its lanes, or those of the cage, are not known";
        }

        if (lane > cage.LaneRate)
        {
            return $"its lanes run at {lane}, those of the cage at {cage.LaneRate}; lanes of different rates do not mix";
        }

        if (!cage.LaneRates.IsEmpty && !cage.LaneRates.Contains(lane))
        {
            return $"its lanes run at {lane}, those of the cage at {cage.LaneRates} only (lane_rates_gbps)";
        }

        if (leg.BitsPerSecond % lane.BitsPerSecond != 0)
        {
            return $"lanes of {lane} do not make up a link of {leg}";
        }

        if (cage.FormFactor == FormFactor.Unknown)
        {
            return null;
        }

        int lanes = cage.Ways * leg.DividedBy(lane);
        int available = Math.Max(cage.Lanes, cage.MostLanes);
        return lanes > available
            ? $"{cage.Ways} x {leg} on lanes of {lane} need {lanes} lanes, the cage has {available} of {cage.LaneRate}"
            : null;
    }
}
