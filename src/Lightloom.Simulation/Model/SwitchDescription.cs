using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>A switch as the engine needs to know it.</summary>
/// <param name="Tier">0 for a leaf, 1 for a spine, 2 for a super-spine. Packets climb tiers, then descend.</param>
/// <param name="Plane">The plane the switch belongs to, from 0.</param>
/// <param name="Latency">From the last bit of a packet arriving to the packet joining its output queue.</param>
/// <param name="Name">What reports call it; may be empty.</param>
public readonly record struct SwitchDescription(int Tier, int Plane, SimTime Latency, string Name = "");
