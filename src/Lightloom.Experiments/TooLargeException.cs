namespace Lightloom.Experiments;

/// <summary>A run was understood and would not fit into memory; the message says what it would take and what there is.</summary>
public sealed class TooLargeException : Exception
{
    /// <summary>Says why.</summary>
    public TooLargeException(string message)
        : base(message) { }
}
