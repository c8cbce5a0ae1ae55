using Lightloom.Hardware;

namespace Lightloom.Spec;

/// <summary>Grades of the installed fibre.</summary>
public sealed record FibreSpec
{
    /// <summary><c>om3</c>, <c>om4</c> or <c>om5</c>.</summary>
    [Key("multimode", "Multimode grade.", OneOf = "om3|om4|om5")]
    public string Multimode { get; init; } = "om4";

    /// <summary>What is installed where one grade is named: multimode with single-mode beside it, or <c>os2</c> and no multimode.</summary>
    public static FibreSpec Of(string grade) => new() { Multimode = grade == "os2" ? "none" : grade };

    /// <summary><c>os2</c>.</summary>
    [Key("singlemode", "Single-mode grade.", OneOf = "os2")]
    public string Singlemode { get; init; } = "os2";

    /// <summary>Jacket of all fibre inside buildings; null for those of the catalogue's cables.</summary>
    [Key("jacket", "Jacket of all fibre inside buildings; by default cords are `lszh`, trunks `ofnp`.")]
    public FibreJacket? Jacket { get; init; }
}
