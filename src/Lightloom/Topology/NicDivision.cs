using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>How NIC ports come out of their cages when each is divided over planes.</summary>
/// <remarks>
/// A NIC with several cages gives whole cages to planes: with as many planes as cages one to each, with more planes each cage is divided,
/// with fewer a plane gets several ports of the NIC.
/// </remarks>
/// <param name="Nics">The NICs.</param>
/// <param name="Planes">Planes over which each is divided, at least 1.</param>
internal readonly record struct NicDivision(NicPorts Nics, int Planes)
{
    /// <summary>Logical ports of one NIC that share a cage, 1 where it is not divided.</summary>
    public int LegsPerCage => Math.Max(1, Planes / Nics.CagesPerNic);

    /// <summary>Logical ports of one NIC in one plane.</summary>
    public int PortsInPlane => Math.Max(1, Nics.CagesPerNic / Planes);

    /// <summary>Rate of one logical port.</summary>
    public DataRate Rate => Nics.Rate.Value / Math.Max(Planes, Nics.CagesPerNic);

    /// <summary>True when cages and planes divide evenly.</summary>
    public bool IsEven => Planes % Nics.CagesPerNic == 0 || Nics.CagesPerNic % Planes == 0;

    /// <summary>True when the legs of one cage go to several planes.</summary>
    public bool SplitsCages => LegsPerCage > 1;

    /// <summary>The NIC, the cage (from 1) and the leg of a port.</summary>
    /// <param name="port">Port of the node in the plane: NIC by NIC.</param>
    /// <param name="plane">The plane among those that the NIC is divided over, from 0.</param>
    public (int Nic, int Cage, int Leg) At(int port, int plane)
    {
        int nic = port / PortsInPlane;
        if (Nics.CagesPerNic > 1)
        {
            int cage = Planes < Nics.CagesPerNic ? (plane * PortsInPlane) + (port % PortsInPlane) : plane / LegsPerCage;
            return (nic, (nic * Nics.CagesPerNic) + cage + 1, plane % LegsPerCage);
        }

        return (nic, (nic / Nics.NicsPerCage) + 1, (nic % Nics.NicsPerCage * Planes) + plane);
    }

    /// <summary>How a cage is used when it faces lanes of <paramref name="laneRate"/>.</summary>
    public CageUse Facing(DataRate laneRate) =>
        new(
            Nics.FormFactor.Value,
            Nics.Thermal,
            Nics.CageRate,
            Nics.LanesFacing(laneRate) * Nics.NicsPerCage / Nics.CagesPerNic,
            new(Nics.NicsPerCage * LegsPerCage, Rate)
        )
        {
            MostLanes = Nics.LaneOptions.OrEmpty().DefaultIfEmpty(0).Max() * Nics.NicsPerCage / Nics.CagesPerNic,
            Plugs = PlugForms.Of(Nics.Takes.OrEmpty()),
            DrivesLinear = Nics.DrivesLinear is { Value: true },
        };
}
