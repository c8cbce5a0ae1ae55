namespace Lightloom.Studio.Projects;

/// <summary>How far the design of the current text is.</summary>
public enum DesignPhase : byte
{
    /// <summary>There is no text yet.</summary>
    [Word("empty")]
    Empty,

    /// <summary>It is being designed.</summary>
    [Word("designing")]
    Designing,

    /// <summary>The design is there.</summary>
    [Word("ready")]
    Ready,

    /// <summary>The text is wrong, or nothing meets it.</summary>
    [Word("failed")]
    Failed,
}
