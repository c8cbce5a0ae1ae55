using Lightloom.Hardware;

namespace Lightloom.Verify.Facts;

/// <summary>Which plugs a cage takes.</summary>
/// <remarks>
/// What the maker says, else what the agreements of the forms say: a QSFP cage takes the older and narrower QSFP plugs, QSFP-DD those of
/// QSFP, an SFP cage the older SFP plugs, OSFP224 those of OSFP. No OSFP cage takes a QSFP plug without an adapter.
/// </remarks>
internal static class Plugs
{
    // Each family from the oldest to the newest.
    private static readonly FormFactor[] Qsfp = [FormFactor.QsfpPlus, FormFactor.Qsfp28, FormFactor.Qsfp56, FormFactor.Qsfp112];
    private static readonly FormFactor[] DoubleDensity = [FormFactor.QsfpDd, FormFactor.QsfpDd800];
    private static readonly FormFactor[] Sfp = [FormFactor.Sfp, FormFactor.SfpPlus, FormFactor.Sfp28, FormFactor.Sfp56, FormFactor.Sfp112];

    /// <summary>True when a plug of that form goes into a cage of which no maker says more than its form.</summary>
    public static bool Fits(FormFactor cage, FormFactor plug)
    {
        if (cage == plug)
        {
            return true;
        }

        int wide = Array.IndexOf(DoubleDensity, cage);
        return wide >= 0
            ? IsNoNewer(DoubleDensity, plug, wide) || IsNoNewer(Qsfp, plug, wide + 2)
            : (cage == FormFactor.Osfp224 && plug == FormFactor.Osfp)
                || IsNoNewer(Qsfp, plug, Array.IndexOf(Qsfp, cage))
                || IsNoNewer(Sfp, plug, Array.IndexOf(Sfp, cage));
    }

    /// <summary>True when one of the forms goes into the cage; true for a cage of unknown form.</summary>
    public static bool Fits(CageFacts cage, IReadOnlyList<FormFactor> plugs) =>
        cage.Form == FormFactor.Unknown || plugs.Any(p => cage.Takes.Count > 0 ? cage.Takes.Contains(p) : Fits(cage.Form, p));

    private static bool IsNoNewer(FormFactor[] family, FormFactor plug, int newest) =>
        Array.IndexOf(family, plug) is >= 0 and var age && age <= newest;

    /// <summary>True when the cage takes a heat sink that is sold. Only the forms of OSFP know two.</summary>
    public static bool Cools(CageFacts cage, IReadOnlyList<ThermalType> sold) =>
        cage.Form is not (FormFactor.Osfp or FormFactor.Osfp224)
        || cage.Thermal == ThermalType.Any
        || sold.Count == 0
        || sold.Any(t => t == ThermalType.Any || t == cage.Thermal);
}
