using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Spec;

namespace Lightloom.Studio.Projects;

/// <summary>How much memory a design will take, told before it is begun.</summary>
internal static class MemoryEstimate
{
    /// <summary>The id of the refusal.</summary>
    public const string TooLarge = "LL9904";

    // Peaks of `design` beyond its 70 MB of code and catalogue: 1.3 KB an XPU at 16,384 (two planes), 1.4 at 131,072 (two planes), 1.3 at 524,288
    // (eight planes). The Studio's indexes come on top, by links.
    private const long BytesPerXpu = 1500;
    private const long BytesPerPort = 60;
    private const long Base = 96L << 20;

    /// <summary>Bytes that designing a specification takes at its peak, or null when its pools cannot be counted.</summary>
    public static long? Of(ClusterSpec spec)
    {
        if (Designer.CountXpus(spec) is not { } xpus)
        {
            return null;
        }

        int planes = Math.Max(1, spec.Backend.Planes.Value ?? 1);
        return Base + (xpus * (BytesPerXpu + (BytesPerPort * planes)));
    }

    /// <summary>The refusal of a design that would take more than there may be, or null.</summary>
    public static Diagnostic? Refusal(long estimate, long limit) =>
        estimate <= limit
            ? null
            : new(
                TooLarge,
                Severity.Error,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"this design would take about {estimate / 1e9:0.0} GB of memory, and {limit / 1e9:0.0} GB may be used here; ask for fewer "
                        + $"XPUs, or run the Studio on a machine with more memory"
                )
            );
}
