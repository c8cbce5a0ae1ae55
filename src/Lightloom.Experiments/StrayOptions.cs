using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;

namespace Lightloom.Experiments;

/// <summary>
/// Options that are right by themselves and would change nothing in the run that the others ask for. One rule for whoever runs a network:
/// what cannot matter is refused, with what to give instead.
/// </summary>
public static class StrayOptions
{
    private sealed record Asked(
        TransportDescription Transport,
        LoadBalancingDescription Balancing,
        SimulationOptions Options,
        int Planes,
        bool IsFluid,
        IReadOnlyCollection<TrafficRequest> Requests
    );

    /// <param name="Option">The option.</param>
    /// <param name="Why">Why it changes nothing; null where it does.</param>
    /// <param name="IsHarmless">True where the run is what was meant all the same, so that a note suffices.</param>
    private sealed record Rule(string Option, Func<Asked, string?> Why, bool IsHarmless = false);

    private static readonly string[] OfCells =
    [
        "--credit-bytes",
        "--credit-speedup",
        "--cell-bytes",
        "--cell-header-bytes",
        "--spray",
        "--hungry",
        "--hungry-bytes",
        "--voq-bytes",
        "--voq-full",
        "--sram-bytes",
        "--credit-share",
        "--slice-ports",
        "--no-egress-flow-control",
        "--congestion-cells",
        "--no-input-balanced",
        "--cell-latency-ns",
    ];

    private static readonly string[] OfPackets =
    [
        "--transport-option",
        "--preset",
        "--queue-bytes",
        "--ecn-bytes",
        "--no-trim",
        "--ack-bytes",
        "--initial-window-bytes",
        "--flow-control",
        "--selective-repeat",
        "--packet-error-rate",
        "--link-retry",
        "--cut-through",
        "--frame-gap-bytes",
        "--congestion-state",
        "--update-us",
        "--cells",
    ];

    // The first reason counts, so what holds for a whole engine or fabric comes first.
    private static readonly Rule[] Rules =
    [
        .. OfPackets
            .Concat(OfCells)
            .Select(o => new Rule(o, a => a.IsFluid ? "--engine fluid has no packets; leave one of the two out" : null)),
        .. OfCells.Select(o => new Rule(
            o,
            a => a.Options.Cells is null ? "it is for the switch-scheduled fabric; add --cells true or --cells bursts" : null
        )),
        new("--calibration", a => a.IsFluid ? null : "packets need no terms; add --engine fluid"),
        new("--skew", Even),
        new("--experts", Even),
        new(
            "--pxn",
            a => a.Requests.Any(IsAllToAll) ? null : "it relays messages of an all-to-all; take --workload all-to-all or moe-dispatch"
        ),
        new("--size", a => Elsewhere(a, "sizes")),
        new("--xpus", a => Elsewhere(a, "XPUs")),
        new("--placement", a => a.Requests.Any(r => r is JobsRequest) ? null : "it divides XPUs among jobs; add --job"),
        new("--load-balancing", a => a.Options.Cells is null ? null : "a cell fabric deals cells to all links; it has --spray"),
        new("--flow-control", a => a.Options.Cells is null ? null : "a cell fabric holds hosts back by its queues; it has --voq-full"),
        new("--cut-through", a => a.Options.Cells is null ? null : "leaves of a cell fabric send cells as they have credit for them"),
        new("--no-trim", Untrimmed),
        new(
            "--link-retry",
            a => a.Options.PacketErrorRate > 0 ? null : "no link corrupts a packet, so there is nothing to repair; add --packet-error-rate"
        ),
        new(
            "--pause-alpha",
            a =>
                !HasLossless(a.Options) ? Lossless
                : a.Options.SharedBuffer is null ? "it is a share of a buffer that ports share; add --buffer-bytes"
                : null
        ),
        new("--headroom-bytes", a => HasLossless(a.Options) ? null : Lossless),
        new("--hungry-bytes", a => a.Options.Cells?.Hungry == HungryPolicy.TopUp ? null : "it is for --hungry top-up"),
        new("--slice-ports", a => a.Options.Cells?.Share == CreditShare.IngressSlice ? null : "it is for --credit-share slice"),
        new("--queue-bytes", a => Queues(a.Options)),
        new(
            "--ecn-bytes",
            a =>
                a.Options.Cells is not null ? "a cell fabric marks no packets; it has --congestion-cells"
                : !a.Transport.ReadsMarks ? $"{a.Transport.Name} never looks at marks; {Those(t => t.ReadsMarks)} do"
                : null
        ),
        new(
            "--ack-bytes",
            a =>
                a.Transport.AcknowledgesByBytes
                    ? null
                    : $"receivers of {a.Transport.Name} answer every packet; those of {Those(t => t.AcknowledgesByBytes)} wait for bytes"
        ),
        new(
            "--initial-window-bytes",
            a =>
                a.Transport.TakesFirstWindow
                    ? null
                    : $"senders of {a.Transport.Name} begin without a window; those of {Those(t => t.TakesFirstWindow)} have one"
        ),
        new(
            "--selective-repeat",
            a =>
                a.Transport.InOrder
                    ? null
                    : $"receivers of {a.Transport.Name} keep packets in any order already; it is for {Those(t => t.InOrder)}"
        ),
        new(
            "--paths",
            a => a.Options.Cells is not null ? "a cell fabric deals cells to all links, whatever a packet's entropy value" : null
        ),
        // Comparisons of load balancings give all of them the same command line.
        new(
            "--paths",
            a =>
                a.Options.Cells is not null || a.Balancing.VariesEntropy || LoadBalancingDescription.EntropyNamesPlanes(a.Options, a.Planes)
                    ? null
                    : $"{a.Balancing.Name} gives a flow one entropy value; {Varying} vary it",
            IsHarmless: true
        ),
        new("--detect-us", a => a.Options.Faults.Count > 0 ? null : "nothing fails in this run; add --fail"),
        new("--update-us", a => a.Options.Faults.Count > 0 ? null : "nothing fails in this run; add --fail"),
        new("--plane-policy", a => a.Planes > 1 ? null : "the network has one plane, so there is nothing to choose"),
        new("--congestion-state", a => a.Planes > 1 ? null : "the network has one plane, and so one state"),
        new(
            "--window",
            a => a.Requests.Any(IsAllToAll) ? null : "only all-to-all keeps so many transfers under way; jobs have the usual number of them"
        ),
    ];

    /// <summary>All of them, with what to do instead: the first that is refused, or where none is, what is worth a note.</summary>
    /// <param name="given">The names of the options that were given, with their dashes.</param>
    /// <param name="bed">The network.</param>
    /// <param name="choices">What was chosen.</param>
    /// <param name="requests">What runs on it, one after the other.</param>
    /// <exception cref="RefusedException">The choices do not fit the network, or an option is without effect.</exception>
    public static IReadOnlyList<string> Check(
        IReadOnlySet<string> given,
        Testbed bed,
        EngineChoices choices,
        IReadOnlyCollection<TrafficRequest> requests
    )
    {
        SimulationOptions options = choices.On(bed);
        Asked asked = new(
            Transports.Find(options.Transport),
            LoadBalancings.Find(options.LoadBalancing),
            options,
            bed.Network.PlaneCount,
            choices.Engine == EngineKind.Fluid,
            requests
        );
        List<string> notes = [];
        foreach (Rule rule in Rules)
        {
            if (given.Contains(rule.Option) && rule.Why(asked) is { } why)
            {
                string words = $"{rule.Option} changes nothing here: {why}";
                if (!rule.IsHarmless)
                {
                    throw new RefusedException(words);
                }

                notes.Add(words);
            }
        }

        return notes;
    }

    private static string? Queues(SimulationOptions options) =>
        options switch
        {
            { Cells: not null } => "a cell fabric has virtual output queues; give --voq-bytes",
            { SharedBuffer: not null } => "ports share --buffer-bytes; give one of the two",
            { FlowControl: FlowControl.Pfc } =>
                "with PFC a queue becomes as long as pauses let it; add --flow-control none for queues that overflow",
            _ => null,
        };

    private const string Lossless = "no class is lossless; give one, as --class NAME,lossless";

    private static bool HasLossless(SimulationOptions options) => options.Classes.Any(c => c.Lossless);

    private static string? Elsewhere(Asked asked, string what) =>
        asked.Requests.All(r => r is WorkloadRequest) ? null
        : asked.Requests.Any(r => r is JobsRequest) ? $"each --job names its own {what}"
        : asked.Requests.First() is var request && what == "XPUs" && !request.SaysXpus ? null
        : $"{request.Origin} names its own {what}";

    private static string? Untrimmed(Asked asked) =>
        asked.Options.Cells is not null ? "a cell fabric trims no packets"
        : asked.Options.FlowControl != FlowControl.None ? "links that pause senders drop no packets, so that nothing is trimmed"
        : !asked.Transport.Trims ? $"switches do not trim packets of {asked.Transport.Name}; those of {Those(t => t.Trims)} they do"
        : null;

    private static bool IsAllToAll(TrafficRequest request) => request is WorkloadRequest asked && Workload.IsExchange(asked.Name);

    private static string? Even(Asked asked) =>
        asked.Requests.Any(r => r is WorkloadRequest w ? Workload.IsUneven(w.Name) : r is JobsRequest { HasExperts: true })
            ? null
            : "its ranks are asked for alike; take --workload "
                + string.Join(" or ", Workload.Names.Where(Workload.IsUneven))
                + ", or a --job of one of them";

    private static string Varying => string.Join(", ", LoadBalancings.All.Where(b => b.VariesEntropy).Select(b => b.Name));

    private static string Those(Func<TransportDescription, bool> trait) =>
        string.Join(", ", Transports.All.Where(trait).Select(t => t.Name));
}
