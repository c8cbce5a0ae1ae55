using Lightloom.Simulation.Cells;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// All load balancings, in the order in which lists show them. A new one is a file of its own and a line here; files, command lines, help
/// and reports read its word and traits from its description.
/// </summary>
public static class LoadBalancings
{
    private static readonly Entry[] Entries =
    [
        new(HashRouting.Description, p => p.With<OnePath, HashRouting>()),
        new(FlowletRouting<ChipGap>.Description, p => p.With<OnePath, FlowletRouting<ChipGap>>()),
        new(Oblivious.Description, p => p.With<Oblivious, HashRouting>()),
        new(Bitmap.Description, p => p.With<Bitmap, HashRouting>()),
        new(Reps.Description, p => p.With<Reps, HashRouting>()),
        new(Mixed.Description, p => p.With<Mixed, HashRouting>()),
        new(RoundRobinRouting.Description, p => p.With<OnePath, RoundRobinRouting>()),
        new(AdaptiveRouting.Description, p => p.With<OnePath, AdaptiveRouting>()),
        new(FlowletRouting<NoGap>.Description, p => p.With<OnePath, FlowletRouting<NoGap>>()),
    ];

    /// <summary>What each says of itself.</summary>
    public static IReadOnlyList<LoadBalancingDescription> All { get; } = [.. Entries.Select(e => e.Description)];

    /// <summary>Their words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. All.Select(b => b.Name)];

    /// <summary>The load balancing of the engine's default options.</summary>
    public static LoadBalancingDescription Default { get; } = Find(new SimulationOptions().LoadBalancing);

    /// <summary>The load balancing of a word in whatever case; null when there is none.</summary>
    public static LoadBalancingDescription? TryFind(string word) =>
        All.FirstOrDefault(b => b.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The load balancing of a word in whatever case.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static LoadBalancingDescription Find(string word) =>
        TryFind(word) ?? throw new RefusedException($"'{word}' is no load balancing; known are {string.Join(", ", Words)}");

    /// <summary>The event loop of one partition, for the run's transport and load balancing.</summary>
    internal static Runner CreateRunner(RunnerParts parts)
    {
        SimulationOptions options = parts.World.Options;
        if (options.Cells is not null)
        {
            return parts.With<OnePath, CellRouting>();
        }
        if (LoadBalancingDescription.EntropyNamesPlanes(options, parts.World.PlaneCount))
        {
            // The entropy value names the plane too, so one rule makes both choices.
            return parts.With<PlaneEntropy, HashRouting>();
        }
        return Entries.First(e => e.Description == parts.World.LoadBalancing).Create(parts);
    }

    private sealed record Entry(LoadBalancingDescription Description, Func<RunnerParts, Runner> Create);
}
