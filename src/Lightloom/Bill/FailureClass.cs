using Lightloom.Hardware;

namespace Lightloom.Bill;

/// <summary>How often parts of one class are expected to fail, as far as anyone has published it.</summary>
/// <param name="Name">The class: <c>switch ID</c>, <c>module ID</c>, <c>assembly ID</c>, <c>fibre cable</c></param>
/// <param name="Population">How many are in use, spares not counted. A module is one, an assembly is one with all its ends.</param>
/// <param name="AnnualRate">Share that fails in a year, or null when no figure is known; it then stays unknown.</param>
/// <param name="Basis">Where the rate comes from and how far it can be trusted, or why there is none.</param>
/// <param name="SourceIds">Ids of the sources.</param>
/// <param name="Assumed">True when the rate has no source.</param>
public sealed record FailureClass(
    string Name,
    long Population,
    double? AnnualRate,
    string Basis,
    IReadOnlyList<string> SourceIds,
    bool Assumed
)
{
    /// <summary>The class of all cords, trunks and harnesses.</summary>
    public const string FibreCable = "fibre cable";

    /// <summary>The class of a switch model.</summary>
    public static string NameOf(SwitchModel model) => "switch " + model.Id;

    /// <summary>The class of a product's modules, or of the product itself where it is one piece with its ends.</summary>
    public static string NameOf(InterconnectModel model) => (model.IsAssembly ? "assembly " : "module ") + model.Id;

    /// <summary>Failures expected in a year, or null when the rate is not known.</summary>
    public double? PerYear => AnnualRate * Population;
}
