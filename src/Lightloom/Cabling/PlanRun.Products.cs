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
        LinkProduct product = new LinkUse(key.A, key.Z, key.Rate, key.Shape, key.LegsPerNic).ProductOf(offer, headAtZ, _products.Count);
        ProductKey id = new(
            product.A,
            product.Z,
            new(
                product.Medium,
                product.Breakout,
                product.Grouping,
                product.LegsPerCable,
                headAtZ,
                offer.HeadCoPackaged,
                offer.TailCoPackaged,
                product.PlugA,
                product.PlugZ
            )
        );
        if (!_productNumbers.TryGetValue(id, out int number))
        {
            _productNumbers[id] = number = product.Index;
            _products.Add(product);
        }

        return number;
    }

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
