using System.Globalization;
using Lightloom.Units;

namespace Lightloom.Simulation.Memory;

/// <summary>How much memory this process may still take.</summary>
public static class AvailableMemory
{
    /// <summary>
    /// Bytes: the least of what the machine has free, what the container allows and what the process's limit on its address space leaves.
    /// </summary>
    public static DataSize Size
    {
        get
        {
            long used = Environment.WorkingSet;
            // Physical memory, or the container's limit, or the runtime's own.
            long allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - used;
            long free = Field("/proc/meminfo", "MemAvailable:", 1024) ?? long.MaxValue;
            long space = Field("/proc/self/limits", "Max address space", 1) is { } limit ? limit - used : long.MaxValue;
            return DataSize.FromBytes(Math.Max(0, Math.Min(allowed, Math.Min(free, space))));
        }
    }

    // The first number after a name; nothing where the file or the number is missing, as on other systems or for "unlimited".
    private static long? Field(string path, string name, long unit)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                string[] words = line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return words.Length > 0 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                    ? value * unit
                    : null;
            }
        }
        return null;
    }
}
