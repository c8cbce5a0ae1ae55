namespace Lightloom.Simulation.Fluid;

/// <summary>
/// What a step takes longer than by even shares where links of the fabric bind, for steps of one length. Immutable.
/// </summary>
/// <param name="RoundTrips">The length of a flow on its host's link, were it alone there, in round trips without load.</param>
/// <param name="Even">
/// The share of time that is added however even paths are; below 0 where a transport leaves the paths that it began with.
/// </param>
/// <param name="Uneven">
/// The share of a flow that goes by what is drawn and not evenly: sprayed, of its packets, which load links as its entropy values do;
/// on one path with several planes, of what divides itself by how full its paths are. Step by step, what is added for each unit by
/// which the fullest link exceeds the mean. From 0 to 1.
/// </param>
public readonly record struct SpreadTerm(double RoundTrips, double Even, double Uneven);
