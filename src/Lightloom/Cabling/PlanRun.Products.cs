using Lightloom.Catalog;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>From a question and its answer to a product with the grouping of its cables.</content>
internal sealed partial class PlanRun
{
    private ProductMemo Memo(LinkClass c, LinkShape shape, int panels)
    {
        bool host = c.From == Tier.Host && c.Fabric != FabricRole.Oob;
        MemoKey key = new(c.ACages, c.ZCages, c.Rate, shape, panels, host, c.SplitOverPlanes ? c.LegsPerNic : 1);
        if (!_memos.TryGetValue(key, out ProductMemo? memo))
        {
            PreparedLink prepared = _selector.Prepare(
                new()
                {
                    Length = Length.Zero,
                    Rate = c.Rate,
                    A = c.ACages,
                    Z = c.ZCages,
                    Shape = shape,
                    Panels = panels,
                    LinearAllowed = !host,
                }
            );
            _memos[key] = memo = new(prepared, offer => ProductOf(offer, prepared.HeadAtZ, key));
        }

        return memo;
    }

    private int ProductOf(Offer offer, bool headAtZ, MemoKey key)
    {
        InterconnectModel a = headAtZ ? offer.Tail : offer.Head;
        InterconnectModel z = headAtZ ? offer.Head : offer.Tail;
        (CableGrouping grouping, int legs) = Group(offer, a, z, headAtZ, key);
        Breakout breakout = key.A.Ways >= key.Z.Ways ? new(key.A.Ways, key.Rate) : new(key.Z.Ways, key.Rate);
        ProductKey id = new(a, z, new(offer.Medium!.Value, breakout, grouping, legs, headAtZ, offer.HeadCoPackaged, offer.TailCoPackaged));
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
                    FibresPerCable = FibresOf(offer, key.Rate, legs),
                    Breakout = breakout,
                    LegsPerCable = legs,
                    Grouping = grouping,
                    HeadAtZ = headAtZ,
                    CoPackagedA = headAtZ ? offer.TailCoPackaged : offer.HeadCoPackaged,
                    CoPackagedZ = headAtZ ? offer.HeadCoPackaged : offer.TailCoPackaged,
                    LossBudgetDb = offer.Budget,
                }
            );
        }

        return number;
    }

    private static (CableGrouping Grouping, int Legs) Group(
        Offer offer,
        InterconnectModel a,
        InterconnectModel z,
        bool headAtZ,
        MemoKey key
    )
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

        // However the modules' connectors are arranged, what leaves one NIC port for its planes is one harness.
        if (key.LegsPerNic > 1)
        {
            return (CableGrouping.NicPort, key.LegsPerNic);
        }

        int perA = LegsPerConnector(key.A.Ways, a, headAtZ ? offer.TailCoPackaged : offer.HeadCoPackaged);
        int perZ = LegsPerConnector(key.Z.Ways, z, headAtZ ? offer.HeadCoPackaged : offer.TailCoPackaged);
        return (perA, perZ) switch
        {
            (1, 1) => (CableGrouping.EachLink, 1),
            (1, _) => (CableGrouping.ZConnector, perZ),
            _ => (CableGrouping.AConnector, perA),
        };
    }

    private static int LegsPerConnector(int ways, InterconnectModel model, bool coPackaged)
    {
        int connectors = coPackaged ? 1 : Math.Max(1, model.Connectors);
        return (ways + connectors - 1) / connectors;
    }

    private static int FibresOf(Offer offer, DataRate rate, int legs)
    {
        if (!FibrePlant.IsFibre(offer.Medium!.Value))
        {
            return 0;
        }

        InterconnectModel model = offer.Head.Fibres is null ? offer.Tail : offer.Head;
        if (model.Fibres is not { } fibres)
        {
            return 2 * legs;
        }

        double perLeg = Math.Max(2, fibres.Value * ((double)rate.BitsPerSecond / model.Rate.Value.BitsPerSecond));
        return (int)Math.Round(perLeg * legs);
    }

    private readonly record struct MemoKey(CageUse A, CageUse Z, DataRate Rate, LinkShape Shape, int Panels, bool Host, int LegsPerNic);

    private readonly record struct ProductUse(
        Medium Medium,
        Breakout Breakout,
        CableGrouping Grouping,
        int Legs,
        bool HeadAtZ,
        bool HeadCoPackaged,
        bool TailCoPackaged
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
