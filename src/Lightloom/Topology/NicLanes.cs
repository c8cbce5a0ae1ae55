using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Which lane rates a NIC port can run at.</summary>
internal static class NicLanes
{
    /// <summary>Every lane rate that the port offers, the usual one first.</summary>
    public static IEnumerable<DataRate> LaneRateOptions(this NicPorts nics)
    {
        yield return nics.LaneRate;
        foreach (int lanes in nics.LaneOptions.OrEmpty())
        {
            if (lanes != nics.LanesPerNic.Value)
            {
                yield return nics.Rate.Value / lanes;
            }
        }
    }

    /// <summary>Lanes of one NIC port when it faces lanes of <paramref name="rate"/>; the usual number when it cannot match them.</summary>
    public static int LanesFacing(this NicPorts nics, DataRate rate)
    {
        foreach (DataRate option in nics.LaneRateOptions())
        {
            if (option == rate)
            {
                return (int)(nics.Rate.Value.BitsPerSecond / rate.BitsPerSecond);
            }
        }

        return nics.LanesPerNic.Value;
    }
}
