namespace Lightloom.Spec;

/// <summary>Where in a row, or in the hall, the racks of switches stand.</summary>
public enum NetworkRackPosition
{
    /// <summary>Whichever makes the cables cheapest.</summary>
    [Word("auto")]
    Auto,

    /// <summary>In the middle of the row whose nodes they serve.</summary>
    [Word("mid-row")]
    MidRow,

    /// <summary>At the end of the row whose nodes they serve.</summary>
    [Word("end-of-row")]
    EndOfRow,

    /// <summary>Together in the middle of the hall.</summary>
    [Word("central")]
    Central,
}
