using Lightloom.Hardware;

namespace Lightloom.Verify.Facts;

/// <summary>Which plugs a cage takes.</summary>
/// <remarks>
/// From the agreements of the forms: a QSFP cage takes the older and narrower QSFP plugs, QSFP-DD those of QSFP, SFP28 those of SFP+,
/// OSFP224 those of OSFP. No OSFP cage takes a QSFP plug without an adapter.
/// </remarks>
internal static class Plugs
{
    private static readonly FormFactor[] Qsfp = [FormFactor.Qsfp28, FormFactor.Qsfp56, FormFactor.Qsfp112];
    private static readonly FormFactor[] DoubleDensity = [FormFactor.QsfpDd, FormFactor.QsfpDd800];

    /// <summary>True when a plug of that form goes into the cage.</summary>
    public static bool Fits(FormFactor cage, FormFactor plug)
    {
        if (cage == plug)
        {
            return true;
        }

        int narrow = Array.IndexOf(Qsfp, cage);
        int wide = Array.IndexOf(DoubleDensity, cage);
        return cage switch
        {
            FormFactor.Osfp224 => plug == FormFactor.Osfp,
            FormFactor.Sfp28 => plug == FormFactor.SfpPlus,
            _ when narrow >= 0 => Array.IndexOf(Qsfp, plug) is >= 0 and var n && n <= narrow,
            _ when wide >= 0 => (Array.IndexOf(DoubleDensity, plug) is >= 0 and var w && w <= wide)
                || (Array.IndexOf(Qsfp, plug) is >= 0 and var q && q <= wide + 1),
            _ => false,
        };
    }

    /// <summary>True when one of the forms goes into the cage; true for a cage of unknown form.</summary>
    public static bool Fits(FormFactor cage, IReadOnlyList<FormFactor> plugs) =>
        cage == FormFactor.Unknown || plugs.Any(p => Fits(cage, p));

    /// <summary>True when the cage takes a heat sink that is sold. Only the forms of OSFP know two.</summary>
    public static bool Cools(CageFacts cage, IReadOnlyList<ThermalType> sold) =>
        cage.Form is not (FormFactor.Osfp or FormFactor.Osfp224)
        || cage.Thermal == ThermalType.Any
        || sold.Count == 0
        || sold.Any(t => t == ThermalType.Any || t == cage.Thermal);
}
