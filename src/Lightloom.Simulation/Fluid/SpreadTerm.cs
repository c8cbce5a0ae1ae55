namespace Lightloom.Simulation.Fluid;

/// <summary>
/// What a step takes longer than by even shares where links of the fabric bind, for steps of one length. Immutable.
/// </summary>
/// <param name="RoundTrips">The length of a flow on its host's link, were it alone there, in round trips without load.</param>
/// <param name="Even">The share of time that is added however even paths are drawn.</param>
/// <param name="Uneven">The share that is added for each unit by which the fullest link exceeds the mean.</param>
public readonly record struct SpreadTerm(double RoundTrips, double Even, double Uneven);
