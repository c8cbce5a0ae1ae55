namespace Lightloom.Catalog;

/// <summary>All hardware that a design may use, with every figure's source. Immutable; iteration order is the order of the files.</summary>
public sealed class Catalogue
{
    /// <summary>Switches by id.</summary>
    public required IReadOnlyDictionary<string, SwitchModel> Switches { get; init; }

    /// <summary>Nodes by id.</summary>
    public required IReadOnlyDictionary<string, NodeModel> Nodes { get; init; }

    /// <summary>NICs by id.</summary>
    public required IReadOnlyDictionary<string, NicModel> Nics { get; init; }

    /// <summary>Interconnects by id.</summary>
    public required IReadOnlyDictionary<string, InterconnectModel> Interconnects { get; init; }

    /// <summary>Figures that belong to no part, by key (<see cref="Fact.Key"/>).</summary>
    public required IReadOnlyDictionary<string, Fact> Facts { get; init; }

    /// <summary>Sources by id.</summary>
    public required IReadOnlyDictionary<string, Source> Sources { get; init; }

    /// <summary>The figure under <paramref name="key"/>.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such fact: a defect of the catalogue's files.</exception>
    public Fact Fact(string key) => Facts.TryGetValue(key, out Fact? fact) ? fact : throw new KeyNotFoundException($"the catalogue has no fact '{key}'");
}
