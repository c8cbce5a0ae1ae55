using System.Globalization;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// One run, ready for the engine: a network, its traffic and the engine's options. <see cref="Of(Testbed, EngineChoices, TrafficRequest)"/>
/// is the only way from a specification and a user's choices to a run, so that two commands that are asked the same thing run the same.
/// </summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record Experiment
{
    private Experiment(Testbed bed, TrafficDescription traffic, SimulationOptions options, EngineKind engine)
    {
        Testbed = bed;
        Traffic = traffic;
        Options = options;
        Engine = engine;
    }

    /// <summary>The network and the way back to its design.</summary>
    public Testbed Testbed { get; }

    /// <summary>The network as it is run.</summary>
    public NetworkDescription Network => Testbed.Network;

    /// <summary>What runs on it.</summary>
    public TrafficDescription Traffic { get; }

    /// <summary>How it is run.</summary>
    public SimulationOptions Options { get; private init; }

    /// <summary>By which engine.</summary>
    public EngineKind Engine { get; }

    /// <summary>What transport and load balancing add to the fluid engine's answer; null where that is not known.</summary>
    public FluidTerms? Terms { get; private init; }

    /// <summary>What was done to the request to make it fit the network, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>What runs, in a few words.</summary>
    public string Title =>
        Traffic.Name.Length > 0 && Traffic.CollectiveHosts > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Traffic.Name}, {SizeText(Traffic.CollectiveSize.Bytes)} over {Traffic.CollectiveHosts:#,0} {Testbed.EndpointWord}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{Kind}, {Traffic.Flows.Count:#,0} flows");

    private string Kind =>
        Traffic.Name.Length > 0 ? Traffic.Name
        : Traffic.Jobs.Count > 0 ? $"{Traffic.Jobs.Count} jobs"
        : "connection matrix";

    /// <summary>Makes a run out of what was asked.</summary>
    /// <exception cref="RefusedException">The choices, the traffic and the network do not fit together; the message says why.</exception>
    public static Experiment Of(Testbed bed, EngineChoices choices, TrafficRequest request)
    {
        if (choices.Engine == EngineKind.Hybrid)
        {
            throw new RefusedException(
                "--engine hybrid is for a collective of a cluster file: --workload all-reduce and others that repeat their steps, "
                    + "without --job, --tm and faults; take --engine packet or fluid"
            );
        }

        if (choices.Engine == EngineKind.Fluid && (choices.Other.Classes.Count > 0 || choices.Other.SharedBuffer is not null))
        {
            throw new RefusedException("--engine fluid has no queues, so no --class and no --buffer-bytes");
        }

        SimulationOptions options = choices.On(bed);
        Experiment made = Of(bed, options, request.On(bed, options.Seed), choices.Engine) with { Notes = request.NotesOn(bed) };
        made = made with
        {
            Terms = choices.Engine == EngineKind.Packet ? null : CalibrationRun.TermsFor(choices.Calibration, choices, bed),
        };
        return !choices.Trace
            ? made
            : made with
            {
                Options = options with
                {
                    TraceInterval = Findings.TraceInterval(bed.Network, made.Traffic, options),
                    TraceSamples = 2 * Findings.TraceSamples(bed.Network),
                },
            };
    }

    /// <summary>
    /// A run of traffic that has been made for the network already, with options that <see cref="EngineChoices.On"/> made.
    /// </summary>
    public static Experiment Of(
        Testbed bed,
        SimulationOptions options,
        TrafficDescription traffic,
        EngineKind engine = EngineKind.Packet
    ) => new(bed, traffic, options, engine);

    /// <summary>Runs it. The result's notes include what the design leaves out or assumes.</summary>
    /// <param name="progress">Told now and then how far the run is, or null.</param>
    /// <param name="cancellation">Stops between events; what is known then is the result.</param>
    /// <exception cref="RefusedException">The engine does not accept the options or the traffic.</exception>
    /// <exception cref="TooLargeException">It would not fit into memory.</exception>
    public SimulationResult Run(Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Engine == EngineKind.Packet)
        {
            MemoryCheck.BeforeRunning(Network, Traffic, Options);
        }

        SimulationResult result =
            Engine == EngineKind.Fluid
                ? FluidSimulator.Run(Network, Traffic, Options, progress, cancellation, Terms)
                : PacketSimulator.Run(Network, Traffic, Options, progress, cancellation);
        return Testbed.Designed is not { } designed
            ? result
            : result with
            {
                Notes =
                [
                    .. result.Notes,
                    .. designed.Notes,
                    .. designed.InsideNodes(Traffic) is { } inside ? [inside] : Array.Empty<string>(),
                ],
            };
    }

    private static string SizeText(long bytes) =>
        bytes switch
        {
            >= 1 << 30 => Scaled(bytes, 1 << 30, "GiB"),
            >= 1 << 20 => Scaled(bytes, 1 << 20, "MiB"),
            >= 1 << 10 => Scaled(bytes, 1 << 10, "KiB"),
            _ => bytes.ToString(CultureInfo.InvariantCulture) + " bytes",
        };

    private static string Scaled(long bytes, long unit, string word) =>
        (bytes / (double)unit).ToString("0.##", CultureInfo.InvariantCulture) + " " + word;
}
