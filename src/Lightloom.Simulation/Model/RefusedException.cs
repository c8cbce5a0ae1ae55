namespace Lightloom.Simulation.Model;

/// <summary>
/// What was asked for cannot be run: the message says what is wrong and what works, in the words of whoever asked. Any other
/// <see cref="ArgumentException"/> is a defect.
/// </summary>
public sealed class RefusedException : ArgumentException
{
    /// <summary>Refuses.</summary>
    /// <param name="message">What is wrong, and the nearest that works.</param>
    public RefusedException(string message)
        : base(message) { }

    /// <summary>Refuses because of something else that was refused.</summary>
    public RefusedException(string message, Exception inner)
        : base(message, inner) { }
}
