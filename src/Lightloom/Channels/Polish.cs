namespace Lightloom.Channels;

/// <summary>How the end faces of a connector are ground; only like ones mate.</summary>
public enum Polish : byte
{
    /// <summary>Flat: duplex LC, and MPO where its name says so.</summary>
    [Word("UPC")]
    Upc,

    /// <summary>At an angle of eight degrees.</summary>
    [Word("APC")]
    Apc,
}
