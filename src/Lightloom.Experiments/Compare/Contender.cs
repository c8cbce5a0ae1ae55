using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Keys;
using Lightloom.Spec;

namespace Lightloom.Experiments.Compare;

/// <summary>One of the designs that are compared: designed, or the reason why there is none. Immutable.</summary>
public sealed record Contender
{
    /// <summary>What tables call it.</summary>
    public required string Label { get; init; }

    /// <summary>What was asked.</summary>
    public required ClusterSpec Spec { get; init; }

    /// <summary>The design, or null when nothing feasible was found.</summary>
    public ClusterDesign? Design { get; init; }

    /// <summary>Its figures, or null without a design.</summary>
    public ContenderFigures? Figures { get; init; }

    /// <summary>Why there is no design; empty when there is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was done to make it comparable, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Designs a specification as it stands.</summary>
    public static Contender Of(
        ClusterSpec spec,
        string label,
        DiagnosticBag diagnostics,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        ClusterDesign? design = Designer.Design(spec, diagnostics, progress, cancel);
        return new()
        {
            Label = label,
            Spec = spec,
            Design = design,
            Figures = design is null ? null : ContenderFigures.Of(design, spec.Objectives.Limits),
            Reason = design is null ? string.Join("; ", diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)) : "",
        };
    }

    /// <summary>
    /// The endpoint-scheduled and the switch-scheduled design of one file: same pools, floor, services, interconnects and planes; the
    /// switches of the backend are each paradigm's cheapest feasible of the catalogue. Transport and load balancing that the file names
    /// hold for the paradigm that it names. Limits do not choose; a design that breaks one says so.
    /// </summary>
    /// <param name="spec">The file.</param>
    /// <param name="keepSwitches">Keeps the switches that the file names for the paradigm it names.</param>
    /// <param name="progress">Told of the stages, or null.</param>
    /// <param name="cancel">Stops the work.</param>
    public static IReadOnlyList<Contender> Paradigms(
        ClusterSpec spec,
        bool keepSwitches = false,
        IProgress<DesignStage>? progress = null,
        CancellationToken cancel = default
    ) => [.. new[] { Paradigm.EndpointScheduled, Paradigm.SwitchScheduled }.Select(p => Variant(spec, p, keepSwitches, progress, cancel))];

    private static Contender Variant(
        ClusterSpec spec,
        Paradigm paradigm,
        bool keepSwitches,
        IProgress<DesignStage>? progress,
        CancellationToken cancel
    )
    {
        bool keep = keepSwitches && spec.Backend.Paradigm == paradigm;
        bool pods = paradigm == Paradigm.SwitchScheduled && spec.Backend.PlaneLayout == PlaneLayout.Pods;
        List<string> notes = [];
        BackendSpec backend = spec.Backend with { Paradigm = paradigm };
        if (!keep)
        {
            backend = backend with { Switch = null, Leaf = [], Spine = null, SuperSpine = null };
        }

        if (paradigm != spec.Backend.Paradigm && (backend.Transport ?? backend.LoadBalancing) is not null)
        {
            // What the file names fits its own paradigm: NSCC under credits, or switches that deal in turn under NSCC, is no paradigm's choice.
            string[] named = [.. new[] { backend.Transport, backend.LoadBalancing }.OfType<string>()];
            notes.Add($"{string.Join(" and ", named)} belong to the file's own paradigm; this design runs with what fits it");
            backend = backend with { Transport = null, LoadBalancing = null };
        }

        if (pods)
        {
            backend = backend with { PlaneLayout = PlaneLayout.NicSplit, Planes = new AutoInt(1), PlaneXpus = null };
            notes.Add("pods are joined by an aggregation tier, which a cell fabric of this model does not have: one plane for all instead");
        }

        ClusterSpec asked = spec with { Backend = backend, Objectives = spec.Objectives with { Limits = new() } };
        DiagnosticBag diagnostics = new();
        ClusterDesign? design = Designer.Design(asked, diagnostics, progress, cancel);
        if (design is null && !backend.Planes.IsAuto)
        {
            // The planes that the file fixed were meant for the other paradigm; free, they may still come out.
            ClusterSpec free = asked with
            {
                Backend = backend with { Planes = AutoInt.Auto },
            };
            if (Designer.Design(free, new(), progress, cancel) is { } other)
            {
                notes.Add($"not feasible with planes: {backend.Planes} ({FirstError(diagnostics)}), so the number of planes was left free");
                (asked, design) = (free, other);
            }
        }

        return new()
        {
            Label = paradigm == Paradigm.EndpointScheduled ? "endpoint-scheduled" : "switch-scheduled",
            Spec = asked,
            Design = design,
            Figures = design is null ? null : ContenderFigures.Of(design, spec.Objectives.Limits),
            Reason = design is null ? FirstError(diagnostics) : "",
            Notes = notes,
        };
    }

    private static string FirstError(DiagnosticBag diagnostics) =>
        diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } error ? error.Message : "no design was found";
}
