using Lightloom.Hardware;

namespace Lightloom.Verify.Facts;

/// <summary>What fibre and plugs that mate lose, as the catalogue's facts say.</summary>
/// <param name="catalogue">The catalogue.</param>
/// <exception cref="KeyNotFoundException">The catalogue lacks one of the facts.</exception>
internal sealed class PlantFacts(Catalogue catalogue)
{
    private readonly double _os2 = catalogue.Fact("attenuation-os2-db-per-km").Value;
    private readonly double _om5 = catalogue.Fact("attenuation-om5-db-per-km").Value;
    private readonly double _multimode = catalogue.Fact("attenuation-multimode-db-per-km").Value;
    private readonly double _lc = catalogue.Fact("lc-loss-db").Value;
    private readonly double _mpoSinglemode = catalogue.Fact("mpo-loss-singlemode-db").Value;
    private readonly double _mpoMultimode = catalogue.Fact("mpo-loss-multimode-db").Value;

    /// <summary>
    /// Decibels of a length of fibre, at the module's wavelengths where its entry says what they lose: near 1550 nm that is less than the
    /// plant's figure.
    /// </summary>
    /// <param name="module">The module that lights it.</param>
    /// <param name="medium">The grade of the fibre.</param>
    /// <param name="millimetres">The ordered length.</param>
    public double GlassDb(InterconnectModel module, Medium medium, long millimetres) =>
        millimetres
        / 1e6
        * (
            module.AttenuationDbPerKm?.Value
            ?? medium switch
            {
                Medium.Os2 => _os2,
                Medium.Om5 => _om5,
                _ => _multimode,
            }
        );

    /// <summary>Decibels of two plugs that mate in an adapter or a cassette.</summary>
    /// <param name="medium">The grade of the fibre.</param>
    /// <param name="isLc">True for LC, false for MPO.</param>
    public double PairDb(Medium medium, bool isLc) =>
        isLc ? _lc
        : medium == Medium.Os2 ? _mpoSinglemode
        : _mpoMultimode;
}
