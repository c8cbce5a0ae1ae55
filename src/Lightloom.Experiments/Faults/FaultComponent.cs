namespace Lightloom.Experiments.Faults;

/// <summary>One thing that can break.</summary>
/// <param name="Kind">Its class and place.</param>
/// <param name="Id">Which: the number of the cable, link, device or plane; for a transceiver its running number.</param>
/// <param name="Part">The part in the bill whose failure rate counts, for example <c>module sr8-800g</c>; <c>nic</c> and <c>plane</c> are
/// in no bill.</param>
/// <param name="Links">Links of the simulated network that are lost with it.</param>
public sealed record FaultComponent(FaultKind Kind, int Id, string Part, IReadOnlyList<int> Links);
