using Lightloom.Bill;
using Lightloom.Cabling;
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
    /// How many feasible backends are carried through to a bill before it is said that none of them keeps the limits: all of a small
    /// cluster's, the best of a large one's.
    /// </summary>
    private static int MostTries(long nodes) =>
        nodes <= 512 ? 256
        : nodes <= 4096 ? 32
        : 8;

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
        DiagnosticBag? closest = null;
        double least = double.PositiveInfinity;
        int tries = MostTries(spec.Pools.Sum(p => (long)(p.Nodes ?? 0)));
        for (int choice = 0; choice < tries; choice++)
        {
            DiagnosticBag bag = new();
            ClusterDesign? design = Try(spec, bag, choice, progress, cancel, out bool more, out double excess);
            if (design is not null)
            {
                diagnostics.AddRange(design.Diagnostics);
                return design;
            }

            if (closest is null || excess < least)
            {
                closest = bag;
                least = excess;
            }

            // What fails before the bill (no room, no cable) may still be served by another backend; what has no other ends here.
            if (!more)
            {
                break;
            }
        }

        diagnostics.AddRange(closest!);
        return null;
    }

    /// <summary>True when an error with this id means "understood, but not feasible".</summary>
    public static bool MeansInfeasible(string id) => id is ['L', 'L', '4' or '5' or '6' or '7', '9', ..];

    private static ClusterDesign? Try(
        ClusterSpec spec,
        DiagnosticBag diagnostics,
        int choice,
        IProgress<DesignStage>? progress,
        CancellationToken cancel,
        out bool more,
        out double excess
    )
    {
        excess = double.PositiveInfinity;
        progress?.Report(new("sizing the networks", 0));
        Network? network = NetworkBuilder.Build(spec, diagnostics, choice, out IReadOnlyList<Alternative> alternatives);
        more = alternatives.Skip(choice + 1).Any(a => a.Feasible);
        if (network is null)
        {
            return null;
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
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("routing cables and choosing interconnects", 0.3));
        CableRouter router = new(spec, network, placement);
        network = ManagementPorts.MoveFarLinks(network, placement, router);
        CablePlan cables = CablePlanner.Plan(spec, network, placement, router, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("filling trays", 0.75));
        TrayReport trays = TrayReport.Compute(spec, network, placement, router, cables);
        diagnostics.AddRange(trays.Diagnostics);

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("writing the bill", 0.9));
        BillOfMaterials bill = BillOfMaterials.From(spec, network, placement, cables);
        List<LatencyBudget> latency = [];
        foreach (Fabric fabric in network.Fabrics)
        {
            if (LatencyBudget.Of(fabric, cables, spec.Catalogue) is { } budget)
            {
                latency.Add(budget);
            }
        }

        if (bill.UnpricedLines > 0)
        {
            diagnostics.Warning(
                "LL7102",
                FormattableString.Invariant(
                    $"{bill.UnpricedLines} lines of the bill ({bill.UnpricedQuantity:#,0} pieces) have no public price and count zero, so the cost is a lower bound; price them under prices: (design.json lists them as unpriced_items)"
                ),
                "bill"
            );
        }

        excess = CheckLimits(spec, bill, latency, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return new()
        {
            Spec = spec,
            Network = network,
            Alternatives = alternatives,
            Placement = placement,
            Router = router,
            Cables = cables,
            Trays = trays,
            Latency = latency,
            Bill = bill,
            Diagnostics = [.. diagnostics.OrderByDescending(d => d.Severity).ThenBy(d => d.Id, StringComparer.Ordinal)],
        };
    }

    private static double CheckLimits(ClusterSpec spec, BillOfMaterials bill, List<LatencyBudget> latency, DiagnosticBag diagnostics)
    {
        LimitsSpec limits = spec.Objectives.Limits;
        double worst = 1;
        if (limits.Capex is { } capex)
        {
            if (bill.Capex > capex)
            {
                Exceeded("LL7901", "capex_usd", bill.Capex.ToString(), capex.ToString(), bill.Capex.Dollars / capex.Dollars);
            }
            else if (bill.UnpricedLines > 0)
            {
                diagnostics.Warning(
                    "LL7101",
                    $"the cost limit of {capex} holds for what has a price ({bill.Capex}); {bill.UnpricedLines} lines of the bill have none, so it may not hold for all: price them under prices:",
                    "objectives.limits.capex_usd"
                );
            }
        }

        if (limits.NetworkPower is { } power && bill.NetworkPowerTypical > power)
        {
            Exceeded(
                "LL7902",
                "network_power_kw",
                FormattableString.Invariant($"{bill.NetworkPowerTypical.Kilowatts:#,0.###} kW"),
                FormattableString.Invariant($"{power.Kilowatts:#,0.###} kW"),
                bill.NetworkPowerTypical.Watts / power.Watts
            );
        }

        if (limits.Racks is { } racks && bill.Racks > racks)
        {
            Exceeded(
                "LL7903",
                "racks",
                bill.Racks.ToString(System.Globalization.CultureInfo.InvariantCulture),
                racks.ToString(System.Globalization.CultureInfo.InvariantCulture),
                (double)bill.Racks / racks
            );
        }

        if (
            limits.LatencyUs is { } us
            && latency.Find(l => l.Fabric == FabricRole.Backend) is { } budget
            && budget.Longest.Total.Microseconds > us
        )
        {
            Exceeded(
                "LL7904",
                "latency_us",
                FormattableString.Invariant($"{budget.Longest.Total.Microseconds:0.###} us"),
                FormattableString.Invariant($"{us:0.###} us"),
                budget.Longest.Total.Microseconds / us
            );
        }

        return worst;

        void Exceeded(string id, string key, string has, string limit, double ratio)
        {
            worst = Math.Max(worst, ratio);
            diagnostics.Error(
                id,
                FormattableString.Invariant(
                    $"no design that was tried keeps objectives.limits.{key}: the closest has {has}, {(ratio - 1) * 100:0.#} % above {limit}; raise the limit, or free what binds it (switch, planes, oversubscription, interconnect)"
                ),
                "objectives.limits." + key
            );
        }
    }
}
