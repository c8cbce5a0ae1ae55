namespace Lightloom.Hardware;

/// <summary>How far a catalogue entry's figures can be trusted.</summary>
public enum Confidence
{
    /// <summary>One weak page, a code point only, or a doubtful figure.</summary>
    [Word("low")]
    Low,

    /// <summary>A reseller's or third party's catalogue.</summary>
    [Word("medium")]
    Medium,

    /// <summary>A standard, or the vendor's own page.</summary>
    [Word("high")]
    High,
}
