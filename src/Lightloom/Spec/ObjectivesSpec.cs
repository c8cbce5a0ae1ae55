namespace Lightloom.Spec;

/// <summary>What the design is judged by.</summary>
public sealed record ObjectivesSpec
{
    /// <summary>What to make small.</summary>
    [Key("minimize", "What to make small where the file leaves a choice.")]
    public DesignObjective Minimize { get; init; } = DesignObjective.Capex;

    /// <summary>Which switches come first where the file leaves the model open.</summary>
    [Key("availability", "Which switches come first where the model is open: those that are sold, or announced ones alike.")]
    public SwitchAvailability Availability { get; init; } = SwitchAvailability.Shipping;

    /// <summary>Limits to keep.</summary>
    [Key("limits", "Limits to keep; when none is feasible the exit code is 3.")]
    public LimitsSpec Limits { get; init; } = new();

    /// <summary>Years of operation that energy and cost are summed over.</summary>
    [Key("years", "Years of operation that energy cost is summed over.", Minimum = 0, Maximum = 30)]
    public double Years { get; init; } = 5;

    /// <summary>Power usage effectiveness; null takes the catalogue's average.</summary>
    [Key("pue", "Power usage effectiveness of the site.", Minimum = 1, Maximum = 5, Example = "1.3")]
    public double? Pue { get; init; }

    /// <summary>Price of electricity in dollars a kilowatt-hour; null takes the catalogue's figure.</summary>
    [Key("tariff_usd_per_kwh", "Price of electricity.", Minimum = 0, Maximum = 10, Example = "0.07")]
    public double? TariffUsdPerKwh { get; init; }
}
