namespace Lightloom.Spec;

/// <summary>Who schedules the backend's traffic.</summary>
public enum Paradigm
{
    /// <summary>The NICs spray, balance and control congestion over a plain Clos.</summary>
    [Word("endpoint-scheduled")]
    EndpointScheduled,

    /// <summary>The fabric itself: cells, VOQs and credits; any NIC.</summary>
    [Word("switch-scheduled")]
    SwitchScheduled,

    /// <summary>Lightloom chooses.</summary>
    [Word("auto")]
    Auto,
}
