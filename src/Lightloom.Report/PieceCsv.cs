using System.Globalization;
using System.Text;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>
/// Writes pieces.csv: every cord, harness, shuffle, assembly, trunk and cassette with both ends, numbered in the order in which a technician
/// pulls them. A piece with several tails has a row for each pair of plugs that a leg joins.
/// </summary>
public static class PieceCsv
{
    /// <summary>The header row.</summary>
    public const string Header =
        "piece_id,kind,product,order_code,length_m,order_length_m,fibres,polarity,gender_a,gender_z,polish,a_hall,a_row,a_rack,a_ru,"
        + "a_device,a_port,a_socket,z_hall,z_row,z_rack,z_ru,z_device,z_port,z_socket,label_a,label_z,jacket";

    private const int CablesBetweenLooks = 1 << 12;

    /// <summary>Writes every piece.</summary>
    /// <param name="design">The design.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    /// <param name="cancel">Looked at every few thousand cables.</param>
    public static void Write(ClusterDesign design, Stream stream, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        Utf8Lines lines = new(stream);
        byte[] header = Encoding.UTF8.GetBytes(Header + "\n");
        lines.Reserve(header.Length);
        lines.Put(header);
        Row row = new(design);
        foreach (Piece piece in design.Channels.PlantPieces())
        {
            row.Write(lines, piece);
        }

        ChannelWalk walk = design.Channels.Walk();
        ReadOnlySpan<int> order = walk.Order;
        for (int i = 0; i < order.Length; i++)
        {
            if (i % CablesBetweenLooks == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report((double)i / order.Length);
            }

            walk.Take(order[i]);
            foreach (Piece piece in walk.Pieces)
            {
                row.Write(lines, piece);
            }
        }

        lines.Flush();
    }

    /// <summary>The parts that rows are put together from.</summary>
    private sealed class Row
    {
        private readonly PlugTexts _ends;
        private readonly byte[][] _articles;
        private readonly byte[][] _order;
        private readonly byte[][] _jackets;
        private readonly int _digits;
        private readonly int _longest;

        public Row(ClusterDesign design)
        {
            _ends = new(design);
            _digits = CableNaming.PieceDigits(design.Channels);
            _articles = [.. design.Channels.Articles.Select(Before)];
            _order = [.. design.Channels.Articles.Select(After)];
            _jackets = [.. design.Channels.Articles.Select(Jacket)];
            _longest = 256 + (2 * _ends.Longest) + (2 * _articles.Concat(_order).Select(a => a.Length).DefaultIfEmpty(0).Max());
        }

        public void Write(Utf8Lines lines, in Piece piece)
        {
            lines.Reserve(_longest);
            lines.PutByte((byte)'P');
            lines.PutPadded(checked((int)(piece.Number + 1)), _digits);
            lines.Put(_articles[piece.Article]);
            lines.PutThousandths(piece.LengthMillimetres);
            lines.Put(_order[piece.Article]);
            _ends.Put(lines, piece.A);
            _ends.Put(lines, piece.Z);
            _ends.PutLabel(lines, piece.A);
            lines.PutByte((byte)',');
            _ends.PutLabel(lines, piece.Z);
            lines.Put(_jackets[piece.Article]);
        }

        private static byte[] Before(PieceArticle article) =>
            Encoding.UTF8.GetBytes($",{article.Kind.ToWord()},{Csv.Field(article.Id)},{Csv.Field(article.OrderCode)},");

        private static byte[] Jacket(PieceArticle article) =>
            Encoding.UTF8.GetBytes($",{(article.Jacket == FibreJacket.Unknown ? "" : article.Jacket.ToWord())}\n");

        private static byte[] After(PieceArticle article)
        {
            string ends = article.Ends is { } e ? $"{e.Polarity.ToWord()},{e.GenderA.ToWord()},{e.GenderZ.ToWord()},{e.PolishWord}" : ",,,";
            return Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $",{article.OrderLength.Metres:0.###},{article.Fibres},{ends},")
            );
        }
    }
}
