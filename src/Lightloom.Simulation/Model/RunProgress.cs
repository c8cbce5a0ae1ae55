using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>How far a run has come.</summary>
/// <param name="SimulatedTime">Simulated time.</param>
/// <param name="FlowsFinished">Flows done.</param>
/// <param name="Flows">Flows in all.</param>
/// <param name="PacketHops">Links crossed so far.</param>
/// <param name="WallTime">Time on the clock.</param>
public readonly record struct RunProgress(SimTime SimulatedTime, long FlowsFinished, int Flows, long PacketHops, TimeSpan WallTime);
