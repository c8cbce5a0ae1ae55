namespace Lightloom.Design;

/// <summary>A quantity that <c>objectives.limits</c> can bind.</summary>
internal enum LimitKind : byte
{
    /// <summary><c>capex_usd</c>.</summary>
    Capex,

    /// <summary><c>network_power_kw</c>.</summary>
    Power,

    /// <summary><c>racks</c>.</summary>
    Racks,

    /// <summary><c>latency_us</c>.</summary>
    Latency,
}
