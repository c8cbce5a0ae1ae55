namespace Lightloom.Simulation.Fluid;

/// <summary>
/// What a flow takes longer that follows another between the same two hosts, as in the steps of a ring, for flows of one length. Immutable.
/// </summary>
/// <param name="RoundTrips">The length of the flow by even shares, in round trips without load.</param>
/// <param name="Added">The share of the step's time that is added.</param>
public readonly record struct AgainTerm(double RoundTrips, double Added);
