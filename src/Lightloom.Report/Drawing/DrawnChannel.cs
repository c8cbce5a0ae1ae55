using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Report.Drawing;

/// <summary>The way of the first leg of a cable between two sockets, in words, for <see cref="ChannelDrawing"/>.</summary>
/// <param name="Title">Which cable, between which devices.</param>
/// <param name="Sum">Length, loss and how much room both leave.</param>
/// <param name="Chain">The kinds of its pieces in their order: channels of one chain look alike.</param>
/// <param name="LengthMillimetres">Computed length of the cable.</param>
/// <param name="Pieces">The pieces from A to Z; at least one.</param>
internal sealed record DrawnChannel(string Title, string Sum, string Chain, int LengthMillimetres, IReadOnlyList<DrawnPiece> Pieces)
{
    /// <summary>Puts the first way of a cable's first leg into words.</summary>
    public static DrawnChannel Of(ClusterDesign design, ChannelWalk walk, int cable)
    {
        walk.Take(cable);
        Cable one = design.Cables.Cables[cable];
        LinkProduct product = design.Cables.Products[one.Product];
        List<DrawnPiece> pieces = [];
        double? loss = null;
        foreach (ChannelStep step in walk.Steps.Where(s => s is { Leg: 0, Path: 0 }).OrderBy(s => s.Sequence))
        {
            Piece piece = step.Row;
            PieceArticle article = design.Channels.Articles[piece.Article];
            loss = step.LossDb is { } db ? (loss ?? 0) + db : loss;
            pieces.Add(
                new(
                    piece.Number,
                    article.Kind,
                    article.OrderCode.StartsWith(article.Kind.ToWord(), StringComparison.Ordinal)
                        ? article.OrderCode
                        : $"{article.Kind.ToWord()} {article.OrderCode}",
                    Figures(article, piece, step),
                    StopAt(design, piece.A, product, isA: true),
                    StopAt(design, piece.Z, product, isA: false)
                )
            );
        }

        string id = CableIds.Of(design)[walk.Class.Index].IdOf(cable);
        string budget =
            loss is { } lost && product.LossBudgetDb is { } most
                ? string.Create(CultureInfo.InvariantCulture, $", {lost:0.##} dB of {most:0.##} dB allowed")
            : loss is { } only ? string.Create(CultureInfo.InvariantCulture, $", {only:0.##} dB")
            : "";
        return new(
            $"{id}: {pieces[0].From.Name.Split(' ')[0]} to {pieces[^1].To.Name.Split(' ')[0]}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{product.Id}, {walk.Class.Rate.Gbps:0.##}G; {one.LengthMillimetres / 1000.0:0.##} m computed, "
                    + $"{one.OrderLengthMillimetres / 1000.0:0.##} m ordered, {product.Reach.Metres:0.##} m reach{budget}"
            ),
            string.Join('>', pieces.Select(p => p.Kind)),
            one.LengthMillimetres,
            pieces
        );
    }

    private static string Figures(PieceArticle article, in Piece piece, in ChannelStep step)
    {
        List<string> parts = [];
        if (article.OrderLength.Metres > 0)
        {
            parts.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{piece.LengthMillimetres / 1000.0:0.##} m, ordered at {article.OrderLength.Metres:0.##} m"
                )
            );
        }

        if (article.Ends is { } ends)
        {
            parts.Add("polarity " + ends.Polarity.ToWord());
            // An LC end has no pins; a cassette has one such end and one with.
            string[] genders = [.. new[] { ends.GenderA.ToWord(), ends.GenderZ.ToWord() }.Where(g => g.Length > 0)];
            if (genders.Length > 0)
            {
                parts.Add(genders.Length == 2 ? string.Join(" to ", genders) : $"{genders[0]} MPO");
            }

            parts.Add(ends.PolishWord);
        }

        if (article.Fibres > 0)
        {
            parts.Add(Words.Of(article.Fibres, "fibre"));
        }

        if (step.LossDb is { } loss)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{loss:0.##} dB"));
        }

        return string.Join(" · ", parts.Where(p => p.Length > 0));
    }

    private static DrawnStop StopAt(ClusterDesign design, in PieceEnd end, LinkProduct product, bool isA)
    {
        Placement placement = design.Placement;
        if (end.Panel >= 0)
        {
            PatchPanel panel = design.Channels.Panels[end.Panel];
            return new(
                string.Create(CultureInfo.InvariantCulture, $"{panel.Bay} U{panel.Unit}"),
                string.Create(CultureInfo.InvariantCulture, $"{panel.Name} {(end.Rear ? "rear" : "front")}:{end.Port}")
            );
        }

        int rack = placement.RackOfPort(design.Network, end.Device, end.Fabric, end.Port);
        string socket = end.Socket < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", socket {end.Socket}");
        string module = product.IsAssembly ? "" : $" ({(isA ? product.A : product.Z).Id})";
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{placement.Racks[rack].Name} U{placement.UnitOfPort(design.Network, end.Device, end.Fabric, end.Port)}"
            ),
            $"{design.Network.NameOf(end.Device, end.Fabric, end.Port)} {design.Network.PortName(end.Device, end.Fabric, end.Port)}{socket}{module}"
        );
    }
}
