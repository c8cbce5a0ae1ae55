using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>How the cages at one end of a link class are used: what plugs in, and how it is divided.</summary>
/// <param name="FormFactor">Mechanical form.</param>
/// <param name="Thermal">Thermal variant that the cage takes.</param>
/// <param name="CageRate">What all lanes of the cage carry.</param>
/// <param name="Lanes">Electrical lanes of the cage.</param>
/// <param name="Breakout">How the cage is divided; <c>Ways</c> legs of the link's rate.</param>
public readonly record struct CageUse(FormFactor FormFactor, ThermalType Thermal, DataRate CageRate, int Lanes, Breakout Breakout)
{
    /// <summary>Rate of one lane at full cage rate.</summary>
    public DataRate LaneRate => CageRate / Lanes;

    /// <summary>Logical links that share the cage.</summary>
    public int Ways => Breakout.Ways;
}
