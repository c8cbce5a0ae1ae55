namespace Lightloom.Studies.Files;

/// <summary>How numbers are spread between the ends of an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences.</summary>
    [Word("linear")]
    Linear,

    /// <summary>Equal ratios.</summary>
    [Word("log")]
    Log,
}
