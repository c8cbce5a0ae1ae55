using System.Collections.Immutable;
using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Cabling;

/// <summary>Every cable with its product and length.</summary>
/// <remarks>Immutable once built; safe to read from several threads.</remarks>
public sealed class CablePlan
{
    /// <summary>Products in use.</summary>
    public required IReadOnlyList<LinkProduct> Products { get; init; }

    /// <summary>
    /// Cables, numbered from 0 in the order of the link classes. A cable that no product can serve has <see cref="Cable.Product"/> -1; the
    /// diagnostics then hold an error.
    /// </summary>
    public required ImmutableArray<Cable> Cables { get; init; }

    /// <summary>By link class, then link: the number of its cable.</summary>
    public required IReadOnlyList<ImmutableArray<int>> CableOfLink { get; init; }

    /// <summary>By link class, then link: the computed length of that leg in millimetres.</summary>
    public required IReadOnlyList<ImmutableArray<int>> LengthOfLink { get; init; }

    /// <summary>What was noticed: rules that fired, links that nothing serves.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Kinds that the file does not allow a tier and that would serve links of it that nothing serves.</summary>
    internal IReadOnlyList<(string Tier, InterconnectKind Kind)> MediaThatServe { get; init; } = [];

    /// <summary>What nothing serves, as the errors of <see cref="Diagnostics"/> say it, with what might mend it.</summary>
    internal IReadOnlyList<UnservedLinks> Unserved { get; init; } = [];

    /// <summary>By cable: patch panels (mated pairs) on its way; empty when no cable has one.</summary>
    public ImmutableArray<byte> PanelsOfCable { get; init; } = [];

    /// <summary>
    /// By cable: what its most lossy leg loses, where that is less than its length and its panels together because they are not those of one
    /// leg.
    /// </summary>
    internal IReadOnlyDictionary<int, double> LossOfUnlikeLegs { get; init; } = new Dictionary<int, double>();

    /// <summary>Pluggable modules by model and end: one a cage in use, not one a link.</summary>
    public IReadOnlyList<ModuleCount> Modules { get; init; } = [];

    /// <summary>Cages in use at both ends of all links.</summary>
    public long CagesInUse { get; init; }

    /// <summary>How long the pieces of links through panels are ordered; null where no link has any.</summary>
    internal PatchOrders? Patches { get; init; }

    /// <summary>
    /// Which product serves which links of a class, how far it is stretched, why, and what could stand in for it. In the order of the
    /// classes, then by length.
    /// </summary>
    public IReadOnlyList<ProductChoice> Choices { get; init; } = [];

    /// <summary>Number of bundles.</summary>
    public int BundleCount { get; init; }

    /// <summary>Figures for the loss of a cable; null in plans made by hand.</summary>
    public FibrePlant? Plant { get; init; }

    /// <summary>Pluggable modules.</summary>
    public long Transceivers => Modules.Sum(m => m.Count);

    /// <summary>Fibres of all cables.</summary>
    public long Fibres
    {
        get
        {
            long fibres = 0;
            foreach (ref readonly Cable cable in Cables.AsSpan())
            {
                fibres += cable.Product < 0 ? 0 : Products[cable.Product].FibresPerCable;
            }

            return fibres;
        }
    }

    /// <summary>Patch panels (mated pairs) on the way of a cable.</summary>
    public int PanelsOf(int cable) => PanelsOfCable.Length == 0 ? 0 : PanelsOfCable[cable];

    /// <summary>
    /// Decibels that the ordered fibre and the panels of a cable lose, by its most lossy leg; null for copper, for assemblies and without a product.
    /// </summary>
    public double? LossDb(int cable)
    {
        Cable c = Cables[cable];
        if (c.Product < 0 || Plant is null || Products[c.Product] is not { IsAssembly: false } product)
        {
            return null;
        }

        return LossOfUnlikeLegs.Count > 0 && LossOfUnlikeLegs.TryGetValue(cable, out double worst)
            ? worst
            : Plant.LossDb(product.Medium, product.PanelConnector, c.OrderLengthMillimetres, PanelsOf(cable), product.Head);
    }
}
