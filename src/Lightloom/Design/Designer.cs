using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>The line from specification to design: network, floor, cables, bill. Reads like the table of contents of the library.</summary>
public static class Designer
{
    /// <summary>
    /// Designs every fabric. Null when nothing feasible was found; <paramref name="diagnostics"/> then holds at least one error, and its id
    /// tells which: LL49xx, LL59xx, LL69xx and LL79xx mean that the input was understood but no design meets it (exit code 3).
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="diagnostics">Receives everything worth saying.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work between stages.</param>
    public static ClusterDesign? Design(
        ClusterSpec spec,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    )
    {
        progress?.Report(new("sizing the networks", 0));
        DiagnosticBag sizing = new();
        if (NetworkBuilder.Choices(spec, sizing) is not { } choices)
        {
            diagnostics.AddRange(sizing);
            return null;
        }

        Attempt attempt = new DesignSearch(choices, backend => Carry(choices, backend, sizing, progress, cancel)).Run();
        diagnostics.AddRange(attempt.Diagnostics);
        return attempt.Stage == AttemptStage.Complete ? attempt.Design : null;
    }

    /// <summary>True when an error with this id means "understood, but not feasible".</summary>
    public static bool MeansInfeasible(string id) => id is ['L', 'L', '4' or '5' or '6' or '7', '9', ..];

    /// <summary>Carries one backend from its network to its bill, or to what it fails by.</summary>
    private static Attempt Carry(
        NetworkChoices choices,
        BackendCandidate backend,
        DiagnosticBag sizing,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        ClusterSpec spec = choices.Spec;
        DiagnosticBag diagnostics = new();
        diagnostics.AddRange(sizing);
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("drawing the networks", 0.05));
        Network? network = NetworkBuilder.Draw(choices, backend, diagnostics);
        if (network is null)
        {
            return new(backend, AttemptStage.Sized, diagnostics);
        }

        if (NetworkAudit.FirstFault(network) is { } fault)
        {
            throw new InvalidOperationException($"the network does not hold together: {fault}");
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("placing racks", 0.15));
        Placement placement = FloorPlanner.Place(spec, network, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new(backend, AttemptStage.Drawn, diagnostics);
        }

        (network, placement) = Naming.Apply(spec, network, placement, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new(backend, AttemptStage.Drawn, diagnostics);
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("routing cables and choosing interconnects", 0.3));
        CableRouter router = new(spec, network, placement);
        network = ManagementPorts.MoveFarLinks(network, placement, router, spec.Catalogue);
        CablePlan cables = CablePlanner.Plan(spec, network, placement, router, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new(backend, AttemptStage.Placed, diagnostics);
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("filling trays", 0.75));
        TrayReport trays = TrayReport.Compute(spec, network, placement, router, cables);
        diagnostics.AddRange(trays.Diagnostics);

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("writing the bill", 0.9));
        ChannelPlan channels = ChannelPlan.Of(spec, network, placement, cables);
        BillOfMaterials bill = BillOfMaterials.From(spec, network, placement, cables, channels);
        List<LatencyBudget> latency = [];
        foreach (Fabric fabric in network.Fabrics)
        {
            if (LatencyBudget.Of(fabric, cables, spec.Catalogue) is { } budget)
            {
                latency.Add(budget);
            }
        }

        SayUnpriced(bill, diagnostics);
        LimitValues values = LimitValues.Of(bill, latency);
        LimitCheck.Run(spec.Objectives.Limits, values, bill, InWords(backend.Alternative), diagnostics);
        ClusterDesign design = new()
        {
            Spec = spec,
            Network = network,
            Alternatives = [.. choices.Backends.Select(c => c.Alternative with { Chosen = ReferenceEquals(c, backend) })],
            Placement = placement,
            Router = router,
            Cables = cables,
            Channels = channels,
            Trays = trays,
            Latency = latency,
            Bill = bill,
            Diagnostics = [.. diagnostics.OrderByDescending(d => d.Severity).ThenBy(d => d.Id, StringComparer.Ordinal)],
        };
        return new(
            backend,
            diagnostics.HasErrors ? AttemptStage.Billed : AttemptStage.Complete,
            design.Diagnostics,
            design,
            values,
            values.Excess(spec.Objectives.Limits)
        );
    }

    private static void SayUnpriced(BillOfMaterials bill, DiagnosticBag diagnostics)
    {
        if (bill.UnpricedLines > 0)
        {
            diagnostics.Warning(
                "LL7102",
                FormattableString.Invariant(
                    $"{bill.UnpricedLines} lines of the bill ({bill.UnpricedQuantity:#,0} pieces) have no public price and count zero, so "
                ) + "the cost is a lower bound; price them under prices: (design.json lists them as unpriced_items)",
                "bill"
            );
        }
    }

    private static string InWords(Alternative backend) =>
        (backend.Leaf == backend.Spine ? backend.Leaf : $"{backend.Leaf} and {backend.Spine}")
        + FormattableString.Invariant($", {backend.Tiers} tiers, {backend.Planes} {(backend.Planes == 1 ? "plane" : "planes")}");
}
