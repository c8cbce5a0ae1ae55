using System.Runtime.InteropServices;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// Counts pieces by what a row of pieces.csv says of them: order code, and the plugs and fibres as they lie from A to Z, which one order code
/// may have either way round.
/// </summary>
internal sealed class ArticleCounts(ClusterSpec spec, CablePlan cables)
{
    private readonly Dictionary<(string OrderCode, FibreEnds? Ends, int Fibres), int> _byCode = [];
    private readonly List<PieceArticle> _articles = [];
    private readonly List<long> _quantities = [];
    private readonly Dictionary<long, long> _direct = [];
    private long _last = -1;
    private long _run;
    private readonly Dictionary<long, int> _articleOfDirect = [];
    private readonly Dictionary<(int Product, PatchRole Role, int Panels, int Millimetres), int> _patched = [];

    /// <summary>Counts the pieces of a cable without panels.</summary>
    public void AddDirect(in Cable cable, int pieces)
    {
        // Neighbours are often alike; they are counted together.
        long key = KeyOf(cable);
        if (key != _last)
        {
            CloseRun();
            _last = key;
        }

        _run += pieces;
    }

    private void CloseRun()
    {
        if (_run > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_direct, _last, out _) += _run;
        }

        _run = 0;
    }

    /// <summary>Gives the pieces counted so far their articles. Those of products that a buyer cannot tell apart share one.</summary>
    public void CloseDirect()
    {
        CloseRun();
        foreach ((long key, long quantity) in _direct.OrderBy(c => c.Key))
        {
            _articleOfDirect[key] = Add(Direct(spec, cables.Products[(int)(key >> 32)], Length.FromMillimetres((int)key)), quantity);
        }
    }

    /// <summary>Counts one piece of a way over panels.</summary>
    public void AddPatched(int product, PatchRole role, int panels, int millimetres)
    {
        ref int article = ref CollectionsMarshal.GetValueRefOrAddDefault(_patched, (product, role, panels, millimetres), out bool known);
        if (!known)
        {
            article = Add(PatchedArticles.Of(spec, cables.Products[product], role, panels, Length.FromMillimetres(millimetres)), 0);
        }

        _quantities[article]++;
    }

    /// <summary>Counts pieces of an article and returns its number.</summary>
    public int Add(PieceArticle article, long quantity)
    {
        if (!_byCode.TryGetValue((article.OrderCode, article.Ends, article.Fibres), out int index))
        {
            _byCode[(article.OrderCode, article.Ends, article.Fibres)] = index = _articles.Count;
            _articles.Add(article with { Index = index });
            _quantities.Add(0);
        }

        _quantities[index] += quantity;
        return index;
    }

    /// <summary>The article of a cable without panels.</summary>
    public int Direct(in Cable cable) => _articleOfDirect[KeyOf(cable)];

    /// <summary>The article of a piece of a way over panels.</summary>
    public int Patched(int product, PatchRole role, int panels, int millimetres) => _patched[(product, role, panels, millimetres)];

    /// <summary>All articles with what was counted.</summary>
    public PieceArticle[] Take() => [.. _articles.Select((a, i) => a with { Quantity = _quantities[i] })];

    private static long KeyOf(in Cable cable) => ((long)cable.Product << 32) | (uint)cable.OrderLengthMillimetres;

    /// <summary>The article of a piece of a cable without panels.</summary>
    /// <param name="spec">The catalogue, and the jacket that is asked for.</param>
    /// <param name="product">The cable's product.</param>
    /// <param name="length">Length to order.</param>
    public static PieceArticle Direct(ClusterSpec spec, LinkProduct product, Length length)
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

        PassiveModel? part = FibreParts.Of(spec.Catalogue, product);
        string id = part?.Id ?? FibreParts.IdOf(product);
        FibreEnds ends = FibreParts.EndsOf(product);
        FibreJacket jacket = FibreParts.JacketOf(spec.Interconnect.Fibre, part);
        PieceKind kind =
            product.Shuffle is not null ? PieceKind.Shuffle
            : product.TailsPerPiece > 1 ? PieceKind.Harness
            : PieceKind.Cord;
        return new()
        {
            Kind = kind,
            Id = id,
            OrderCode = OrderCodes.OfFibre(id, kind, ends, jacket, length),
            OrderLength = length,
            Fibres = FibreParts.FibresOf(part, product.TailsPerPiece, product.FibresPerPiece),
            Ends = ends,
            Jacket = jacket,
            Product = product,
            Passive = part,
            Quantity = 0,
        };
    }
}
