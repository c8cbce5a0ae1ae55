using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments;

/// <summary>Refuses what would not fit into memory, before any of it is taken.</summary>
public static class MemoryCheck
{
    // What is small anywhere is not worth asking the machine about.
    private const long Small = 64 << 20;

    /// <summary>Refuses traffic that is still to be made.</summary>
    /// <exception cref="TooLargeException">It does not fit.</exception>
    public static void BeforeMaking(Func<TrafficSize> size, NetworkDescription network, SimulationOptions options) =>
        Check(() => MemoryEstimate.Of(network, size(), options));

    /// <summary>Refuses a run whose traffic exists.</summary>
    /// <exception cref="TooLargeException">It does not fit.</exception>
    public static void BeforeRunning(NetworkDescription network, TrafficDescription traffic, SimulationOptions options) =>
        Check(() => MemoryEstimate.Of(network, traffic, options));

    private static void Check(Func<MemoryEstimate> estimate)
    {
        string? refusal;
        try
        {
            MemoryEstimate made = estimate();
            refusal = made.Flows <= TrafficSize.MostFlows && made.Total.Bytes < Small ? null : made.Refusal(AvailableMemory.Size);
        }
        catch (OverflowException)
        {
            refusal = "the run would take more memory than 64 bits can count";
        }

        if (refusal is not null)
        {
            throw new TooLargeException(refusal + "; take fewer XPUs, a pattern of fewer flows, or a machine with more memory");
        }
    }
}
