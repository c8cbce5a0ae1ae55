using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>One choice of networks drawn, placed and cabled, as far as that goes.</summary>
internal sealed record Laying
{
    /// <summary>Where it ended; <see cref="AttemptStage.Placed"/> when it is cabled, with or without errors.</summary>
    public required AttemptStage Stage { get; init; }

    /// <summary>What was said on the way.</summary>
    public required DiagnosticBag Diagnostics { get; init; }

    /// <summary>The network; null before it is drawn.</summary>
    public Network? Network { get; init; }

    /// <summary>Where everything stands; null before.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Ways over that floor; null before.</summary>
    public CableRouter? Router { get; init; }

    /// <summary>What racks would have to offer for every device to fit one; null where they do, and where it was not asked.</summary>
    public LeastRack? LeastRack { get; init; }

    /// <summary>Its cables; null before.</summary>
    public CablePlan? Cables { get; init; }

    /// <summary>
    /// Draws, places and cables. Which devices share a management leaf is decided before anything stands; where that leaves devices out of every
    /// leaf's reach, all is laid once more with leaves for the devices of each hall, as these came to stand.
    /// </summary>
    /// <param name="choices">What there is to choose.</param>
    /// <param name="selection">What is chosen.</param>
    /// <param name="sizing">What sizing said.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work between stages.</param>
    public static Laying Of(
        NetworkChoices choices,
        NetworkSelection selection,
        DiagnosticBag sizing,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        Laying first = Once(choices, selection, sizing, standsIn: null, progress, cancel);
        int lost = FarManagement.DevicesLost(first);
        if (lost == 0)
        {
            return first;
        }

        Laying second = Once(choices, selection, sizing, FarManagement.HallOfDevice(first), progress, cancel);
        return second.Cables is not null && FarManagement.DevicesLost(second) < lost ? second : first;
    }

    private static Laying Once(
        NetworkChoices choices,
        NetworkSelection selection,
        DiagnosticBag sizing,
        IReadOnlyList<int>? standsIn,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        ClusterSpec spec = choices.Spec;
        DiagnosticBag diagnostics = new();
        diagnostics.AddRange(sizing);
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("drawing the networks", 0.05));
        Network? network = NetworkBuilder.Draw(choices, selection, diagnostics, standsIn);
        if (network is null)
        {
            return new() { Stage = AttemptStage.Sized, Diagnostics = diagnostics };
        }

        if (NetworkAudit.FirstFault(network) is { } fault)
        {
            throw new InvalidOperationException($"the network does not hold together: {fault}");
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("placing racks", 0.15));
        (network, Placement placement) = Stand(spec, network, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new()
            {
                Stage = AttemptStage.Drawn,
                Diagnostics = diagnostics,
                LeastRack = LeastRack.Of(new(spec), network),
            };
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("routing cables and choosing interconnects", 0.3));
        CableRouter router = new(spec, network, placement);
        network = ManagementPorts.MoveFarLinks(network, placement, router, spec.Catalogue);
        return new()
        {
            Stage = AttemptStage.Placed,
            Diagnostics = diagnostics,
            Network = network,
            Placement = placement,
            Router = router,
            Cables = CablePlanner.Plan(spec, network, placement, router, diagnostics),
        };
    }

    /// <summary>Places everything, moves what the file moves, and gives names; what stops at the first error is not gone on with.</summary>
    private static (Network Network, Placement Placement) Stand(ClusterSpec spec, Network network, DiagnosticBag diagnostics)
    {
        Placement placement = FloorPlanner.Place(spec, network, diagnostics);
        if (!diagnostics.HasErrors)
        {
            placement = GivenPlaces.Apply(spec, network, placement, diagnostics);
        }

        return diagnostics.HasErrors ? (network, placement) : Naming.Apply(spec, network, placement, diagnostics);
    }
}
