using Lightloom.Simulation.Fluid;

namespace Lightloom.Simulation.Calibration;

/// <summary>What a calibration of one transport and load balancing found. Immutable.</summary>
/// <param name="Terms">The terms, with their mean error.</param>
/// <param name="Cases">Every case that they were held against.</param>
public sealed record CalibrationResult(FluidTerms Terms, IReadOnlyList<CalibrationCase> Cases)
{
    /// <summary>The mean error of the ideal answers in the same cases.</summary>
    public double IdealError => Cases.Count == 0 ? 0 : Cases.Average(c => Math.Abs(c.IdealError));
}
