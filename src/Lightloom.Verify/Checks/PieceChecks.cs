using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Every piece by itself: its rows, its plugs and the sockets that they fill, its place, its length, its line on the bill.
/// </summary>
internal static class PieceChecks
{
    private const string Female = "female";
    private const string Male = "male";

    public static void Run(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        HashSet<(int Device, int Port, int Socket)> filled = [];
        Dictionary<(int Device, int Port, int Socket), int> fillers = [];
        Dictionary<int, Place> places = PlacesOf(scene);
        for (int piece = 0; piece < pieces.OfPiece.Count; piece++)
        {
            ReadOnlySpan<int> rows = pieces.OfPiece[piece];
            RowsAgree(pieces, rows);
            filled.Clear();
            foreach (int i in rows)
            {
                ref readonly PieceRow row = ref pieces.Rows[i];
                Length(pieces, row);
                AsPart(pieces, row);
                PolarityChecks.Word(pieces, row);
                OrderCodeChecks.OfPiece(pieces, row);
                End(pieces, row, row.A, row.GenderA, atA: true, filled, fillers, places);
                End(pieces, row, row.Z, row.GenderZ, atA: false, filled, fillers, places);
            }
        }

        OrderCodeChecks.OfAssemblies(pieces);
        Bill(pieces);
        PanelChecks.Run(pieces, places);
        LabelCheck.Say(scene, scene.Folder.Pieces.Labels, PieceTable.File);
    }

    private static void RowsAgree(PieceScene pieces, ReadOnlySpan<int> rows)
    {
        ref readonly PieceRow first = ref pieces.Rows[rows[0]];
        Findings found = pieces.Scene.Found;
        found.Checked(Rules.PieceRows, 1);
        string kind = pieces.Kind(first);
        bool oneA = true;
        bool oneZ = true;
        foreach (int i in rows)
        {
            ref readonly PieceRow row = ref pieces.Rows[i];
            oneA &= row.A == first.A;
            oneZ &= row.Z == first.Z;
            if (!row.IsSamePieceAs(first))
            {
                found.Add(
                    Rules.PieceRows,
                    PieceTable.File,
                    row.Line,
                    $"{pieces.Id(row.Piece)} is not the same piece as in line {first.Line}: kind, product, order code, ordered length, "
                        + $"fibres, polarity, gender, polish or jacket differ"
                );
                return;
            }
        }

        string? wrong = kind switch
        {
            "cord" when rows.Length > 1 => "has one plug at either end",
            "harness" or "assembly" when !oneA && !oneZ => "has one head",
            "harness" when rows.Length < 2 && pieces.Rows[rows[0]].Fibres == 0 => "divides",
            "cord" or "trunk" or "harness" or "assembly" or "shuffle" or "cassette" => null,
            _ => "is none of assembly, cord, harness, shuffle, trunk, cassette",
        };
        if (wrong is not null)
        {
            found.Add(
                Rules.PieceRows,
                PieceTable.File,
                first.Line,
                $"{pieces.Id(first.Piece)} has {rows.Length} row{(rows.Length == 1 ? "" : "s")}; what is called a {kind} {wrong}"
            );
        }
    }

    private static void Length(PieceScene pieces, in PieceRow row)
    {
        pieces.Scene.Found.Checked(Rules.Ordered, 1);
        if (row.Ordered < row.Length)
        {
            pieces.Scene.Found.Add(
                Rules.Ordered,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is ordered {row.Ordered / 1000.0:0.###} m long, its way is {row.Length / 1000.0:0.###} m"
            );
        }
    }

    // A piece is polished as the part is that its product names: a flat cord under an angled one's code is the wrong thing on the pallet.
    private static void AsPart(PieceScene pieces, in PieceRow row)
    {
        if (!pieces.Scene.Facts.Catalogue.Passives.TryGetValue(pieces.Scene.Word(row.Product), out PassiveModel? part))
        {
            return;
        }

        string? head = PolishOf(part.Connector?.Value);
        string? tail = PolishOf(part.TailConnector?.Value) ?? head;
        if (head is null || tail is null)
        {
            return;
        }

        string polish = pieces.Scene.Word(row.Polish);
        (string a, string z) = (PolishAt(polish, atA: true), PolishAt(polish, atA: false));
        pieces.Scene.Found.Checked(Rules.Polish, 1);
        if (!((a == head && z == tail) || (a == tail && z == head)))
        {
            pieces.Scene.Found.Add(
                Rules.Polish,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is polished {(polish.Length == 0 ? "no way that is said" : polish)}; "
                    + $"{part.Id} is {(head == tail ? head : head + " and " + tail)}"
            );
        }
    }

    /// <summary>The polish that a connector names, LC being flat; null where it names none.</summary>
    public static string? PolishOf(string? connector) =>
        connector is null ? null
        : connector.Contains("/APC", StringComparison.Ordinal) ? "APC"
        : connector.Contains("/UPC", StringComparison.Ordinal) || FamilyOf(connector) == "LC" ? "UPC"
        : null;

    private static void End(
        PieceScene pieces,
        in PieceRow row,
        in PieceEnd end,
        int gender,
        bool atA,
        HashSet<(int, int, int)> filled,
        Dictionary<(int, int, int), int> fillers,
        Dictionary<int, Place> places
    )
    {
        if (end.Port < 0)
        {
            // A cassette plugs into no port of its own.
            return;
        }

        Findings found = pieces.Scene.Found;
        found.Checked(Rules.PiecePlace, 1);
        if (!places.TryGetValue(end.Device, out Place place))
        {
            places[end.Device] = end.Place;
        }
        else if (place != end.Place && pieces.Scene.Facts.DeviceOf(end.Device) is not { Run.Racks: > 1 })
        {
            found.Add(
                Rules.PiecePlace,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} ends at {pieces.Plug(end)} in another place than where {pieces.Scene.Device(end.Device)} stands"
            );
        }

        (int, int, int) socket = (end.Device, end.Port, end.Socket);
        if (filled.Add(socket))
        {
            found.Checked(Rules.PlugOnce, 1);
            if (!fillers.TryAdd(socket, row.Piece))
            {
                found.Add(
                    Rules.PlugOnce,
                    PieceTable.File,
                    row.Line,
                    $"{pieces.Id(row.Piece)} goes into {pieces.Plug(end)}, which {pieces.Id(fillers[socket])} fills"
                );
            }
        }

        int cage = pieces.CageOf(end);
        if (cage >= 0)
        {
            AtModule(pieces, row, end, gender, cage, atA);
        }
    }

    private static void AtModule(PieceScene pieces, in PieceRow row, in PieceEnd end, int gender, int cage, bool atA)
    {
        if (pieces.Modules[cage] is not { } module)
        {
            return;
        }

        Findings found = pieces.Scene.Found;
        found.Checked(Rules.Sockets, 1);
        bool coPackaged = pieces.Scene.Facts.CageOf(cage) is { IsCoPackaged: true };
        int sockets =
            module.IsAssembly ? 0
            : coPackaged ? 1
            : module.Connectors;
        if (end.Socket >= sockets || (end.Socket < 0 && sockets > 0))
        {
            found.Add(
                Rules.Sockets,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} goes into {pieces.Plug(end)}; "
                    + $"{module.Id} there has {sockets} optical socket{(sockets == 1 ? "" : "s")}"
            );
            return;
        }

        if (sockets == 0)
        {
            return;
        }

        found.Checked(Rules.Connector, 1);
        string? connector = module.Connector?.Value;
        string plug = ConnectorOf(pieces, row, atA, connector);
        if (connector is not null && plug.Length > 0 && FamilyOf(connector) is { Length: > 0 } family && FamilyOf(plug) != family)
        {
            found.Add(
                Rules.Connector,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} has {plug} plugs at {pieces.Plug(end)}; {module.Id} there has {connector}"
            );
        }

        string pins = pieces.Scene.Word(gender);
        bool mpo = FamilyOf(connector) is "MPO-12" or "MPO-16";
        if ((mpo && pins != Female) || (!mpo && connector is not null && pins is Female or Male && FamilyOf(connector) == "LC"))
        {
            found.Add(
                Rules.Gender,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is {(pins.Length == 0 ? "without gender" : pins)} at {pieces.Plug(end)}; "
                    + $"a module's {connector} {(mpo ? "is pinned and takes a female plug" : "has no pins")}"
            );
        }

        found.Checked(Rules.Gender, 1);
        string polish = PolishAt(pieces.Scene.Word(row.Polish), atA);
        if (connector is not null && (connector.Contains("/APC") || connector.Contains("/UPC")))
        {
            found.Checked(Rules.Polish, 1);
            if (!connector.Contains("/" + polish, StringComparison.Ordinal))
            {
                found.Add(
                    Rules.Polish,
                    PieceTable.File,
                    row.Line,
                    $"{pieces.Id(row.Piece)} is polished {polish} at {pieces.Plug(end)}; {module.Id} there has {connector}"
                );
            }
        }
    }

    /// <summary>The polish at an end: one word, or that of A and that of Z.</summary>
    public static string PolishAt(string polish, bool atA) => polish.Split('/') is [var a, var z] ? (atA ? a : z) : polish;

    /// <summary>MPO-12, MPO-16, LC, or empty where it is another.</summary>
    private static string FamilyOf(string? connector) =>
        connector is null ? ""
        : connector.Contains("MPO-16", StringComparison.OrdinalIgnoreCase) ? "MPO-16"
        : connector.Contains("MPO", StringComparison.OrdinalIgnoreCase) ? "MPO-12"
        : connector.Contains("LC", StringComparison.Ordinal) ? "LC"
        : "";

    // The catalogue's connectors of the part; where its two ends differ, the one that suits the module is its end there.
    private static string ConnectorOf(PieceScene pieces, in PieceRow row, bool atA, string? module)
    {
        if (!pieces.Scene.Facts.Catalogue.Passives.TryGetValue(pieces.Scene.Word(row.Product), out PassiveModel? part))
        {
            return "";
        }

        string head = part.Connector?.Value ?? "";
        string tail = part.TailConnector?.Value ?? head;
        return FamilyOf(head) == FamilyOf(module) || FamilyOf(tail) != FamilyOf(module) ? head : tail;
    }

    private static Dictionary<int, Place> PlacesOf(Scene scene)
    {
        Dictionary<int, Place> places = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            places.TryAdd(row.A.Device, scene.Folder.Cables.Places[row.A.Place]);
            places.TryAdd(row.Z.Device, scene.Folder.Cables.Places[row.Z.Place]);
        }

        return places;
    }

    private static void Bill(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        Dictionary<string, long> used = new(StringComparer.Ordinal);
        long fibres = 0;
        for (int piece = 0; piece < pieces.OfPiece.Count; piece++)
        {
            ref readonly PieceRow row = ref pieces.Rows[pieces.OfPiece[piece][0]];
            used[pieces.OrderCode(row)] = used.GetValueOrDefault(pieces.OrderCode(row)) + 1;
            // No lanes are known of an assembly's inside: its fibres are all in use.
            fibres += pieces.Kind(row) == "assembly" ? row.Fibres : 0;
        }

        Dictionary<string, (long Quantity, int Line)> bought = new(StringComparer.Ordinal);
        foreach (BillRow row in scene.Folder.Bill.Where(r => r.Category is "assembly" or "fibre" or "shuffle" or "trunk" or "cassette"))
        {
            bought[row.Id] = (bought.GetValueOrDefault(row.Id).Quantity + row.Quantity, row.Line);
        }

        foreach (string code in used.Keys.Union(bought.Keys).Order(StringComparer.Ordinal))
        {
            scene.Found.Checked(Rules.PieceBill, 1);
            (long quantity, int line) = bought.GetValueOrDefault(code);
            if (quantity != used.GetValueOrDefault(code))
            {
                scene.Found.Add(
                    Rules.PieceBill,
                    BillTable.File,
                    line,
                    $"the bill has {quantity} {code}, pieces.csv {used.GetValueOrDefault(code)}"
                );
            }
        }

        scene.Found.Checked(Rules.Totals, 2);
        if (scene.Design.Totals.Pieces is { } total && total != pieces.OfPiece.Count)
        {
            scene.Found.Add(Rules.Totals, "design.json", 0, $"pieces is {total}; there are {pieces.OfPiece.Count} piece_ids in pieces.csv");
        }

        fibres += ChannelChecks.FibresInUse(pieces);
        if (scene.Design.Totals.Fibres != fibres)
        {
            scene.Found.Add(
                Rules.Totals,
                "design.json",
                0,
                $"fibres is {scene.Design.Totals.Fibres}; the pieces of pieces.csv have {fibres} in use"
            );
        }
    }
}
