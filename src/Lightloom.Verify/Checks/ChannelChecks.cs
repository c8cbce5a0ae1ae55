using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Every channel from module to module: continuous, mated, crossed, with fibres enough, no longer and no lossier than its row.
/// </summary>
internal static class ChannelChecks
{
    public static void Run(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        Strangers(scene);
        ReadOnlySpan<ChannelRow> rows = scene.Folder.Channels.Rows;
        bool[] used = new bool[pieces.OfPiece.Count];
        double[] fibres = new double[pieces.OfPiece.Count];
        bool[] reached = new bool[scene.Rows.Length];
        for (int from = 0, to; from < rows.Length; from = to)
        {
            to = from + 1;
            while (to < rows.Length && IsSameLeg(rows[from], rows[to]))
            {
                to++;
            }

            Leg(pieces, rows[from..to], used, fibres, reached);
        }

        for (int i = 0; i < reached.Length; i++)
        {
            if (scene.Rows[i].Cable >= 0 && !reached[i])
            {
                scene.Found.Add(
                    Rules.ChannelWhole,
                    CableTable.File,
                    scene.Rows[i].Line,
                    $"{scene.CableId(scene.Rows[i].Cable)} from {scene.Cage(scene.Rows[i].A.Cage)} has no channel"
                );
            }
        }

        for (int piece = 0; piece < used.Length; piece++)
        {
            ref readonly PieceRow row = ref pieces.Rows[pieces.OfPiece[piece][0]];
            scene.Found.Checked(Rules.PieceUsed, 1);
            if (!used[piece])
            {
                scene.Found.Add(
                    Rules.PieceUsed,
                    PieceTable.File,
                    row.Line,
                    $"{pieces.Id(piece)} ({pieces.OrderCode(row)}) is in no channel"
                );
            }

            if (row.Fibres > 0)
            {
                scene.Found.Checked(Rules.Fibres, 1);
                if (fibres[piece] > row.Fibres + 1e-6)
                {
                    scene.Found.Add(
                        Rules.Fibres,
                        PieceTable.File,
                        row.Line,
                        $"{pieces.Id(piece)} has {row.Fibres} fibres; the lanes of its channels need {fibres[piece]:0.##}"
                    );
                }
            }
        }
    }

    /// <summary>Fibres of trunks that channels use: those of the cords that they are joined to.</summary>
    public static long FibresInTrunks(PieceScene pieces)
    {
        long fibres = 0;
        ReadOnlySpan<ChannelRow> rows = pieces.Scene.Folder.Channels.Rows;
        HashSet<(int Trunk, int Cord)> seen = [];
        for (int i = 0; i < rows.Length; i++)
        {
            if (pieces.Kind(pieces.Rows[pieces.OfPiece[rows[i].Piece][0]]) != "trunk")
            {
                continue;
            }

            for (int j = i - 1; j >= 0 && IsSamePath(rows[i], rows[j]); j--)
            {
                ref readonly PieceRow cord = ref pieces.Rows[pieces.OfPiece[rows[j].Piece][0]];
                if (pieces.Kind(cord) is not ("cassette" or "trunk"))
                {
                    fibres += seen.Add((rows[i].Piece, rows[j].Piece)) ? cord.Fibres : 0;
                    break;
                }
            }
        }

        return fibres;
    }

    private static bool IsSameLeg(in ChannelRow one, in ChannelRow other) => one.Cable == other.Cable && one.Leg == other.Leg;

    private static bool IsSamePath(in ChannelRow one, in ChannelRow other) => IsSameLeg(one, other) && one.Path == other.Path;

    private static void Strangers(Scene scene)
    {
        foreach ((int line, string cable) in scene.Folder.Channels.Strangers)
        {
            scene.Found.Add(Rules.ChannelWhole, ChannelTable.File, line, $"'{cable}' is no cable of cables.csv");
        }

        foreach ((int line, string piece) in scene.Folder.Channels.Missing)
        {
            scene.Found.Add(Rules.ChannelWhole, ChannelTable.File, line, $"'{piece}' is no piece of pieces.csv");
        }
    }

    private static void Leg(PieceScene pieces, ReadOnlySpan<ChannelRow> rows, bool[] used, double[] fibres, bool[] reached)
    {
        Scene scene = pieces.Scene;
        ReadOnlySpan<int> legs = scene.Groups.RowsOf(rows[0].Cable);
        scene.Found.Checked(Rules.ChannelWhole, 1);
        if (rows[0].Leg >= legs.Length)
        {
            scene.Found.Add(
                Rules.ChannelWhole,
                ChannelTable.File,
                rows[0].Line,
                $"{scene.CableId(rows[0].Cable)} has no leg {rows[0].Leg}; cables.csv has {legs.Length}"
            );
            return;
        }

        int index = legs[rows[0].Leg];
        reached[index] = true;
        ref readonly CableRow cable = ref scene.Rows[index];
        int paths = 0;
        double worst = -1;
        for (int from = 0, to; from < rows.Length; from = to)
        {
            to = from + 1;
            while (to < rows.Length && IsSamePath(rows[from], rows[to]))
            {
                to++;
            }

            if (rows[from].Path != paths++)
            {
                scene.Found.Add(
                    Rules.ChannelWhole,
                    ChannelTable.File,
                    rows[from].Line,
                    $"{scene.CableId(cable.Cable)} leg {rows[from].Leg}: path {rows[from].Path} stands where {paths - 1} should"
                );
            }

            worst = Math.Max(worst, Path(pieces, rows[from..to], cable));
        }

        double needed = FibresOf(pieces, cable) / paths;
        foreach (ref readonly ChannelRow row in rows)
        {
            used[row.Piece] = true;
            fibres[row.Piece] += needed;
        }

        if (cable.Loss >= 0)
        {
            scene.Found.Checked(Rules.ChannelLoss, 1);
            if (Math.Abs(worst - (cable.Loss / 1000.0)) > 0.00501)
            {
                scene.Found.Add(
                    Rules.ChannelLoss,
                    CableTable.File,
                    cable.Line,
                    $"{scene.CableId(cable.Cable)} claims {cable.Loss / 1000.0:0.###} dB; the pieces of its channel lose {worst:0.####} dB"
                );
            }
        }
    }

    // The worst loss of the path, or -1.
    private static double Path(PieceScene pieces, ReadOnlySpan<ChannelRow> steps, in CableRow cable)
    {
        Scene scene = pieces.Scene;
        double loss = -1;
        long ordered = 0;
        long length = 0;
        int crossings = 0;
        bool isFibre = false;
        Joint at = default;
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Sequence != i)
            {
                scene.Found.Add(
                    Rules.ChannelWhole,
                    ChannelTable.File,
                    steps[i].Line,
                    $"{scene.CableId(cable.Cable)} leg {steps[i].Leg}: piece {i} of its path is numbered {steps[i].Sequence}"
                );
                return loss;
            }

            if (!Passes(pieces, steps[i].Piece, cable, i == 0, i == steps.Length - 1, ref at, out PieceRow row))
            {
                scene.Found.Add(
                    Rules.ChannelWhole,
                    ChannelTable.File,
                    steps[i].Line,
                    $"{scene.CableId(cable.Cable)} leg {steps[i].Leg} from {scene.Cage(cable.A.Cage)} to {scene.Cage(cable.Z.Cage)}: "
                        + $"{pieces.Id(steps[i].Piece)} does not go on from {(i == 0 ? scene.Cage(cable.A.Cage) : pieces.Plug(at.End))}"
                        + $"{(i == steps.Length - 1 ? " to the end" : "")}"
                );
                return loss;
            }

            ordered += row.Ordered;
            length += row.Length;
            isFibre |= row.Fibres > 0 && pieces.Kind(row) != "assembly";
            crossings += scene.Word(row.Polarity) is "B" or "C" or "A-B" ? 1 : 0;
            loss = steps[i].Loss < 0 ? loss : Math.Max(loss, 0) + (steps[i].Loss / 1e5);
        }

        Lengths(scene, cable, ordered, length);
        if (isFibre)
        {
            scene.Found.Checked(Rules.Polarity, 1);
            if (crossings % 2 == 0)
            {
                scene.Found.Add(
                    Rules.Polarity,
                    ChannelTable.File,
                    steps[0].Line,
                    $"{scene.CableId(cable.Cable)} leg {steps[0].Leg}: its fibres cross {crossings} times on the way, so that transmitters "
                        + $"face transmitters"
                );
            }
        }

        return loss;
    }

    private static void Lengths(Scene scene, in CableRow cable, long ordered, long length)
    {
        scene.Found.Checked(Rules.ChannelLength, 1);
        if (ordered != cable.Ordered || length < cable.Length - 1)
        {
            scene.Found.Add(
                Rules.ChannelLength,
                CableTable.File,
                cable.Line,
                $"{scene.CableId(cable.Cable)} is {cable.Length / 1000.0:0.###} m long and ordered {cable.Ordered / 1000.0:0.###} m; "
                    + $"the pieces of its channel are {length / 1000.0:0.###} m and ordered {ordered / 1000.0:0.###} m"
            );
        }
    }

    // True when some row of the piece goes on from where the last one ended; that row and its far end.
    private static bool Passes(
        PieceScene pieces,
        int piece,
        in CableRow cable,
        bool isFirst,
        bool isLast,
        ref Joint at,
        out PieceRow passed
    )
    {
        ReadOnlySpan<int> rows = pieces.OfPiece[piece];
        passed = pieces.Rows[rows[0]];
        if (pieces.Kind(passed) == "cassette" && !isFirst && !isLast)
        {
            bool here = passed.A.Device == at.End.Device;
            at = at with { HasCassette = true };
            return here;
        }

        foreach (int i in rows)
        {
            ref readonly PieceRow row = ref pieces.Rows[i];
            for (int turn = 0; turn < 2; turn++)
            {
                (PieceEnd a, PieceEnd z) = turn == 0 ? (row.A, row.Z) : (row.Z, row.A);
                bool starts = isFirst ? pieces.CageOf(a) == cable.A.Cage : Meets(pieces, at.End, a);
                bool ends = !isLast || pieces.CageOf(z) == cable.Z.Cage;
                if (starts && ends)
                {
                    string polish = pieces.Scene.Word(row.Polish);
                    if (!isFirst && !at.HasCassette)
                    {
                        Mates(pieces, row, turn == 0, at);
                    }

                    at = new(z, turn == 0 ? row.GenderZ : row.GenderA, PieceChecks.PolishAt(polish, atA: turn == 1), false);
                    passed = row;
                    return true;
                }
            }
        }

        return false;
    }

    // Front and rear of one port of one panel: "front:3" and "rear:3", or one cassette between them.
    private static bool Meets(PieceScene pieces, in PieceEnd one, in PieceEnd other)
    {
        if (one.Device != other.Device || one.Port < 0 || other.Port < 0)
        {
            return false;
        }

        string[] a = pieces.Scene.Folder.Names.Ports[one.Port].Split(':');
        string[] z = pieces.Scene.Folder.Names.Ports[other.Port].Split(':');
        return a.Length == 2 && z.Length == 2 && a[0] is "front" or "rear" && z[0] is "front" or "rear" && a[0] != z[0] && a[1] == z[1];
    }

    // In the adapter of a panel one of two plugs that meet is pinned, and both are polished alike.
    private static void Mates(PieceScene pieces, in PieceRow row, bool fromA, in Joint at)
    {
        Findings found = pieces.Scene.Found;
        string before = pieces.Scene.Word(at.Gender);
        string own = pieces.Scene.Word(fromA ? row.GenderA : row.GenderZ);
        found.Checked(Rules.Gender, 1);
        if (before == own && own.Length > 0)
        {
            found.Add(
                Rules.Gender,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is {own} where it meets a {before} plug in {pieces.Plug(at.End)}"
            );
        }

        string polish = PieceChecks.PolishAt(pieces.Scene.Word(row.Polish), fromA);
        found.Checked(Rules.Polish, 1);
        if (polish != at.Polish)
        {
            found.Add(
                Rules.Polish,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is polished {polish} where it meets {at.Polish} in {pieces.Plug(at.End)}"
            );
        }
    }

    // Fibres that the lanes of a leg need: the module's, by the leg's share of its rate; of the two ends the one that needs more.
    private static double FibresOf(PieceScene pieces, in CableRow cable) =>
        Math.Max(Of(pieces.Modules[cable.A.Cage], cable.Rate), Of(pieces.Modules[cable.Z.Cage], cable.Rate));

    private static double Of(InterconnectModel? module, long rate) =>
        module is null || module.Fibres is not { } fibres ? 0
        : module.IsAssembly ? 0
        : Math.Max(2, fibres.Value * (rate / 1000.0) / module.Rate.Value.Gbps);

    /// <summary>Where a channel has come to: the plug, its pins and polish, and whether a cassette follows it.</summary>
    private readonly record struct Joint(PieceEnd End, int Gender, string Polish, bool HasCassette);
}
