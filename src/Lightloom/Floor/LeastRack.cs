using System.Globalization;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Floor;

/// <summary>
/// What <c>floor.rack</c> would have to say for every single device of a design to fit a rack, key by key; null where what it says suffices.
/// </summary>
/// <param name="Units">Least rack units, those that are kept free included.</param>
/// <param name="PowerKilowatts">Least power of a rack, in whole kilowatts.</param>
/// <param name="WeightKilograms">Least weight that a rack may have, in whole kilograms.</param>
internal sealed record LeastRack(int? Units, double? PowerKilowatts, double? WeightKilograms)
{
    /// <summary>The keys with their values as a file writes them.</summary>
    public string Keys =>
        string.Join(
            ", ",
            new[]
            {
                Units is { } units ? string.Create(CultureInfo.InvariantCulture, $"floor.rack.units: {units}") : null,
                PowerKilowatts is { } power ? string.Create(CultureInfo.InvariantCulture, $"floor.rack.power_kw: {power:0}") : null,
                WeightKilograms is { } weight ? string.Create(CultureInfo.InvariantCulture, $"floor.rack.weight_kg: {weight:0}") : null,
            }.OfType<string>()
        );

    /// <summary>What the devices of a network need beyond what a rack offers; null where each fits.</summary>
    /// <param name="geometry">What a rack offers.</param>
    /// <param name="network">What is to stand in racks.</param>
    public static LeastRack? Of(FloorGeometry geometry, Network network)
    {
        DeviceSize[] sizes = [.. network.Groups.Select(g => g.Model).Distinct().Select(m => DeviceSize.Of(geometry, m))];
        DeviceSize[] placed = [.. sizes.Where(s => !s.IsRack)];
        int units = placed.Select(s => s.Units).DefaultIfEmpty(0).Max();
        Power power = placed.Select(s => s.Power).DefaultIfEmpty(Power.Zero).Max();
        Mass weight = sizes.Where(s => s.Weight is not null).Select(s => WeightOf(geometry, s)).DefaultIfEmpty(Mass.Zero).Max();
        LeastRack least = new(
            units > geometry.UsableUnits ? units + geometry.ReservedUnits : null,
            geometry.PowerGiven && power > geometry.PowerLimit ? Math.Ceiling(power.Watts / 1000) : null,
            geometry.WeightGiven && weight > geometry.WeightLimit ? Math.Ceiling(weight.Kilograms) : null
        );
        return least is { Units: null, PowerKilowatts: null, WeightKilograms: null } ? null : least;
    }

    /// <summary>What a rack with one such device weighs: what fills a rack is weighed with it; what fills several, rack by rack.</summary>
    public static Mass WeightOf(FloorGeometry geometry, in DeviceSize size) =>
        size.Weight is not { } own ? Mass.Zero
        : size.IsRack ? Mass.FromGrams(own.Grams / Math.Max(1, size.Racks))
        : own + geometry.EmptyRack;

    /// <summary>The floor with these values.</summary>
    public FloorSpec In(FloorSpec floor) =>
        floor with
        {
            Rack = floor.Rack with
            {
                Units = Units ?? floor.Rack.Units,
                PowerLimit = PowerKilowatts is { } power ? Power.FromKilowatts(power) : floor.Rack.PowerLimit,
                WeightLimit = WeightKilograms is { } weight ? Mass.FromKilograms(weight) : floor.Rack.WeightLimit,
            },
        };
}
