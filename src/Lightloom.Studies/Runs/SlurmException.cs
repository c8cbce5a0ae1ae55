namespace Lightloom.Studies.Runs;

/// <summary>A command of Slurm that is missing, refused, or has no controller to ask.</summary>
public sealed class SlurmException(string message) : Exception(message);
