using System.Runtime.InteropServices;

namespace Lightloom.Simulation.Memory;

/// <summary>
/// Asks the operating system for 2 MiB pages. State is touched at random over tens of megabytes, where translating addresses costs about as
/// much as fetching the data; a system that does not know the request loses nothing.
/// </summary>
internal static unsafe partial class HugePages
{
    private const long PageBytes = 1 << 21;
    private const int MadviseHugePage = 14;
    private static bool _unavailable = !OperatingSystem.IsLinux();

    /// <summary>Asks for huge pages wherever a whole one fits.</summary>
    public static void Advise(void* start, long bytes)
    {
        nuint first = ((nuint)start + (nuint)PageBytes - 1) & ~(nuint)(PageBytes - 1);
        nuint end = ((nuint)start + (nuint)bytes) & ~(nuint)(PageBytes - 1);
        if (_unavailable || end <= first)
        {
            return;
        }
        try
        {
            _ = MemoryAdvise((void*)first, end - first, MadviseHugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            _unavailable = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* start, nuint length, int advice);
}
