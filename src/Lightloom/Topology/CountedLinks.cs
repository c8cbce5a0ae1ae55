namespace Lightloom.Topology;

/// <summary>Links of a plan that are alike, before any is drawn.</summary>
/// <param name="Ends">What an interconnect must fit.</param>
/// <param name="Count">Logical links.</param>
internal readonly record struct CountedLinks(LinkEnds Ends, long Count)
{
    /// <summary>True between the two topmost tiers, whose links go all over the floor.</summary>
    public bool IsTop { get; init; }

    /// <summary>True where the legs of a cage that is divided go to several switches: fewer links join two switches than a cage has legs.</summary>
    public bool LegsPart { get; init; }
}
