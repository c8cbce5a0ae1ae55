using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// What is really pulled for the cables of a plan: every piece from module socket to module socket, counted by order code, and the order in
/// which the pieces are numbered.
/// </summary>
/// <remarks>
/// Counts come from sums over cables that are alike; the rows of single pieces are made when they are written (<see cref="Walk"/>).
/// Immutable; safe to read from several threads.
/// </remarks>
public sealed class ChannelPlan
{
    private readonly Network _network;
    private readonly Placement _placement;
    private readonly Dictionary<long, int> _articleOf;
    private readonly byte[]? _legsOfNicCables;
    private readonly Lazy<CableLegs> _legs;
    private readonly Lazy<PieceNumbers> _numbers;

    private ChannelPlan(
        Network network,
        Placement placement,
        CablePlan cables,
        IReadOnlyList<PieceArticle> articles,
        Dictionary<long, int> articleOf,
        byte[]? legsOfNicCables
    )
    {
        (_network, _placement, Cables, Articles) = (network, placement, cables, articles);
        (_articleOf, _legsOfNicCables) = (articleOf, legsOfNicCables);
        _legs = new(() => CableLegs.Of(network, cables));
        _numbers = new(() => PieceNumbers.Of(this, network, placement, cables));
    }

    /// <summary>The cables whose pieces these are.</summary>
    public CablePlan Cables { get; }

    /// <summary>What is bought, by order code.</summary>
    public IReadOnlyList<PieceArticle> Articles { get; }

    /// <summary>Number of pieces.</summary>
    public long Pieces => Articles.Sum(a => a.Quantity);

    /// <summary>Fibres in use, over all pieces; those of a trunk that nothing uses do not count.</summary>
    public long Fibres => Articles.Sum(a => a.Quantity * a.Fibres);

    internal CableLegs Legs => _legs.Value;

    internal PieceNumbers Numbers => _numbers.Value;

    /// <summary>Finds the pieces of every cable and counts them.</summary>
    /// <param name="catalogue">Fibre cables.</param>
    /// <param name="network">Devices and links.</param>
    /// <param name="placement">Racks, for the order of the pieces' numbers.</param>
    /// <param name="cables">Cables with products and lengths.</param>
    public static ChannelPlan Of(Catalogue catalogue, Network network, Placement placement, CablePlan cables)
    {
        byte[]? legsOfNicCables = LegsOfNicCables(network, cables);
        Dictionary<long, long> counts = [];
        ReadOnlySpan<Cable> all = cables.Cables.AsSpan();
        for (int cable = 0; cable < all.Length; cable++)
        {
            if (all[cable].Product >= 0)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, KeyOf(all[cable]), out _) += PiecesOf(
                    cables.Products[all[cable].Product],
                    legsOfNicCables is null ? 0 : legsOfNicCables[cable]
                );
            }
        }

        // Products that differ only in what makes no difference to the buyer (a derating, the end that is called A) share an article.
        Dictionary<string, int> byCode = new(StringComparer.Ordinal);
        List<PieceArticle> articles = [];
        Dictionary<long, int> articleOf = [];
        foreach ((long key, long quantity) in counts.OrderBy(c => c.Key))
        {
            PieceArticle article = ArticleOf(catalogue, cables.Products[(int)(key >> 32)], Length.FromMillimetres((int)key));
            if (byCode.TryGetValue(article.OrderCode, out int index))
            {
                articles[index] = articles[index] with { Quantity = articles[index].Quantity + quantity };
            }
            else
            {
                byCode[article.OrderCode] = index = articles.Count;
                articles.Add(article with { Index = index, Quantity = quantity });
            }

            articleOf[key] = index;
        }

        return new(network, placement, cables, articles, articleOf, legsOfNicCables);
    }

    /// <summary>Goes through the pieces and channels of single cables; each walk is for one thread.</summary>
    public ChannelWalk Walk() => new(this, _network);

    /// <summary>Pieces that a cable consists of.</summary>
    public int PiecesOf(int cable)
    {
        Cable c = Cables.Cables[cable];
        return c.Product < 0 ? 0 : PiecesOf(Cables.Products[c.Product], _legsOfNicCables is null ? 0 : _legsOfNicCables[cable]);
    }

    internal int ArticleOf(in Cable cable) => _articleOf[KeyOf(cable)];

    private static long KeyOf(in Cable cable) => ((long)cable.Product << 32) | (uint)cable.OrderLengthMillimetres;

    private static int PiecesOf(LinkProduct product, int legs) =>
        product.Grouping == CableGrouping.NicPort && legs > 0
            ? Math.Max(1, legs * product.Sockets!.Value.PathsPerLeg / product.TailsPerPiece)
            : product.PiecesPerCable;

    // A NIC port's cable has a cord a leg; planes that a port does not reach have none.
    private static byte[]? LegsOfNicCables(Network network, CablePlan cables)
    {
        if (!cables.Products.Any(p => p.Grouping == CableGrouping.NicPort))
        {
            return null;
        }

        byte[] legs = new byte[cables.Cables.Length];
        foreach (LinkClass c in network.LinkClasses.Where(c => c.LegsPerNic > 1))
        {
            foreach (int cable in cables.CableOfLink[c.Index])
            {
                if (cable >= 0)
                {
                    legs[cable]++;
                }
            }
        }

        return legs;
    }

    private static PieceArticle ArticleOf(Catalogue catalogue, LinkProduct product, Length length)
    {
        if (product.IsAssembly)
        {
            return new()
            {
                Kind = PieceKind.Assembly,
                Id = product.Head.Id,
                OrderCode = OrderCodes.OfAssembly(product, length),
                OrderLength = length,
                Fibres = product.FibresPerCable,
                Product = product,
                Quantity = 0,
            };
        }

        PassiveModel? part = FibreParts.Of(catalogue, product);
        string id = part?.Id ?? FibreParts.IdOf(product);
        FibreEnds ends = FibreParts.EndsOf(product, part);
        return new()
        {
            Kind =
                product.Shuffle is not null ? PieceKind.Shuffle
                : product.TailsPerPiece > 1 ? PieceKind.Harness
                : PieceKind.Cord,
            Id = id,
            OrderCode = OrderCodes.OfFibre(id, ends, length),
            OrderLength = length,
            Fibres = part?.Fibres?.Value ?? product.FibresPerPiece,
            Ends = ends,
            Product = product,
            Passive = part,
            Quantity = 0,
        };
    }
}
