using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// How the cords of a way over panels are made. Trunks are type B and pinned; every other piece crosses too, and where the pieces are even
/// in number one cord lies straight, so that a way crosses an odd number of times. At every panel the plug from the side of the trunk, or
/// where there is none the one that comes from behind, is pinned.
/// </summary>
internal static class PatchedArticles
{
    /// <summary>The article of one piece.</summary>
    /// <param name="spec">Fibre cables of the catalogue, and the jacket that is asked for.</param>
    /// <param name="product">Modules and fibre of the link.</param>
    /// <param name="role">Which piece.</param>
    /// <param name="panels">Panels on the way.</param>
    /// <param name="length">Length to order.</param>
    public static PieceArticle Of(ClusterSpec spec, LinkProduct product, PatchRole role, int panels, Length length)
    {
        Catalogue catalogue = spec.Catalogue;
        string? a = product.A.Connector?.Value;
        string? z = product.Z.Connector?.Value;
        string? panel = product.PanelConnector;
        bool divides = role == PatchRole.SideA ? DividesAtA(product) : role == PatchRole.SideZ && product.Sockets!.Value.DividesAtZ;
        string? near = role switch
        {
            PatchRole.SideA => a,
            PatchRole.SideZ => z,
            _ => panel,
        };
        int tails = Math.Max(1, TailsOf(product));
        bool plain = !divides && FibreConnector.Mates(near, panel);
        PassiveModel? part = plain ? FibreParts.CordOf(catalogue, product.Medium, near) : FibreParts.Of(catalogue, product);
        int fibres = divides ? product.FibresPerPiece : Math.Max(2, product.FibresPerPiece / tails);
        string id = part?.Id ?? (plain ? FibreParts.IdOfCord(product.Medium, fibres, near) : FibreParts.IdOf(product));
        FibreEnds ends = EndsOf(product, role, panels, near, panel);
        FibreJacket jacket = FibreParts.JacketOf(spec.Interconnect.Fibre, part);
        PieceKind kind =
            !divides ? PieceKind.Cord
            : product.Shuffle is not null ? PieceKind.Shuffle
            : PieceKind.Harness;
        return new()
        {
            Kind = kind,
            Id = id,
            OrderCode = OrderCodes.OfFibre(id, kind, ends, jacket, length),
            OrderLength = length,
            Fibres = FibreParts.FibresOf(part, divides ? tails : 1, fibres),
            Ends = ends,
            Jacket = jacket,
            Product = product,
            Passive = part,
            Quantity = 0,
        };
    }

    /// <summary>True when the piece at the A module divides, or shuffles.</summary>
    public static bool DividesAtA(LinkProduct product) => product.Shuffle is not null || product.Sockets!.Value.DividesAtA;

    /// <summary>Pieces that a way passes, cassettes not counted.</summary>
    public static int PiecesOfWay(int panels) => panels > 1 ? panels + 1 : 2;

    private static int TailsOf(LinkProduct product) => product.Shuffle is { } shuffle ? shuffle.Tails?.Value ?? 1 : product.TailsPerPiece;

    private static FibreEnds EndsOf(LinkProduct product, PatchRole role, int panels, string? near, string? panel)
    {
        PatchRole straight = product.Sockets!.Value.DividesAtZ ? PatchRole.SideA : PatchRole.SideZ;
        bool crosses = role == PatchRole.Direct || PiecesOfWay(panels) % 2 == 1 || role != straight;
        bool duplex = FibreConnector.IsLc(near) && FibreConnector.IsLc(panel);
        (string? atA, string? atZ) = role == PatchRole.SideZ ? (panel, near) : (near, panel);
        (bool pinA, bool pinZ) = role switch
        {
            PatchRole.JumperA => (true, false),
            PatchRole.JumperZ => (false, true),
            PatchRole.SideA => (false, panels == 1 && straight == role),
            PatchRole.SideZ => (panels == 1 && straight == role, false),
            _ => (false, false),
        };
        return new(
            duplex ? (crosses ? Polarity.CrossedDuplex : Polarity.StraightDuplex)
                : crosses ? Polarity.TypeB
                : Polarity.TypeA,
            Gender(atA, pinA),
            Gender(atZ, pinZ),
            FibreParts.PolishOf(atA),
            FibreParts.PolishOf(atZ)
        );
    }

    private static PlugGender Gender(string? connector, bool pinned) =>
        FibreConnector.IsLc(connector) ? PlugGender.None
        : pinned ? PlugGender.Male
        : PlugGender.Female;
}
