using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Placing;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

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
    /// <param name="worries">
    /// Whether single points of failure and cheaper units are looked for (LL42xx), which carries other files through: false where nobody reads
    /// of them. The design is the same.
    /// </param>
    public static ClusterDesign? Design(
        ClusterSpec spec,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default,
        bool worries = true
    )
    {
        if (FloorPlanner.Refused(spec, diagnostics) || Search(spec, everything: false, diagnostics, progress, cancel) is not { } search)
        {
            return null;
        }

        Attempt attempt = search.Run();
        if (attempt.Stage != AttemptStage.Complete)
        {
            diagnostics.AddRange(Refused(spec, search, attempt, cancel));
            return null;
        }

        ClusterDesign design = attempt.Design! with
        {
            Alternatives = ShownAlternatives.Of(search.Choices, attempt.Selection.Backend, search),
        };
        if (worries)
        {
            DiagnosticBag said = new();
            SinglePoints.Say(spec, design.Network, NearestOf(spec, cancel), said);
            UnitHint.Say(spec, design, changed => CarryThrough(changed, cancel), said);
            design = design with { Diagnostics = Ordered(design.Diagnostics.Concat(said)) };
        }

        diagnostics.AddRange(design.Diagnostics);
        return design;
    }

    private static IReadOnlyList<Diagnostic> Refused(
        ClusterSpec spec,
        DesignSearch search,
        Attempt attempt,
        CancellationToken cancel,
        bool everything = false
    )
    {
        IReadOnlyList<Diagnostic> said =
            attempt.Stage == AttemptStage.Billed
                ? new LimitRefusal(
                    spec,
                    search.Billed,
                    changed => CarryThrough(changed, cancel, everything),
                    changed => Through(changed, cancel, everything, new())
                ).Of(attempt)
                : Refusal.WithNearest(spec, attempt, changed => CarryThrough(changed, cancel, everything));
        return [.. said.Select(d => d.Severity == Severity.Error && d.Mark is null ? d with { Mark = PlaceOf(spec, d) } : d)];
    }

    // Where the file speaks of what an error is about: of the network, else of interconnects, or of the floor.
    private static SourceMark PlaceOf(ClusterSpec spec, Diagnostic error)
    {
        string[] keys =
        [
            .. NetworkSection.All(spec).Where(s => s.IsBlamedBy(error)).Select(s => s.Key).Take(1),
            error.Id.StartsWith("LL59", StringComparison.Ordinal) ? "floor" : "interconnect",
        ];
        SourceMark[] places = [.. keys.Select(spec.MarkOf)];
        return places.FirstOrDefault(p => p is not { Line: 1, Column: 1 }, places[0]);
    }

    /// <summary>What becomes of a file, without a search for what would mend it.</summary>
    private static Carried CarryThrough(ClusterSpec spec, CancellationToken cancel, bool everything = false, bool compare = false)
    {
        DiagnosticBag sizing = new();
        if (Through(spec, cancel, everything, sizing, compare) is not { } attempt)
        {
            return new(sizing.First(d => d.Severity == Severity.Error), null);
        }

        Diagnostic[] errors = [.. attempt.Diagnostics.Where(d => d.Severity == Severity.Error)];
        return new(errors.FirstOrDefault(), attempt.Design?.Network) { Errors = errors };
    }

    private static Attempt? Through(ClusterSpec spec, CancellationToken cancel, bool everything, DiagnosticBag sizing, bool compare = false)
    {
        LinkJudge judge = new(spec);
        return NetworkBuilder.Choices(spec, judge, sizing, everything) is { } choices
            ? new DesignSearch(choices, judge, (s, search) => Carry(search.Choices, s, search, sizing, null, cancel)).Run(compare)
            : null;
    }

    private static NearestNetwork NearestOf(ClusterSpec spec, CancellationToken cancel) =>
        new(
            spec,
            PoolReader.Read(spec, new())!,
            new LinkJudge(spec),
            changed => CarryThrough(changed, cancel),
            changed => CarryThrough(changed, cancel, compare: true)
        );

    private static IReadOnlyList<Diagnostic> Ordered(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.OrderByDescending(d => d.Severity).ThenBy(d => !IsOfSinglePoints(d.Id)).ThenBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>
    /// Every backend that the catalogue allows for these pools, whatever the file fixed: what <c>lightloom explore</c> shows. The search is
    /// that of <see cref="Design"/>, so that what is chosen is a design; then those on the front of cost, power and hops are carried through
    /// to their bill as well, as many as one search may try. Nothing else is chosen or on the front. Empty when
    /// <paramref name="diagnostics"/> says why there is none; where backends could be sized and none becomes a design, none is feasible, and
    /// what a design would be refused with is said as warnings.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="diagnostics">Receives everything worth saying.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work between stages.</param>
    public static IReadOnlyList<Alternative> Explore(
        ClusterSpec spec,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (FloorPlanner.Refused(spec, diagnostics) || Search(spec, everything: true, diagnostics, progress, cancel) is not { } search)
        {
            return [];
        }

        Attempt attempt = search.Run();
        if (attempt.Stage != AttemptStage.Complete)
        {
            diagnostics.AddRange(
                (search.IsOfLongAttempts ? attempt.Diagnostics : Refused(spec, search, attempt, cancel, everything: true))
                    .Where(d => d.Severity == Severity.Error)
                    .Select(d => d with { Severity = Severity.Warning })
            );
        }

        return FrontProof.Of(spec, search, attempt);
    }

    /// <summary>
    /// The same backends as of <see cref="Explore"/>, none of them carried through yet. Null when <paramref name="diagnostics"/> says why
    /// there is none.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="diagnostics">Receives everything worth saying.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work between stages.</param>
    public static Exploration? Open(
        ClusterSpec spec,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    ) =>
        Search(spec, everything: true, diagnostics, progress, cancel) is { } search
            ? new(spec, search, candidate => search.Try(candidate)?.Design)
            : null;

    /// <summary>
    /// One network alone, sized and drawn port by port: nothing is placed, cabled or billed. For what needs no lengths, at sizes where they
    /// take long. It is the first candidate whose links an interconnect can serve and that no limit excludes by its switches alone;
    /// <see cref="Design"/> takes another where that one finds no room or no cable. Null when <paramref name="diagnostics"/> says why.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="diagnostics">Receives everything worth saying.</param>
    public static Network? DrawBackend(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        if (
            NetworkBuilder.Choices(spec, new LinkJudge(spec), diagnostics, carry: NetworkBuilder.Unasked) is not { } choices
            || !HasBackend(choices, diagnostics)
        )
        {
            return null;
        }

        LimitBound bound = new(spec);
        BackendCandidate backend =
            choices.Backends.FirstOrDefault(c => c.IsFeasible && bound.Of(choices.FirstWith(c)).Excess(spec.Objectives.Limits) <= 1)
            ?? choices.Backends.First(c => c.Plan is not null);
        return NetworkBuilder.Draw(choices, new(backend, null, [], null), diagnostics);
    }

    /// <summary>
    /// What sizing alone says: every backend that the catalogue allows for these pools, or what each one fails by, without drawing, placing or
    /// cabling any. For an answer while a file is being written; <see cref="Explore"/> proves the best of them.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="everything">True to vary what the file fixed.</param>
    /// <param name="diagnostics">Receives everything worth saying; errors where nothing is feasible.</param>
    public static IReadOnlyList<Alternative> Size(ClusterSpec spec, bool everything, DiagnosticBag diagnostics) =>
        NetworkBuilder.Choices(spec, new LinkJudge(spec), diagnostics, everything) is { HasBackend: true } choices
            ? [.. choices.Backends.Select(c => c.Alternative)]
            : [];

    /// <summary>How many XPUs a specification has; null when <see cref="Design"/> would refuse its pools.</summary>
    public static long? CountXpus(ClusterSpec spec) =>
        PoolReader.Read(spec, new()) is { } pools ? pools.Where(p => !p.IsService).Sum(p => (long)p.Count * p.Node.Xpus.Value) : null;

    /// <summary>True for what is said of single points of failure, the first worry of whoever reads a design.</summary>
    public static bool IsOfSinglePoints(string id) => id is ['L', 'L', '4', '2', '0', not '5'];

    /// <summary>True when an error with this id means "understood, but not feasible".</summary>
    public static bool MeansInfeasible(string id) => id is ['L', 'L', '4' or '5' or '6' or '7' or '9', '9', ..];

    /// <summary>Sizes the networks; null when <paramref name="diagnostics"/> says why there is nothing to search among.</summary>
    private static DesignSearch? Search(
        ClusterSpec spec,
        bool everything,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        progress?.Report(new("sizing the networks", 0));
        DiagnosticBag sizing = new();
        LinkJudge judge = new(spec);
        if (NetworkBuilder.Choices(spec, judge, sizing, everything, changed => CarryThrough(changed, cancel)) is { } choices)
        {
            if (!everything || HasBackend(choices, sizing))
            {
                return new(choices, judge, (s, search) => Carry(search.Choices, s, search, sizing, progress, cancel));
            }
        }

        diagnostics.AddRange(sizing);
        return null;
    }

    // What asks for the backend alone has nothing to say of a cluster without one.
    private static bool HasBackend(NetworkChoices choices, DiagnosticBag diagnostics)
    {
        if (!choices.HasBackend)
        {
            diagnostics.Error(
                "LL4005",
                "there is no backend: no node of the pools has ports for one, or `backend: {enabled: false}` says so; `lightloom design` builds "
                    + "the other networks, and `backend: {nics: 8, rate_gbps: 400}` of a node under catalog.nodes gives it ports",
                "backend",
                choices.Spec.Backend.Mark
            );
        }

        return choices.HasBackend;
    }

    /// <summary>Carries one choice of networks from its drawing to its bill, or to what it fails by.</summary>
    private static Attempt Carry(
        NetworkChoices choices,
        NetworkSelection selection,
        DesignSearch search,
        DiagnosticBag sizing,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        ClusterSpec spec = choices.Spec;
        Laying laid = Laying.Of(choices, selection, sizing, progress, cancel);
        DiagnosticBag diagnostics = laid.Diagnostics;
        if (laid is not { Network: { } network, Placement: { } placement, Router: { } router, Cables: { } cables })
        {
            return new(selection, laid.Stage, diagnostics) { LeastRack = laid.LeastRack };
        }

        if (diagnostics.HasErrors)
        {
            Attempt failed = new(selection, AttemptStage.Placed, diagnostics)
            {
                FarManagement = FarManagement.LongestUplink(network, cables),
                EndsWithoutCable = EndsWithoutCable(network, cables),
                MediaThatServe = cables.MediaThatServe,
                Unserved = cables.Unserved,
            };
            if (!selection.LeavesOutFarManagement || !failed.BlamesOnly(FabricRole.Oob))
            {
                return failed;
            }

            DiagnosticBag again = new();
            again.AddRange(diagnostics.Where(d => d.Severity != Severity.Error && !cables.Diagnostics.Contains(d)));
            network = FarManagement.LeaveOut(network, cables, again);
            router = new(spec, network, placement);
            cables = CablePlanner.Plan(spec, network, placement, router, again);
            diagnostics = again;
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("filling trays", 0.75));
        ChannelPlan channels = ChannelPlan.Of(spec, network, placement, cables);
        TrayReport trays = TrayReport.Compute(spec, network, placement, router, cables, channels);
        diagnostics.AddRange(trays.Diagnostics);

        cancel.ThrowIfCancellationRequested();
        progress?.Report(new("writing the bill", 0.9));
        RackPanelRoom.Check(spec, network, placement, channels, diagnostics);
        PanelNames.Check(spec, channels, diagnostics);
        if (diagnostics.HasErrors)
        {
            return new(selection, AttemptStage.Placed, diagnostics);
        }

        BillOfMaterials bill = BillOfMaterials.From(spec, network, placement, cables, channels);
        List<LatencyBudget> latency = LatencyOf(network, cables, spec);
        SayWhatMatters(bill, selection, search, diagnostics);
        LimitValues values = LimitValues.Of(bill, latency);
        LimitCheck.Run(spec.Objectives.Limits, values, bill, diagnostics);
        ClusterDesign design = new()
        {
            Spec = spec,
            Network = network,
            Alternatives = ShownAlternatives.Of(choices, selection.Backend, search),
            PassedOver = [.. search.PassedOver],
            Placement = placement,
            Router = router,
            Cables = cables,
            Channels = channels,
            Trays = trays,
            Latency = latency,
            Bill = bill,
            Diagnostics = Ordered(diagnostics),
        };
        return new(
            selection,
            diagnostics.HasErrors ? AttemptStage.Billed : AttemptStage.Complete,
            design.Diagnostics,
            design,
            values,
            values.Excess(spec.Objectives.Limits)
        );
    }

    private static ILookup<FabricRole, LinkEnds> EndsWithoutCable(Network network, CablePlan cables)
    {
        Dictionary<FabricRole, Protocol> protocols = network.Fabrics.ToDictionary(f => f.Role, f => f.Protocol);
        return network
            .LinkClasses.Where(c => cables.CableOfLink[c.Index].Any(cable => cables.Cables[cable].Product < 0))
            .Select(c =>
                (
                    c.Fabric,
                    Ends: new LinkEnds(protocols[c.Fabric], c.From, c.To, c.Rate, c.ACages, c.ZCages, c.SplitOverPlanes)
                    {
                        OwnPlugs = c.OwnPlugs,
                    }
                )
            )
            .Distinct()
            .ToLookup(c => c.Fabric, c => c.Ends);
    }

    private static void SayWhatMatters(BillOfMaterials bill, NetworkSelection selection, DesignSearch search, DiagnosticBag diagnostics)
    {
        SayStock(bill, diagnostics);
        SayUnpriced(bill, diagnostics);
        SayPassedOver(selection, search, diagnostics);
    }

    private static void SayPassedOver(NetworkSelection selection, DesignSearch search, DiagnosticBag diagnostics)
    {
        foreach (PassedOver passed in search.PassedOver)
        {
            string taken =
                passed.Fabric == FabricRole.Oob
                    ? selection.Management!.Names
                    : selection.Further.Prepend(selection.Frontend).First(p => p is not null && p.Network.Role == passed.Fabric)!.Names;
            diagnostics.Note(
                "LL4108",
                $"{passed.Fabric.ToWord()}: {passed.Switches} would come first, but {passed.Reason}; {taken} {(taken.Contains(" and ") ? "are" : "is")} taken",
                passed.Fabric.ToWord()
            );
        }
    }

    private static List<LatencyBudget> LatencyOf(Network network, CablePlan cables, ClusterSpec spec) =>
        [.. network.Fabrics.Select(fabric => LatencyBudget.Of(fabric, cables, spec.Catalogue)).OfType<LatencyBudget>()];

    private static void SayStock(BillOfMaterials bill, DiagnosticBag diagnostics)
    {
        foreach (StockUse entry in bill.Stock)
        {
            bool isCode = entry.Id.Contains(':');
            BillLine[] lines = [.. bill.Lines.Where(l => (isCode ? l.Id : l.PartId) == entry.Id)];
            long bought = lines.Where(l => l is { IsStock: false, IsSpare: false }).Sum(l => l.Quantity);
            string forms = string.Join(", ", entry.Forms.Select(f => FormattableString.Invariant($"{f.Count:#,0} as {f.OrderCode}")));
            string[] others = [.. bill.Lines.Where(l => isCode && l.PartId == entry.Id.Split(':')[0]).Select(l => l.Id).Distinct()];
            diagnostics.Note(
                "LL7103",
                FormattableString.Invariant($"{entry.Used:#,0} of the {entry.Has:#,0} {entry.Id} in stock are used")
                    + (entry.Forms.Any(f => f.OrderCode != entry.Id) ? $" ({forms}; name an order code to say which there are)" : "")
                    + (entry.Spares > 0 ? FormattableString.Invariant($", {entry.Spares:#,0} more are its spares") : "")
                    + (bought > 0 ? FormattableString.Invariant($", and {bought:#,0} more are bought") : "")
                    + (entry.Used == 0 && others.Length > 0 ? $"; the design has it as {Listed.InWords(others)}" : ""),
                "existing"
            );
        }
    }

    private static void SayUnpriced(BillOfMaterials bill, DiagnosticBag diagnostics)
    {
        if (bill.UnpricedLines > 0)
        {
            diagnostics.Warning(
                "LL7102",
                FormattableString.Invariant(
                    $"{Counted.Of(bill.UnpricedLines, "line")} of the bill ({Counted.Of(bill.UnpricedQuantity, "piece")}) {(bill.UnpricedLines == 1 ? "has no public price and counts" : "have no public price and count")} zero, so "
                ) + "the cost is a lower bound; price them under prices: (design.json lists them as unpriced_items)",
                "bill"
            );
        }
    }
}
