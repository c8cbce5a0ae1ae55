using Microsoft.AspNetCore.Mvc;

namespace Lightloom.Studio.Api;

/// <summary>Which cables are asked for.</summary>
internal sealed record CableQuestion
{
    /// <summary>Network: <c>backend</c>, <c>frontend</c>, <c>oob</c> or one of the file's.</summary>
    [FromQuery(Name = "role")]
    public string? Role { get; init; }

    /// <summary>Tiers: <c>host-leaf</c>, <c>leaf-spine</c> ...</summary>
    [FromQuery(Name = "tier")]
    public string? Tier { get; init; }

    /// <summary>Plane, from 0.</summary>
    [FromQuery(Name = "plane")]
    public int? Plane { get; init; }

    /// <summary>Id of the product.</summary>
    [FromQuery(Name = "product")]
    public string? Product { get; init; }

    /// <summary>Medium: one of the catalogue's words, or <c>fibre</c> for all but copper and twisted pair.</summary>
    [FromQuery(Name = "medium")]
    public string? Medium { get; init; }

    /// <summary>Kind: <c>dac</c>, <c>sr</c> ...</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>Rack at either end.</summary>
    [FromQuery(Name = "rack")]
    public string? Rack { get; init; }

    /// <summary>Device at either end.</summary>
    [FromQuery(Name = "device")]
    public string? Device { get; init; }

    /// <summary>Least length in metres.</summary>
    [FromQuery(Name = "min_m")]
    public double? MinM { get; init; }

    /// <summary>Most length in metres.</summary>
    [FromQuery(Name = "max_m")]
    public double? MaxM { get; init; }

    /// <summary>A part of an id, or of the name of a device or rack.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }
}
