using System.CommandLine;
using Lightloom.Design;
using Lightloom.Experiments;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Simulation.Transport;
using Lightloom.Topology;

namespace Lightloom.Cli.Options;

/// <summary>Options that several commands have: the same name, range and words everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>Largest message or collective, in bytes: one packet count of the engine more would not fit.</summary>
    public const long MostBytes = 1L << 42;

    /// <summary><c>--skew</c>: how popular experts are.</summary>
    public static CheckedOption<double?> Skew() =>
        Value.Number("--skew", $"{Uneven}: Zipf's exponent of how popular experts are, 0 for an even load.", 0, 10, 0);

    /// <summary><c>--experts</c>: how many experts there are.</summary>
    public static CheckedOption<int?> Experts() =>
        Value.Whole("--experts", $"{Uneven}: experts, in blocks on the XPUs (one an XPU).", 1, 16_777_216);

    /// <summary>What the two say of how unevenly ranks are asked for.</summary>
    public static ExpertLoad ExpertLoad(CheckedOption<double?> skew, CheckedOption<int?> experts, ParseResult parsed) =>
        new() { Skew = skew.In(parsed)!.Value, Experts = experts.In(parsed) };

    private static string Uneven => string.Join(", ", Workload.Names.Where(Workload.IsUneven));

    public static CheckedOption<string?> Catalog() => Value.Path("--catalog", "A directory of your own catalogue files.", "DIR");

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output." };

    public static CheckedOption<string?> Output(string what) => Value.Path("--output|-o", $"Write {what} into DIR.", "DIR");

    public static CheckedOption<string?> Fabric() =>
        Value.Name("--fabric", "Which network of the cluster.", "backend, frontend, or one that the file names under networks", "backend");

    /// <summary>Whether <c>--fabric</c> means the backend.</summary>
    public static bool IsBackend(CheckedOption<string?> fabric, ParseResult parsed) => fabric.In(parsed) is null or "backend";

    /// <summary>The network of a design that <c>--fabric</c> names.</summary>
    public static FabricRole Role(string? word, ClusterDesign design) =>
        design.Network.Fabrics.FirstOrDefault(f => f.Role.Name == word)?.Role
        ?? throw new RefusedException(
            $"{design.Spec.Name} has no network '{word}'; name one that it has: "
                + string.Join(", ", design.Network.Fabrics.Where(f => f.Role != FabricRole.Oob).Select(f => "--fabric " + f.Role.Name))
        );

    public static CheckedOption<string?> Transport() =>
        Value.Word(
            "--transport",
            "How hosts decide when to send: "
                + string.Join(", ", Transports.Words)
                + " (the cluster file's, else nscc; roce over a switch-scheduled fabric). simulate --list-options says what each is.",
            Transports.Words
        );

    public static RepeatedOption TransportOption() =>
        new(
            "--transport-option",
            "A constant of the transport, once for each, in the unit that simulate --list-options shows; e.g. g=0.004.",
            TransportConstants.Grammar,
            "NAME=VALUE",
            TransportConstants.IsOne
        );

    public static CheckedOption<string?> Preset() =>
        Value.Word(
            "--preset",
            "A published set of the transport's constants, of those that simulate --list-options shows; --transport-option goes before it.",
            [.. Transports.All.SelectMany(t => t.Presets.Select(p => p.Name))]
        );

    /// <summary>Both as the user gave them.</summary>
    public static TransportConstants Constants(RepeatedOption options, CheckedOption<string?> preset, ParseResult parsed) =>
        new(options.In(parsed), preset.In(parsed));

    public static CheckedOption<string?> LoadBalancing() =>
        Value.Word(
            "--load-balancing",
            "How packets are spread over paths: "
                + string.Join(", ", LoadBalancings.Words)
                + " (the cluster file's, else ecmp where packets must stay in order and oblivious elsewhere).",
            LoadBalancings.Words
        );

    public static CheckedOption<int?> Xpus(string whenLeftOut = "all") =>
        Value.Whole("--xpus", $"How many XPUs take part ({whenLeftOut}).", 2, 16_777_216);

    public static CheckedOption<double?> Detect() =>
        Value.Number("--detect-us", "Microseconds from a fault until switches and cards stop using the dead link.", 0, 1e6, 10, "us");

    public static CheckedOption<int?> Threads(string description, int usual) => Value.Whole("--threads", description, 1, 256, usual);
}
