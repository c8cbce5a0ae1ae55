namespace Lightloom.Hardware;

/// <summary>What surrounds the fibres of a cable: where it may be laid by the rules for fire.</summary>
public enum FibreJacket : byte
{
    /// <summary>None, or not known.</summary>
    [Word("unknown", Written = false)]
    Unknown,

    /// <summary>Low smoke, no halogens (IEC 60332, IEC 61034, IEC 60754); cords of this jacket are commonly OFNR too.</summary>
    [Word("lszh")]
    Lszh,

    /// <summary>Riser (NEC article 770): from floor to floor, not in spaces through which air is led.</summary>
    [Word("ofnr")]
    Ofnr,

    /// <summary>Plenum (NEC article 770): spaces through which air is led too.</summary>
    [Word("ofnp")]
    Ofnp,

    /// <summary>For ducts between buildings: tight against water and light.</summary>
    [Word("outdoor", Written = false)]
    Outdoor,
}
