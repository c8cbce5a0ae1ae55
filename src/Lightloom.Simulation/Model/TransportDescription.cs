using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Model;

/// <summary>
/// What a transport says of itself: its word, a line of help, and the traits that switches, options and reports go by. Each transport
/// states one in its own file; <c>Transports.All</c> lists them. Immutable.
/// </summary>
public sealed record TransportDescription
{
    /// <summary>The word in cluster files, on command lines, in tables and JSON: lower case, without spaces.</summary>
    public required string Name { get; init; }

    /// <summary>One line of help: what it is, without a full stop.</summary>
    public required string Help { get; init; }

    /// <summary>
    /// Packets must arrive in the order they were sent, unless the receiver does selective repeat; otherwise in any order.
    /// </summary>
    public bool InOrder { get; init; }

    /// <summary>It understands packets whose payload a full queue has cut off.</summary>
    public bool Trims { get; init; }

    /// <summary>It steers by marked packets (ECN), so that switches mark at all.</summary>
    public bool ReadsMarks { get; init; }

    /// <summary>Switches write their load into its packets (in-band telemetry).</summary>
    public bool ReadsTelemetry { get; init; }

    /// <summary>Receivers grant credit, which keeps the last hop in check by itself: no marks there.</summary>
    public bool ReceiverCredit { get; init; }

    /// <summary>Senders keep a window of unacknowledged bytes that may be kept by plane.</summary>
    public bool WindowPerPlane { get; init; }

    /// <summary>Its receivers wait for so many bytes before they acknowledge; otherwise they answer every packet.</summary>
    public bool AcknowledgesByBytes { get; init; }

    /// <summary>Its senders begin with a window that may be given.</summary>
    public bool TakesFirstWindow { get; init; }

    /// <summary>
    /// Its senders know of each other at once, and no queue of a switch is ever full: a yardstick, no product. It runs on one thread.
    /// </summary>
    public bool KnowsAllFlows { get; init; }

    /// <summary>Random numbers that a flow draws for itself before its load balancing draws the first.</summary>
    internal int DrawnBefore { get; init; }

    /// <summary>Packets that a switch queue holds when nobody says otherwise; 0 for a bandwidth-delay product.</summary>
    public int QueuePackets { get; init; }

    /// <summary>How its senders know how long to wait for an answer.</summary>
    public TimeoutRule Timeout { get; init; } = TimeoutRule.Queues;

    /// <summary>The flow control that it is run with unless somebody says otherwise.</summary>
    public FlowControl FlowControl { get; init; } = FlowControl.None;

    /// <summary>
    /// The word of the load balancing that it is run with unless somebody says otherwise: one path for packets that must arrive in order.
    /// </summary>
    public string LoadBalancing
    {
        get => field ?? (InOrder ? "ecmp" : "oblivious");
        init;
    }

    /// <summary>Its constants that a user may set, in the order in which lists show them.</summary>
    public IReadOnlyList<TransportOption> Options { get; init; } = [];

    /// <summary>Published sets of them.</summary>
    public IReadOnlyList<TransportPreset> Presets { get; init; } = [];

    /// <summary>Whether receivers throw away what overtakes, and the sender goes back to the gap, in a run with these options.</summary>
    public bool GoesBack(SimulationOptions options) => InOrder && !options.SelectiveRepeat;

    /// <summary>Its option of a word in whatever case; null when there is none.</summary>
    public TransportOption? OptionOf(string word) => Options.FirstOrDefault(o => o.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Its preset of a word in whatever case; null when there is none.</summary>
    public TransportPreset? PresetOf(string word) => Presets.FirstOrDefault(p => p.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
}
