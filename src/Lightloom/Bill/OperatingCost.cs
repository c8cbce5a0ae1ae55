using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// Energy and its cost over the years that the file asks for. Typical power, drawn without a pause, times the site's overhead.
/// </summary>
public sealed record OperatingCost
{
    /// <summary>Hours in a year as they are counted here.</summary>
    public const double HoursPerYear = 8766;

    /// <summary>Years of operation.</summary>
    public required double Years { get; init; }

    /// <summary>Power usage effectiveness.</summary>
    public required double Pue { get; init; }

    /// <summary>Where the PUE comes from: the file, a source, or an assumption.</summary>
    public required string PueBasis { get; init; }

    /// <summary>Price of electricity in dollars a kilowatt-hour.</summary>
    public required double TariffUsdPerKwh { get; init; }

    /// <summary>Where the tariff comes from: the file, a source, or an assumption.</summary>
    public required string TariffBasis { get; init; }

    /// <summary>Typical power of the network.</summary>
    public required Power NetworkPower { get; init; }

    /// <summary>Typical power of nodes and network (maximum where a node's typical power is not known).</summary>
    public required Power ItPower { get; init; }

    /// <summary>Purchase price of the network.</summary>
    public required Money Capex { get; init; }

    /// <summary>Energy of the network over the years, overhead included, in kilowatt-hours.</summary>
    public double NetworkEnergyKwh => Energy(NetworkPower);

    /// <summary>Cost of that energy.</summary>
    public Money NetworkEnergyCost => Money.FromDollars(NetworkEnergyKwh * TariffUsdPerKwh);

    /// <summary>Energy of nodes and network over the years, overhead included, in kilowatt-hours.</summary>
    public double ItEnergyKwh => Energy(ItPower);

    /// <summary>Cost of that energy.</summary>
    public Money ItEnergyCost => Money.FromDollars(ItEnergyKwh * TariffUsdPerKwh);

    /// <summary>Purchase and energy of the network over the years.</summary>
    public Money NetworkTotal => Capex + NetworkEnergyCost;

    private double Energy(Power power) => power.Kilowatts * Pue * HoursPerYear * Years;
}
