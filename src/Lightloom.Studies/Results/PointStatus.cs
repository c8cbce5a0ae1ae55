namespace Lightloom.Studies.Results;

/// <summary>How a point ended.</summary>
public enum PointStatus
{
    /// <summary>With its result.</summary>
    [Word("done")]
    Done,

    /// <summary>With the answer that no design meets what is asked (exit code 3).</summary>
    [Word("infeasible")]
    Infeasible,

    /// <summary>With its input refused (exit codes 1 and 2): the combination of values does not go together.</summary>
    [Word("refused")]
    Refused,

    /// <summary>Without an answer: killed, out of memory or time, or a defect. It is run again the next time.</summary>
    [Word("broken")]
    Broken,
}
