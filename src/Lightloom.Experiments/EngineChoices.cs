using Lightloom.Experiments.Calibration;
using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// What somebody chose of an engine's options. Null is not chosen: then the cluster file decides, and where it is silent, the fabric. One
/// rule for every command that runs a network. Immutable.
/// </summary>
public sealed record EngineChoices
{
    /// <summary>What any card does over a cell fabric, which needs no congestion control at the ends.</summary>
    private const string CellFabricTransport = "roce";

    /// <summary>How hosts decide when to send; null for the file's, else RoCE over a cell fabric, NSCC over packet switches.</summary>
    public string? Transport { get; init; }

    /// <summary>The transport's constants; nothing for its defaults.</summary>
    public TransportConstants Constants { get; init; } = TransportConstants.None;

    /// <summary>How packets are spread; null for the file's, else what the transport is run with.</summary>
    public string? LoadBalancing { get; init; }

    /// <summary>
    /// How a card divides packets over its planes; null for what suits the transport: <see cref="PlanePolicy.Stripe"/> where packets must
    /// arrive in order, the shortest queue elsewhere.
    /// </summary>
    public PlanePolicy? PlanePolicy { get; init; }

    /// <summary>How links are kept lossless; null for what the transport is made for.</summary>
    public FlowControl? FlowControl { get; init; }

    /// <summary>Whether cells and credits carry the packets; null for what the network was designed for.</summary>
    public bool? CellFabric { get; init; }

    /// <summary>The cell fabric's own options, where there is one.</summary>
    public CellOptions Cells { get; init; } = new();

    /// <summary>What fails and when, in the words of <see cref="FaultList"/>; null for nothing.</summary>
    public string? Faults { get; init; }

    /// <summary>Which engine.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>What transports and load balancings add to the fluid engine's answers; the table that is shipped unless another is given.</summary>
    public FluidTermsTable Calibration { get; init; } = MeasuredTerms.Table;

    /// <summary>Whether queues and links are sampled over time.</summary>
    public bool Trace { get; init; }

    /// <summary>All other options of the engine, none of which depends on the network or its file.</summary>
    public SimulationOptions Other { get; init; } = new();

    /// <summary>Whether cells and credits carry the packets on this network.</summary>
    public bool RunsCells(Testbed bed) => CellFabric ?? bed.IsSwitchScheduled;

    /// <summary>Whether the queues that links of this network name hold: packets overflow queues of their own, and none is given.</summary>
    public bool HasQueuesOf(Testbed bed) =>
        Engine == EngineKind.Packet
        && Other is { Queue: null, SharedBuffer: null, Classes.Count: 0 }
        && On(bed) is { FlowControl: Simulation.Model.FlowControl.None, Cells: null };

    /// <summary>The transport on this network.</summary>
    public string TransportOn(Testbed bed) =>
        Transports.Find(Transport ?? bed.Backend?.Transport ?? (RunsCells(bed) ? CellFabricTransport : Transports.Default.Name)).Name;

    /// <summary>The engine's options on this network.</summary>
    /// <exception cref="RefusedException">A fault names nothing in the network, or the transport has no such constant.</exception>
    public SimulationOptions On(Testbed bed)
    {
        bool cells = RunsCells(bed);
        string transport = TransportOn(bed);
        if (Other.InitialWindow is { } window && window < Other.Mtu)
        {
            throw new RefusedException(
                $"--initial-window-bytes {window.Bytes} holds no packet of {Other.Mtu.Bytes} bytes (--mtu); give {Other.Mtu.Bytes} or more"
            );
        }

        bool hasClasses = Other.Classes.Count > 0 || Other.SharedBuffer is not null;
        SimulationOptions options = Other with
        {
            Transport = transport,
            LoadBalancing = LoadBalancings
                .Find(LoadBalancing ?? bed.Backend?.LoadBalancing ?? Transports.Find(transport).LoadBalancing)
                .Name,
            // A cell fabric holds senders back by itself, and classes pause by class.
            FlowControl = FlowControl ?? (cells || hasClasses ? Simulation.Model.FlowControl.None : Transports.Find(transport).FlowControl),
            // Packets on several planes overtake each other, which go-back-N does not survive: a card that insists on order keeps each
            // connection on one port.
            PlanePolicy =
                PlanePolicy
                ?? (
                    Transports.Find(transport).GoesBack(Other)
                        ? Simulation.Model.PlanePolicy.Stripe
                        : Simulation.Model.PlanePolicy.ShortestQueue
                ),
            // A queue must be able to hold its balance at rest and one credit.
            Cells = cells ? Cells with { Balance = DataSize.Max(Cells.Balance, Cells.Credit + Cells.HungryBalance) } : null,
            Faults = Faults is null ? Other.Faults : FaultList.Parse(Faults, bed.Network),
        };
        return Constants.On(options);
    }
}
