namespace Lightloom.Topology;

/// <summary>Links of a plan that are alike, before any is drawn.</summary>
/// <param name="Ends">What an interconnect must fit.</param>
/// <param name="Count">Logical links.</param>
internal readonly record struct CountedLinks(LinkEnds Ends, long Count);
