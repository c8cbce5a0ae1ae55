using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Simulation.Model;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments.Compare;

/// <summary>What is known of a design without running it: counts, money, power, distance. Immutable.</summary>
public sealed record ContenderFigures
{
    /// <summary>Who schedules the backend.</summary>
    public required Paradigm Paradigm { get; init; }

    /// <summary>XPUs.</summary>
    public required long Xpus { get; init; }

    /// <summary>Planes of the backend.</summary>
    public required int Planes { get; init; }

    /// <summary>Layout of the planes.</summary>
    public required PlaneLayout PlaneLayout { get; init; }

    /// <summary>Switches of the backend from the leaf up: tier, model and count.</summary>
    public required IReadOnlyList<(Tier Tier, string Switch, long Count)> BackendTiers { get; init; }

    /// <summary>Switches of all networks.</summary>
    public required long Switches { get; init; }

    /// <summary>Pluggable modules of all networks.</summary>
    public required long Optics { get; init; }

    /// <summary>Cables of all networks.</summary>
    public required long Cables { get; init; }

    /// <summary>Fibres in those cables.</summary>
    public required long Fibres { get; init; }

    /// <summary>Racks, all kinds.</summary>
    public required int Racks { get; init; }

    /// <summary>Cost of the network, as far as it has prices.</summary>
    public required Money Capex { get; init; }

    /// <summary>Pieces without a price; they count zero in <see cref="Capex"/>.</summary>
    public required long UnpricedPieces { get; init; }

    /// <summary>Ids of the parts without a price.</summary>
    public required IReadOnlyList<string> Unpriced { get; init; }

    /// <summary>
    /// The bill with the catalogue's median a gigabit where a price is missing; equal to <see cref="Capex"/> where none is.
    /// </summary>
    public required double EstimatedUsd { get; init; }

    /// <summary>Share of <see cref="EstimatedUsd"/> that is such a guess, 0 to 1.</summary>
    public required double GuessedShare { get; init; }

    /// <summary>Typical power of the network.</summary>
    public required Power Power { get; init; }

    /// <summary>Lines of the bill whose power nobody published; they count zero.</summary>
    public required int PowerUnknownLines { get; init; }

    /// <summary>Switches on the longest backend path.</summary>
    public required int Hops { get; init; }

    /// <summary>
    /// Unloaded one-way latency of the backend, shortest and longest path, in microseconds; null where it could not be computed.
    /// </summary>
    public required (double Shortest, double Longest)? LatencyUs { get; init; }

    /// <summary>True when a part of the latency is assumed.</summary>
    public required bool LatencyAssumed { get; init; }

    /// <summary>Half of what crosses the narrowest tier of the backend.</summary>
    public required DataRate Bisection { get; init; }

    /// <summary>Fabric bandwidth over network bandwidth net of the cell tax; null for an endpoint-scheduled fabric.</summary>
    public required double? SpeedUp { get; init; }

    /// <summary>Limits of the file that the design breaks, as sentences.</summary>
    public required IReadOnlyList<string> BrokenLimits { get; init; }

    /// <summary>Takes the figures from a design.</summary>
    /// <param name="design">The design.</param>
    /// <param name="limits">Limits to hold it against, for a design that was made without them.</param>
    public static ContenderFigures Of(ClusterDesign design, LimitsSpec limits)
    {
        Fabric backend =
            design.Network.Fabrics.FirstOrDefault(f => f.Role == FabricRole.Backend)
            ?? throw new RefusedException(
                $"{design.Spec.Name} has no backend, and backends are what is compared; `lightloom design` prints its other networks"
            );
        BillOfMaterials bill = design.Bill;
        LatencyBudget? latency = design.LatencyOf(FabricRole.Backend);
        List<string> broken = [];
        if (limits.Capex is { } capex && bill.Capex > capex)
        {
            broken.Add(FormattableString.Invariant($"costs {bill.Capex}, above the limit of {capex}"));
        }

        if (limits.NetworkPower is { } power && bill.NetworkPowerTypical > power)
        {
            broken.Add(
                FormattableString.Invariant(
                    $"draws {bill.NetworkPowerTypical.Kilowatts:#,0.#} kW, above the limit of {power.Kilowatts:#,0.#} kW"
                )
            );
        }

        if (limits.Racks is { } racks && bill.Racks > racks)
        {
            broken.Add(FormattableString.Invariant($"fills {bill.Racks} racks, above the limit of {racks}"));
        }

        if (limits.LatencyUs is { } us && latency is not null && latency.Longest.Total.Microseconds > us)
        {
            broken.Add(
                FormattableString.Invariant($"has {latency.Longest.Total.Microseconds:0.##} us of latency, above the limit of {us:0.##} us")
            );
        }

        return new()
        {
            Paradigm = backend.Paradigm,
            Xpus = design.Network.XpuCount,
            Planes = backend.Planes,
            PlaneLayout = backend.PlaneLayout,
            BackendTiers = [.. backend.Tiers.Select(t => (t.Tier, t.Switch.Id, (long)t.Count))],
            Switches = bill.Switches,
            Optics = bill.Transceivers,
            Cables = bill.Cables,
            Fibres = bill.Fibres,
            Racks = bill.Racks,
            Capex = bill.Capex,
            UnpricedPieces = bill.UnpricedQuantity,
            Unpriced = [.. bill.Lines.Where(l => l.UnitPrice is null && !l.IsSpare).Select(l => l.Id).Distinct()],
            EstimatedUsd = bill.Estimate.Total.Dollars,
            GuessedShare = bill.Estimate.Share,
            Power = bill.NetworkPowerTypical,
            PowerUnknownLines = bill.PowerUnknownLines,
            Hops = backend.Hops.Longest,
            LatencyUs = latency is null ? null : (latency.Shortest.Total.Microseconds, latency.Longest.Total.Microseconds),
            LatencyAssumed = latency?.Longest.RestsOnAssumptions ?? false,
            Bisection = backend.Bisection,
            SpeedUp = backend.FabricSpeedUp,
            BrokenLimits = broken,
        };
    }
}
