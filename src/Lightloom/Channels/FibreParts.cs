using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Channels;

/// <summary>Which fibre cable joins the modules of a link, and how its ends are made.</summary>
internal static class FibreParts
{
    /// <summary>
    /// The catalogue's fibre cable for a product: same grade, the connectors and polishes of both modules, as many tails as legs; where none
    /// has just as many, the harness with the fewest LC tails that suffice, of which some stay dark. Null when there is none.
    /// </summary>
    public static PassiveModel? Of(Catalogue catalogue, LinkProduct product)
    {
        if (product.Shuffle is { } shuffle)
        {
            return shuffle;
        }

        int tails = product.TailsPerPiece;
        PassiveKind kind = tails > 1 ? PassiveKind.FibreBreakout : PassiveKind.FibreCable;
        PassiveModel[] joining =
        [
            .. catalogue.Passives.Values.Where(p =>
                p.Kind is PassiveKind.FibreCable or PassiveKind.FibreBreakout
                && p.Medium?.Value == product.Medium
                && (p.Tails?.Value ?? 1) >= tails
                && (p.Kind == kind || product.A.Connector != product.Z.Connector)
                && Joins(p, product.A.Connector?.Value, product.Z.Connector?.Value)
            ),
        ];
        return Array.Find(joining, p => (p.Tails?.Value ?? 1) == tails)
            ?? (tails > 1 ? joining.Where(p => FibreConnector.IsLc(p.TailConnector?.Value)).MinBy(p => p.Tails?.Value ?? 1) : null);

        static bool Joins(PassiveModel p, string? a, string? z)
        {
            string? tail = p.TailConnector?.Value ?? p.Connector?.Value;
            return (FibreConnector.Mates(p.Connector?.Value, a) && FibreConnector.Mates(tail, z))
                || (FibreConnector.Mates(p.Connector?.Value, z) && FibreConnector.Mates(tail, a));
        }
    }

    /// <summary>The id of a fibre cable that the catalogue does not have, without its length, which is also its key in the price book:
    /// <c>fibre-os2-8f-mpo-12-apc</c>,
    /// with <c>-splitN</c> after the fibres for a cable of N legs and <c>-to-</c> between unlike connectors.</summary>
    public static string IdOf(LinkProduct product)
    {
        string split = product.TailsPerPiece > 1 ? "-split" + product.TailsPerPiece.ToString(CultureInfo.InvariantCulture) : "";
        string a = Slug(product.A.Connector?.Value);
        string z = Slug(product.Z.Connector?.Value);
        string fibres = product.FibresPerPiece.ToString(CultureInfo.InvariantCulture);
        return $"fibre-{product.Medium.ToString().ToLowerInvariant()}-{fibres}f{split}-{(a == z ? a : a + "-to-" + z)}";
    }

    /// <summary>
    /// How the cord or harness that joins two modules is made: crossed, so that what one end sends arrives where the other listens, and
    /// without pins, because the sockets of modules have them.
    /// </summary>
    /// <param name="product">Modules and fibre.</param>
    public static FibreEnds EndsOf(LinkProduct product)
    {
        string? a = product.A.Connector?.Value;
        string? z = product.Z.Connector?.Value;
        bool duplex = FibreConnector.IsLc(a) && FibreConnector.IsLc(z);
        return new(duplex ? Polarity.CrossedDuplex : Polarity.TypeB, GenderOf(a), GenderOf(z), PolishOf(a), PolishOf(z));
    }

    /// <summary>What the file asks for, else what the catalogue's cable has; cables that the catalogue has not are told by the file alone.</summary>
    public static FibreJacket JacketOf(FibreSpec fibre, PassiveModel? part) => fibre.Jacket ?? part?.Jacket?.Value ?? FibreJacket.Unknown;

    /// <summary>The plain cord with one connector at both ends.</summary>
    public static PassiveModel? CordOf(Catalogue catalogue, Medium medium, string? connector) =>
        catalogue.Passives.Values.FirstOrDefault(p =>
            p.Kind == PassiveKind.FibreCable
            && p.Medium?.Value == medium
            && (p.Tails?.Value ?? 1) == 1
            && FibreConnector.Mates(p.Connector?.Value, connector)
            && FibreConnector.Mates(p.TailConnector?.Value ?? p.Connector?.Value, connector)
        );

    /// <summary>The id of a plain cord that the catalogue does not have.</summary>
    public static string IdOfCord(Medium medium, int fibres, string? connector) =>
        string.Create(CultureInfo.InvariantCulture, $"fibre-{medium.ToString().ToLowerInvariant()}-{fibres}f-{Slug(connector)}");

    /// <summary>Fibres in use of a piece: those of the catalogue's part, of a harness with dark tails those of the legs that are plugged.</summary>
    public static int FibresOf(PassiveModel? part, int tails, int used) =>
        part?.Fibres?.Value is not { } fibres ? used
        : part.Kind == PassiveKind.FibreBreakout && part.Tails?.Value is { } all && all > tails ? Math.Min(used, fibres)
        : fibres;

    private static PlugGender GenderOf(string? connector) => FibreConnector.IsLc(connector) ? PlugGender.None : PlugGender.Female;

    /// <summary>The polish of a plug for a connector: LC is flat, MPO says it. Of a module without a connector's name angled is taken.</summary>
    public static Polish PolishOf(string? connector) =>
        FibreConnector.IsLc(connector) || connector?.EndsWith("/UPC", StringComparison.Ordinal) == true ? Polish.Upc : Polish.Apc;

    private static string Slug(string? text) =>
        text is null
            ? "unknown"
            : string.Join('-', text.ToLowerInvariant().Split([' ', '/', '_', '-', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries));
}
