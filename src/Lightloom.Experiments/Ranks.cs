namespace Lightloom.Experiments;

/// <summary>Who takes part in a workload. Immutable.</summary>
/// <param name="Hosts">Hosts in rank order, each once: XPUs that share a card take part as one.</param>
/// <param name="XpusPerHost">XPUs that send through each of these hosts; the largest where they differ.</param>
public sealed record Ranks(IReadOnlyList<int> Hosts, int XpusPerHost)
{
    /// <summary>How many hosts.</summary>
    public int Count => Hosts.Count;

    /// <summary>The same XPUs a card on other hosts: a part of them, or another order.</summary>
    public Ranks On(IReadOnlyList<int> hosts) => this with { Hosts = hosts };
}
