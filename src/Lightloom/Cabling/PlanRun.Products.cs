using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>From a question and its answer to a product with the grouping of its cables.</content>
internal sealed partial class PlanRun
{
    private ProductMemo Memo(LinkClass c, LinkShape shape, int panels, bool together = false)
    {
        bool host = c.From == Tier.Host && c.Fabric != FabricRole.Oob;
        Protocol protocol = _protocols[c.Fabric.Index];
        MemoKey key = new(
            protocol,
            c.ACages,
            c.ZCages,
            c.Rate,
            shape,
            panels,
            host,
            c.SplitOverPlanes ? c.LegsPerNic : 1,
            together,
            c.To == Tier.External,
            c.OwnPlugs,
            _media.Of(c),
            _kept?.GetValueOrDefault(TierOf(c))
        );
        if (!_memos.TryGetValue(key, out ProductMemo? memo))
        {
            PreparedLink prepared = _selector.Prepare(Question(c, shape, panels, together));
            _memos[key] = memo = new(prepared, offer => ProductOf(offer, prepared.HeadAtZ, key));
        }

        return memo;
    }

    private LinkQuestion Question(LinkClass c, LinkShape shape, int panels, bool together) =>
        new()
        {
            Length = Length.Zero,
            Rate = c.Rate,
            A = c.ACages,
            Z = c.ZCages,
            Shape = shape,
            Protocol = _protocols[c.Fabric.Index],
            Panels = panels,
            LinearAllowed = LinkQuestion.MayBeLinear(c.From == Tier.Host && c.Fabric != FabricRole.Oob, c.ACages),
            LegsStayTogether = together,
            Separable = c.To == Tier.External,
            OwnPlugs = c.OwnPlugs,
            Kinds = _media.Of(c),
            Kept = _kept?.GetValueOrDefault(TierOf(c)),
        };

    private int ProductOf(Offer offer, bool headAtZ, MemoKey key)
    {
        InterconnectModel a = headAtZ ? offer.Tail : offer.Head;
        InterconnectModel z = headAtZ ? offer.Head : offer.Tail;
        (CableGrouping grouping, int legs) = Group(offer, key);
        Breakout breakout = key.A.Ways >= key.Z.Ways ? new(key.A.Ways, key.Rate) : new(key.Z.Ways, key.Rate);
        Plug plugA = PlugOf(a, key.A, isTail: headAtZ);
        Plug plugZ = PlugOf(z, key.Z, isTail: !headAtZ);
        ProductKey id = new(
            a,
            z,
            new(offer.Medium!.Value, breakout, grouping, legs, headAtZ, offer.HeadCoPackaged, offer.TailCoPackaged, plugA, plugZ)
        );
        if (!_productNumbers.TryGetValue(id, out int number))
        {
            number = _products.Count;
            _productNumbers[id] = number;
            _products.Add(
                new()
                {
                    Index = number,
                    A = a,
                    Z = z,
                    Medium = offer.Medium.Value,
                    Reach = Length.FromMillimetres(offer.Allowed),
                    RatedReach = Length.FromMillimetres(offer.Rated),
                    MinReach = Length.FromMillimetres(offer.Minimum),
                    FibresPerCable = FibresOf(offer, legs),
                    Breakout = breakout,
                    LegsPerCable = legs,
                    Grouping = grouping,
                    HeadAtZ = headAtZ,
                    CoPackagedA = headAtZ ? offer.TailCoPackaged : offer.HeadCoPackaged,
                    CoPackagedZ = headAtZ ? offer.HeadCoPackaged : offer.TailCoPackaged,
                    LossBudgetDb = offer.Budget,
                    Sockets = offer.Sockets,
                    Shuffle = offer.Shuffle,
                    PlugA = plugA,
                    PlugZ = plugZ,
                }
            );
        }

        return number;
    }

    private static Plug PlugOf(InterconnectModel model, CageUse cage, bool isTail) =>
        Plug.Into(
            cage,
            isTail && model.TailFormFactors.OrEmpty().Count > 0 ? model.TailFormFactors.OrEmpty() : model.FormFactors.OrEmpty()
        );

    private static (CableGrouping Grouping, int Legs) Group(Offer offer, MemoKey key)
    {
        if (offer.IsAssembly)
        {
            return key.Shape switch
            {
                LinkShape.Single => (CableGrouping.EachLink, 1),
                LinkShape.SplitAtZ => (CableGrouping.ZCage, key.Z.Ways),
                _ => (CableGrouping.ACage, key.A.Ways),
            };
        }

        LinkSockets sockets = offer.Sockets!.Value;
        return (sockets.A.LegsPerSocket, sockets.Z.LegsPerSocket) switch
        {
            // What leaves one NIC port for its planes is one cable, of a cord a leg.
            (1, 1) when key.LegsPerNic > 1 => (CableGrouping.NicPort, key.LegsPerNic),
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

    private readonly record struct MemoKey(
        Protocol Protocol,
        CageUse A,
        CageUse Z,
        DataRate Rate,
        LinkShape Shape,
        int Panels,
        bool Host,
        int LegsPerNic,
        bool Together,
        bool Separable,
        bool OwnPlugs,
        IReadOnlyList<InterconnectKind>? Kinds,
        IReadOnlySet<InterconnectModel>? Kept
    );

    private readonly record struct ProductUse(
        Medium Medium,
        Breakout Breakout,
        CableGrouping Grouping,
        int Legs,
        bool HeadAtZ,
        bool HeadCoPackaged,
        bool TailCoPackaged,
        Plug PlugA,
        Plug PlugZ
    );

    private readonly record struct ProductKey(InterconnectModel A, InterconnectModel Z, ProductUse Use)
    {
        // Entries are told apart by reference: two versions of one id do not occur in one catalogue.
        public bool Equals(ProductKey other) => ReferenceEquals(A, other.A) && ReferenceEquals(Z, other.Z) && Use == other.Use;

        public override int GetHashCode() =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(A),
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Z),
                Use
            );
    }
}
