namespace Lightloom.Training.Timing;

/// <summary>A micro-batch passing one chunk of layers on one stage. Immutable.</summary>
/// <param name="Stage">The stage, from 0.</param>
/// <param name="Chunk">The chunk of layers on it, from 0.</param>
/// <param name="MicroBatch">The micro-batch, from 0.</param>
/// <param name="Forward">True on the way forward.</param>
/// <param name="Start">When it starts, in seconds.</param>
/// <param name="End">When it ends.</param>
public readonly record struct PipelineTask(int Stage, int Chunk, int MicroBatch, bool Forward, double Start, double End);
