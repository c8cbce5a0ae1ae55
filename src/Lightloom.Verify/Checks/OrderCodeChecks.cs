using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Whole order codes: <c>ID[:FORM-TOP][:SPLIT][:TAIL]@LENGTHm</c> of an assembly against the cages that it goes into and the division of its
/// cable, <c>ID[:POLARITY-PINS][:JACKET]@LENGTHm</c> of fibre against the columns of its piece.
/// </summary>
internal static class OrderCodeChecks
{
    /// <summary>A fibre piece, and of an assembly product and length.</summary>
    public static void OfPiece(PieceScene pieces, in PieceRow row)
    {
        Scene scene = pieces.Scene;
        string code = pieces.OrderCode(row);
        string product = scene.Word(row.Product);
        string length = row.Ordered == 0 ? "" : FormattableString.Invariant($"@{row.Ordered / 1000.0:0.###}m");
        scene.Found.Checked(Rules.OrderCode, 1);
        if (pieces.Kind(row) == "assembly")
        {
            string whole = code.EndsWith(length, StringComparison.Ordinal) ? code[..^length.Length] : "";
            if (whole != product && !whole.StartsWith(product + ":", StringComparison.Ordinal))
            {
                Say(pieces, row, $"a {product} of {row.Ordered / 1000.0:0.###} m");
            }

            return;
        }

        string jacket = scene.Word(row.Jacket);
        string end = (jacket.Length == 0 ? "" : ":" + jacket) + length;
        (string a, string z) = (Letter(scene.Word(row.GenderA)), Letter(scene.Word(row.GenderZ)));
        string order = OrderOf(pieces.Kind(row), scene.Word(row.Polarity));
        bool named = code == product + With(order, a + z) + end;

        // A piece whose ends are alike has no first one, and a harness begins at its head: the columns say which end lies where.
        named |= (IsLikeAtBothEnds(pieces, row) || HasHeadAtZ(pieces, row)) && code == product + With(order, z + a) + end;
        if (!named)
        {
            Say(pieces, row, $"{product + With(order, a + z) + end} by its columns");
        }

        static string With(string order, string pins) =>
            order.Length == 0 ? ""
            : order is "aa" or "cassette" ? ":" + (order == "aa" ? order : "b")
            : ":" + order + (pins.Length > 0 ? "-" + pins : "");
    }

    // The usual crossed duplex cord names no polarity, and a cassette no pins.
    private static string OrderOf(string kind, string polarity) =>
        kind == "cassette" && polarity == "B" ? "cassette"
        : polarity == "A-B" ? ""
        : polarity == "A-A" ? "aa"
        : polarity.ToLowerInvariant();

    private static string Letter(string gender) =>
        gender switch
        {
            "female" => "f",
            "male" => "m",
            _ => "",
        };

    private static bool IsLikeAtBothEnds(PieceScene pieces, in PieceRow row) =>
        pieces.Kind(row) is "cord" or "trunk"
        && pieces.Scene.Facts.Catalogue.Passives.GetValueOrDefault(pieces.Scene.Word(row.Product)) is var part
        && (part is null || part.TailConnector is null || part.TailConnector.Value == part.Connector?.Value);

    private static bool HasHeadAtZ(PieceScene pieces, in PieceRow row)
    {
        if (pieces.Kind(row) != "harness")
        {
            return false;
        }

        bool oneZ = true;
        foreach (int i in pieces.OfPiece[row.Piece])
        {
            oneZ &= pieces.Rows[i].Z == row.Z;
        }

        return oneZ;
    }

    /// <summary>Every assembly by the cages of its cable.</summary>
    public static void OfAssemblies(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        int last = -1;
        foreach (ref readonly ChannelRow step in scene.Folder.Channels.Rows)
        {
            if (step.Cable == last)
            {
                continue;
            }

            last = step.Cable;
            ref readonly PieceRow row = ref pieces.Rows[pieces.OfPiece[step.Piece][0]];
            if (
                pieces.Kind(row) != "assembly"
                || scene.Facts.ProductOf(scene.Rows[scene.Groups.RowsOf(step.Cable)[0]].Product) is not { IsAssembly: true } product
                || CodesOf(scene, step.Cable, product) is not { } codes
            )
            {
                continue;
            }

            string code = pieces.OrderCode(row);
            string plugs = code.Contains('@', StringComparison.Ordinal) ? code[..code.LastIndexOf('@')] : code;
            scene.Found.Checked(Rules.OrderCode, 1);
            if (!codes.Contains(plugs))
            {
                Say(pieces, row, $"{string.Join(" or ", codes)} by the cages of {scene.CableId(step.Cable)}");
            }
        }
    }

    // The codes that an assembly between these cages may have, without its length; null where a cage is not known.
    private static List<string>? CodesOf(Scene scene, int cable, Product product)
    {
        InterconnectModel model = product.Head;
        bool splits = model.TailFormFactors is { Value.Count: > 0 };
        bool headAtZ = scene.Groups.HeadAtZ(cable);
        HashSet<string>? heads = null;
        HashSet<string>? tails = null;
        ReadOnlySpan<int> legs = scene.Groups.RowsOf(cable);
        foreach (int leg in legs)
        {
            ref readonly CableRow row = ref scene.Rows[leg];
            CageFacts? head = scene.Facts.CageOf(headAtZ ? row.Z.Cage : row.A.Cage);
            CageFacts? tail = scene.Facts.CageOf(headAtZ ? row.A.Cage : row.Z.Cage);
            if (head is null || tail is null || head.Form == FormFactor.Unknown || tail.Form == FormFactor.Unknown)
            {
                return null;
            }

            Narrow(ref heads, PlugWords.Into(head, model, product.Forms(head: true)));
            Narrow(ref tails, PlugWords.Into(tail, model, product.Forms(head: false)));
        }

        string split =
            splits && (model.Breakouts?.Value.Count(b => b.Ways > 1) ?? 0) > 1 ? ":" + scene.Word(scene.Rows[legs[0]].Breakout) : "";
        List<string> codes = [];
        foreach (string head in heads!)
        {
            foreach (string tail in tails!)
            {
                if (splits)
                {
                    codes.Add(model.Id + Part(head) + split + Part(tail == head ? "" : tail));
                }
                else if (FormOf(head) == FormOf(tail))
                {
                    // Both ends are alike, whichever is called A, unless their heat sinks differ.
                    string ends =
                        head == tail ? head
                        : string.CompareOrdinal(head, tail) < 0 ? head + "+" + tail
                        : tail + "+" + head;
                    codes.Add(model.Id + Part(ends));
                }
            }
        }

        return codes;
    }

    private static void Narrow(ref HashSet<string>? words, IReadOnlyList<string> more)
    {
        if (words is null)
        {
            words = [.. more];
        }
        else
        {
            words.IntersectWith(more);
        }
    }

    private static string FormOf(string plug) =>
        plug.EndsWith("-fin", StringComparison.Ordinal) ? plug[..^4]
        : plug.EndsWith("-flat", StringComparison.Ordinal) ? plug[..^5]
        : plug;

    private static string Part(string text) => text.Length == 0 ? "" : ":" + text;

    private static void Say(PieceScene pieces, in PieceRow row, string what) =>
        pieces.Scene.Found.Add(
            Rules.OrderCode,
            PieceTable.File,
            row.Line,
            $"{pieces.Id(row.Piece)} is {what}; its order code is {pieces.OrderCode(row)}"
        );
}
