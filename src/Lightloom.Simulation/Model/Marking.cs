namespace Lightloom.Simulation.Model;

/// <summary>
/// How switches mark packets for a transport, as its options: never below one queue length, always above another, and between them with a
/// probability that rises in a straight line (random early detection on the present queue).
/// </summary>
internal static class Marking
{
    /// <summary>Names of the three options.</summary>
    public const string Low = "kmin-bytes";
    public const string High = "kmax-bytes";
    public const string Most = "pmax";

    private const double MostBytes = 1 << 30;

    /// <summary>The three options with a transport's own defaults.</summary>
    public static IReadOnlyList<TransportOption> Options(double low, double high, double most, ValueScale scale, string source) =>
        [
            new()
            {
                Name = Low,
                Help = "queue that a packet leaves behind from which switches mark (Kmin); in proportion at ports of another rate",
                Unit = "bytes",
                Least = 0,
                Most = MostBytes,
                Default = low,
                Scale = scale,
                Source = source,
            },
            new()
            {
                Name = High,
                Help = "queue above which every packet is marked (Kmax)",
                Unit = "bytes",
                Least = 1,
                Most = MostBytes,
                Default = high,
                Scale = scale,
                Source = source,
            },
            new()
            {
                Name = Most,
                Help = "probability of a mark just below Kmax (Pmax)",
                Least = 0,
                Most = 1,
                Default = most,
                Source = source,
            },
        ];

    /// <summary>Figures of a preset for the three options of <paramref name="options"/>.</summary>
    public static IEnumerable<PresetValue> Of(
        IReadOnlyList<TransportOption> options,
        double low,
        double high,
        double most,
        ValueScale scale
    ) => [new(options[0], low, scale), new(options[1], high, scale), new(options[2], most)];
}
