namespace Lightloom.Studies.Files;

/// <summary>How points are taken from the axes of a study.</summary>
public enum Sampling
{
    /// <summary>Every combination.</summary>
    [Word("grid")]
    Grid,

    /// <summary>A number of samples, each axis divided into as many equal parts, one sample in each part.</summary>
    [Word("latin-hypercube")]
    LatinHypercube,
}
