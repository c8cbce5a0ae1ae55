using System.Diagnostics;
using System.Globalization;

namespace Lightloom.Tests;

/// <summary>
/// What a piece of work takes of the processor on the thread that does it. Other work on the machine does not count, so that a limit holds
/// on a busy one as well.
/// </summary>
internal static class ThreadClock
{
    // Nanoseconds that the thread has run, nanoseconds that it has waited to run, and how often it ran.
    private const string Source = "/proc/thread-self/schedstat";

    /// <summary>The time that <paramref name="work"/> runs for; by the wall's clock where the system does not tell.</summary>
    public static TimeSpan Of(Action work)
    {
        Stopwatch wall = Stopwatch.StartNew();
        long? before = Nanoseconds();
        work();
        long? after = Nanoseconds();
        return before is { } b && after is { } a ? TimeSpan.FromTicks((a - b) / TimeSpan.NanosecondsPerTick) : wall.Elapsed;
    }

    private static long? Nanoseconds() =>
        File.Exists(Source)
        && long.TryParse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture, out long time)
        && time > 0
            ? time
            : null;
}
