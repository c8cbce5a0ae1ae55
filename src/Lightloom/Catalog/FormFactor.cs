namespace Lightloom.Catalog;

/// <summary>The mechanical form of a cage and of what plugs into it.</summary>
public enum FormFactor
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>OSFP, eight lanes to 112 Gb/s. Finned (IHS) or flat-top (RHS) is a matter of <see cref="ThermalType"/>.</summary>
    Osfp,

    /// <summary>OSFP with lanes to 224 Gb/s; also takes OSFP modules at 100 Gb/s a lane where the host supports them.</summary>
    Osfp224,

    /// <summary>QSFP-DD800, eight lanes to 112 Gb/s.</summary>
    QsfpDd800,

    /// <summary>QSFP-DD, eight lanes to 56 Gb/s.</summary>
    QsfpDd,

    /// <summary>QSFP112, four lanes to 112 Gb/s.</summary>
    Qsfp112,

    /// <summary>QSFP56, four lanes to 56 Gb/s.</summary>
    Qsfp56,

    /// <summary>QSFP28, four lanes to 28 Gb/s.</summary>
    Qsfp28,

    /// <summary>SFP28, one lane to 28 Gb/s.</summary>
    Sfp28,

    /// <summary>SFP+, one lane to 10 Gb/s.</summary>
    SfpPlus,

    /// <summary>RJ45 copper jack.</summary>
    Rj45,

    /// <summary>MPO-12 receptacle of co-packaged optics: fibre only, no pluggable.</summary>
    CoPackagedMpo12,

    /// <summary>MMC-12 receptacle of co-packaged optics: fibre only, no pluggable.</summary>
    CoPackagedMmc12,
}
