namespace Lightloom.Simulation.Switching;

/// <summary>The queue of a switch's port. Immutable.</summary>
/// <param name="Bytes">What it holds.</param>
/// <param name="EcnLow">Bytes from which packets are marked.</param>
/// <param name="EcnHigh">Bytes above which every packet is marked.</param>
internal readonly record struct PortQueue(long Bytes, long EcnLow, long EcnHigh);
