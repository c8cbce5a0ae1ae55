namespace Lightloom.Hardware;

/// <summary>In which order a pipeline stage runs its micro-batches forward and backward.</summary>
public enum PipelineSchedule
{
    /// <summary>One forward, one backward; interleaved when a stage has several chunks of layers.</summary>
    [Word("1f1b")]
    OneForwardOneBackward,

    /// <summary>Gradients of weights are put off to fill the bubble (ZB-H1).</summary>
    [Word("zero-bubble")]
    ZeroBubble,

    /// <summary>Micro-batches enter at both ends, and forward hides backward's communication (DualPipe).</summary>
    [Word("dualpipe")]
    DualPipe,
}
