namespace Lightloom.Placing;

/// <summary>Links of one rack to another that have about the same length beside the trays.</summary>
/// <param name="Other">The other rack.</param>
/// <param name="Weight">How many 800 Gb/s cables they count as.</param>
/// <param name="Base">The part of their length in millimetres that does not run along trays and ducts.</param>
internal readonly record struct RackLink(int Other, double Weight, int Base);
