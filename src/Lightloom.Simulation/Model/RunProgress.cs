namespace Lightloom.Simulation.Model;

/// <summary>How far a run has come.</summary>
/// <param name="SimulatedPicoseconds">Simulated time.</param>
/// <param name="FlowsFinished">Flows done.</param>
/// <param name="Flows">Flows in all.</param>
/// <param name="PacketHops">Links crossed so far.</param>
/// <param name="WallSeconds">Seconds on the clock.</param>
public readonly record struct RunProgress(long SimulatedPicoseconds, long FlowsFinished, int Flows, long PacketHops, double WallSeconds);
