using Lightloom.Units;

namespace Lightloom.Spec;

/// <summary>Limits that the design must keep; null where the file sets none.</summary>
public sealed record LimitsSpec
{
    /// <summary>Most the network may cost.</summary>
    [Key("capex_usd", "Most that the network may cost.", Minimum = 0, Example = "5.0e8")]
    public Money? Capex { get; init; }

    /// <summary>Most power the network may draw.</summary>
    [Key("network_power_kw", "Most power that the network may draw.", Minimum = 0, Example = "4000")]
    public Power? NetworkPower { get; init; }

    /// <summary>Most racks, all kinds.</summary>
    [Key("racks", "Most racks, all kinds.", Minimum = 1, Example = "2000")]
    public int? Racks { get; init; }

    /// <summary>Most latency of the longest backend path, in microseconds.</summary>
    [Key("latency_us", "Most latency of the longest backend path.", Minimum = 0, Example = "10")]
    public double? LatencyUs { get; init; }
}
