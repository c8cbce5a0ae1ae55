namespace Lightloom.Traces.Reading;

/// <summary>Thrown inside a reader when what follows cannot be understood; what is wrong has been said.</summary>
internal sealed class TraceStop : Exception;
