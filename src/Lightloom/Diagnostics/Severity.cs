namespace Lightloom.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing: a default was taken, a number was rounded.</summary>
    [Word("note")]
    Note,

    /// <summary>The design stands, but something should be looked at before it is ordered.</summary>
    [Word("warning")]
    Warning,

    /// <summary>The input is wrong, or no design meets it.</summary>
    [Word("error")]
    Error,
}
