using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Ports that each switch of a tier holds for links that go to no other tier, in cages of their own.</summary>
/// <param name="Rate">Rate of a port; null for the fastest that the switch has.</param>
/// <param name="Ports">How many.</param>
/// <param name="OwnPlugs">
/// True when every link needs a plug of its own: a cage, or one of the sockets of a twin-port module; false where links may be legs of one
/// breakout cable.
/// </param>
internal readonly record struct HeldOutward(DataRate? Rate, int Ports, bool OwnPlugs);
