using System.Collections.Immutable;

namespace Lightloom.Cabling;

/// <summary>Which cables are tied together.</summary>
/// <param name="OfCable">By cable: the number of its bundle, from 0.</param>
/// <param name="Count">Number of bundles.</param>
internal sealed record CableBundles(ImmutableArray<int> OfCable, int Count);
