namespace Lightloom.Experiments;

/// <summary>Links of the first spines of each plane at a share of their rate.</summary>
/// <param name="Spines">How many spines of each plane, at least 1.</param>
/// <param name="Fraction">The share of the rate that is left, above 0 and at most 1.</param>
public readonly record struct SpineDegradation(int Spines, double Fraction)
{
    /// <summary>The share that is left when nobody says another.</summary>
    public const double UsualFraction = 0.25;
}
