using System.Collections.Concurrent;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Compare;

/// <summary>What holds for every design of a comparison, so that all get the same flows. Safe to share between threads.</summary>
/// <param name="xpus">XPUs that take part: as many in every design.</param>
/// <param name="options">Sizes and groups.</param>
/// <param name="networks">The networks of all designs.</param>
internal sealed class EqualTerms(int xpus, CompareOptions options, IReadOnlyList<NetworkDescription> networks)
{
    private readonly ConcurrentDictionary<(long Bytes, int Ranks), int> _windows = [];

    /// <summary>XPUs that take part.</summary>
    public int Xpus => xpus;

    /// <summary>Sizes and groups.</summary>
    public CompareOptions Options => options;

    /// <summary>The window of an all-to-all: the largest that <see cref="AllToAllWindow"/> gives one of the networks.</summary>
    /// <param name="bytes">What a card carries.</param>
    /// <param name="ranks">Cards that take part.</param>
    public int Window(long bytes, int ranks) =>
        _windows.GetOrAdd((bytes, ranks), key => networks.Max(n => AllToAllWindow.Of(n, key.Bytes, key.Ranks)));
}
