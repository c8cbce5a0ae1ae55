using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>How the cages of links that are alike are used: what turns the selector's offer into a product with the grouping of its cables.</summary>
/// <param name="A">The cage at the A end.</param>
/// <param name="Z">The cage at the Z end.</param>
/// <param name="Rate">Rate of one link.</param>
/// <param name="Shape">How the two ends' divisions relate.</param>
/// <param name="LegsPerNic">Legs of one NIC port that go to several planes; 1 where they do not.</param>
internal readonly record struct LinkUse(CageUse A, CageUse Z, DataRate Rate, LinkShape Shape, int LegsPerNic)
{
    /// <summary>The product that an offer becomes.</summary>
    /// <param name="offer">What the selector offers; it has a medium.</param>
    /// <param name="headAtZ">True when the offer's head is at the Z end.</param>
    /// <param name="index">The product's number.</param>
    public LinkProduct ProductOf(Offer offer, bool headAtZ, int index)
    {
        InterconnectModel a = headAtZ ? offer.Tail : offer.Head;
        InterconnectModel z = headAtZ ? offer.Head : offer.Tail;
        (CableGrouping grouping, int legs) = Group(offer);
        return new()
        {
            Index = index,
            A = a,
            Z = z,
            Medium = offer.Medium!.Value,
            Reach = Length.FromMillimetres(offer.Allowed),
            RatedReach = Length.FromMillimetres(offer.Rated),
            MinReach = Length.FromMillimetres(offer.Minimum),
            FibresPerCable = FibresOf(offer, legs),
            Breakout = A.Ways >= Z.Ways ? new(A.Ways, Rate) : new(Z.Ways, Rate),
            LegsPerCable = legs,
            Grouping = grouping,
            HeadAtZ = headAtZ,
            CoPackagedA = headAtZ ? offer.TailCoPackaged : offer.HeadCoPackaged,
            CoPackagedZ = headAtZ ? offer.HeadCoPackaged : offer.TailCoPackaged,
            LossBudgetDb = offer.Budget,
            Sockets = offer.Sockets,
            Shuffle = offer.Shuffle,
            PlugA = PlugOf(a, A, isTail: headAtZ),
            PlugZ = PlugOf(z, Z, isTail: !headAtZ),
        };
    }

    private static Plug PlugOf(InterconnectModel model, CageUse cage, bool isTail) =>
        Plug.Into(
            cage,
            isTail && model.TailFormFactors.OrEmpty().Count > 0 ? model.TailFormFactors.OrEmpty() : model.FormFactors.OrEmpty()
        );

    private (CableGrouping Grouping, int Legs) Group(Offer offer)
    {
        if (offer.IsAssembly)
        {
            return Shape switch
            {
                LinkShape.Single => (CableGrouping.EachLink, 1),
                LinkShape.SplitAtZ => (CableGrouping.ZCage, Z.Ways),
                _ => (CableGrouping.ACage, A.Ways),
            };
        }

        LinkSockets sockets = offer.Sockets!.Value;
        return (sockets.A.LegsPerSocket, sockets.Z.LegsPerSocket) switch
        {
            // What leaves one NIC port for its planes is one cable, of a cord a leg.
            (1, 1) when LegsPerNic > 1 => (CableGrouping.NicPort, LegsPerNic),
            (1, 1) => (CableGrouping.EachLink, 1),
            (1, var perZ) => (CableGrouping.ZConnector, perZ),
            (var perA, 1) => (CableGrouping.AConnector, perA),
            var (perA, perZ) when offer.Shuffle is not null => (CableGrouping.Shuffle, perA * perZ),
            var (perA, perZ) => perA <= perZ ? (CableGrouping.AConnector, perA) : (CableGrouping.ZConnector, perZ),
        };
    }

    private static int FibresOf(Offer offer, int legs) =>
        !offer.Medium!.Value.IsFibre() ? 0
        : offer.Sockets is { } sockets ? legs * sockets.PathsPerLeg * sockets.FibresPerPath
        : offer.Head.Fibres?.Value ?? 2 * legs;
}
