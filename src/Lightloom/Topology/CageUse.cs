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
    private readonly PlugForms _takes;

    /// <summary>Rate of one lane at full cage rate.</summary>
    public DataRate LaneRate => CageRate / Lanes;

    /// <summary>Lanes that may run where they are slower than <see cref="LaneRate"/>; 0 for no more than <see cref="Lanes"/>.</summary>
    public int MostLanes { get; init; }

    /// <summary>Rates that its lanes can run at, as the maker says; empty where nobody does, and for hosts.</summary>
    public LaneRateSet LaneRates { get; init; }

    /// <summary>True when it is known to drive modules without a signal processor; asked of hosts only.</summary>
    public bool DrivesLinear { get; init; }

    /// <summary>Logical links that share the cage.</summary>
    public int Ways => Breakout.Ways;

    /// <summary>Forms of plug that go in: what the maker says, else what the agreements on the form allow.</summary>
    public PlugForms Plugs
    {
        get => _takes.IsEmpty ? PlugForms.ByAgreement(FormFactor) : _takes;
        init => _takes = value;
    }
}
