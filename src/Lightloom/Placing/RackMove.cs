using Lightloom.Routing;

namespace Lightloom.Placing;

/// <summary>A rack that goes to another place.</summary>
/// <param name="Rack">Index of the rack.</param>
/// <param name="To">Its new place.</param>
internal readonly record struct RackMove(int Rack, RackPlace To);
