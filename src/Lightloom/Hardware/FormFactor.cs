namespace Lightloom.Hardware;

/// <summary>The mechanical form of a cage and of what plugs into it.</summary>
public enum FormFactor
{
    /// <summary>Not known.</summary>
    [Word("unknown", Written = false)]
    Unknown,

    /// <summary>OSFP, eight lanes to 112 Gb/s. Finned (IHS) or flat-top (RHS) is a matter of <see cref="ThermalType"/>.</summary>
    [Word("osfp")]
    Osfp,

    /// <summary>OSFP1600, with lanes to 224 Gb/s; also takes OSFP modules at 100 Gb/s a lane where the host supports them.</summary>
    [Word("osfp224")]
    Osfp224,

    /// <summary>QSFP-DD800, eight lanes to 112 Gb/s.</summary>
    [Word("qsfp-dd800")]
    QsfpDd800,

    /// <summary>QSFP-DD, eight lanes to 56 Gb/s.</summary>
    [Word("qsfp-dd")]
    QsfpDd,

    /// <summary>QSFP112, four lanes to 112 Gb/s.</summary>
    [Word("qsfp112")]
    Qsfp112,

    /// <summary>QSFP56, four lanes to 56 Gb/s.</summary>
    [Word("qsfp56")]
    Qsfp56,

    /// <summary>QSFP28, four lanes to 28 Gb/s.</summary>
    [Word("qsfp28")]
    Qsfp28,

    /// <summary>QSFP+, four lanes to 10 Gb/s.</summary>
    [Word("qsfp+")]
    QsfpPlus,

    /// <summary>SFP112, one lane to 112 Gb/s.</summary>
    [Word("sfp112")]
    Sfp112,

    /// <summary>SFP56, one lane to 56 Gb/s.</summary>
    [Word("sfp56")]
    Sfp56,

    /// <summary>SFP28, one lane to 28 Gb/s.</summary>
    [Word("sfp28")]
    Sfp28,

    /// <summary>SFP+, one lane to 10 Gb/s.</summary>
    [Word("sfp+")]
    SfpPlus,

    /// <summary>SFP, one lane to 1 Gb/s.</summary>
    [Word("sfp")]
    Sfp,

    /// <summary>RJ45 copper jack.</summary>
    [Word("rj45")]
    Rj45,

    /// <summary>MPO-12 receptacle of co-packaged optics: fibre only, no pluggable.</summary>
    [Word("mpo-12")]
    CoPackagedMpo12,

    /// <summary>MMC-12 receptacle of co-packaged optics: fibre only, no pluggable.</summary>
    [Word("mmc-12")]
    CoPackagedMmc12,
}
