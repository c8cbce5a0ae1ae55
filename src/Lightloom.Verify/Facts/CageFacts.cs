using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Verify.Facts;

/// <summary>What the catalogue says of one cage.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Takes">Forms of plug that go in, as its maker says; empty where the catalogue does not say.</param>
/// <param name="Thermal">The heat sink that it takes.</param>
/// <param name="Lanes">Electrical lanes.</param>
/// <param name="LaneRates">Rates that a lane can run at, where that is known: the usual one first. The usual one alone where it is not.</param>
/// <param name="Rate">All lanes together.</param>
/// <param name="Protocols">What it can speak; null where nobody says.</param>
/// <param name="Divisions">How it may be divided; empty where the catalogue does not say (nodes).</param>
internal sealed record CageFacts(
    FormFactor Form,
    IReadOnlyList<FormFactor> Takes,
    ThermalType Thermal,
    int Lanes,
    IReadOnlyList<DataRate> LaneRates,
    DataRate Rate,
    IReadOnlyList<Protocol>? Protocols,
    IReadOnlyList<Breakout> Divisions
)
{
    /// <summary>True where <see cref="LaneRates"/> are all that a lane runs at, so that it runs at no other.</summary>
    public bool LaneRatesAreKnown { get; init; }

    /// <summary>True for a socket of co-packaged optics.</summary>
    public bool IsCoPackaged => Form is FormFactor.CoPackagedMpo12 or FormFactor.CoPackagedMmc12;
}
