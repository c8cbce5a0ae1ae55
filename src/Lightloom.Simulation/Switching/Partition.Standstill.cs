using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Switching;

/// <summary>Notices that events go on while time stands still.</summary>
internal sealed unsafe partial class Partition
{
    /// <summary>Events between two looks, less one.</summary>
    public const long LookMask = 0x3FFF;

    private long _lookedAt = -1;
    private long _looks;

    /// <summary>Time stood still for longer than any start of all flows at once explains.</summary>
    public bool TimeStands { get; private set; }

    /// <summary>
    /// Asked once in so many events, with the time of the latest: whether there were so many at that one instant that there is no end of
    /// them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool LooksStuck(long time)
    {
        if (time != _lookedAt)
        {
            _lookedAt = time;
            _looks = 0;
            return TimeStands;
        }
        return TimeStands |= ++_looks > MostLooks;
    }

    // Each flow, host and port may have its few events in one picosecond.
    private long MostLooks => 256 + 64L * (World.FlowCount + World.HostCount + World.PortCount) / (LookMask + 1);
}
