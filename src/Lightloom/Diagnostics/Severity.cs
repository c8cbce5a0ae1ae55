namespace Lightloom.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing: a default was taken, a number was rounded.</summary>
    Note,

    /// <summary>The design stands, but something should be looked at before it is ordered.</summary>
    Warning,

    /// <summary>The input is wrong, or no design meets it.</summary>
    Error,
}
