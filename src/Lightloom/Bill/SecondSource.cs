namespace Lightloom.Bill;

/// <summary>What could be bought instead of an interconnect in use, without changing anything at its ends.</summary>
/// <param name="Id">The interconnect in use.</param>
/// <param name="Alternatives">Ids of catalogue parts of the same kind, family, rate and lane rate that fit the same cages and reach as far.</param>
/// <param name="Sellers">Who asked a public price for it or is named as its vendor.</param>
public sealed record SecondSource(string Id, IReadOnlyList<string> Alternatives, IReadOnlyList<string> Sellers);
