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
    private const int MostPieces = 64;

    public static void Run(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        Strangers(scene);
        ReadOnlySpan<ChannelRow> rows = scene.Folder.Channels.Rows;
        bool[] used = new bool[pieces.OfPiece.Count];
        double[] fibres = new double[pieces.OfPiece.Count];
        bool[] reached = new bool[scene.Rows.Length];
        double[] worst = new double[scene.Groups.Count];
        long[] ordered = new long[scene.Groups.Count];
        Array.Fill(worst, -1);
        Followers followers = new(new(pieces), new(pieces));
        for (int from = 0, to; from < rows.Length; from = to)
        {
            to = from + 1;
            while (to < rows.Length && IsSameLeg(rows[from], rows[to]))
            {
                to++;
            }

            Leg(pieces, followers, rows[from..to], used, fibres, reached, ref worst[rows[from].Cable], ref ordered[rows[from].Cable]);
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

        OfCables(scene, reached, worst, ordered);
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
                // Where nothing says how many fibres a module lights, nothing was checked.
                scene.Found.Checked(Rules.Fibres, double.IsNaN(fibres[piece]) ? 0 : 1);
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

    /// <summary>Fibres of cords, harnesses, shuffles and trunks that channels use: those that the lanes of each leg need, path by path.</summary>
    public static long FibresInUse(PieceScene pieces)
    {
        double fibres = 0;
        ReadOnlySpan<ChannelRow> rows = pieces.Scene.Folder.Channels.Rows;
        int last = -1;
        int paths = 1;
        for (int i = 0; i < rows.Length; i++)
        {
            if (last < 0 || !IsSameLeg(rows[i], rows[last]))
            {
                last = i;
                paths = 1;
                for (int j = i + 1; j < rows.Length && IsSameLeg(rows[i], rows[j]); j++)
                {
                    paths = Math.Max(paths, rows[j].Path + 1);
                }
            }

            ReadOnlySpan<int> legs = pieces.Scene.Groups.RowsOf(rows[i].Cable);
            if (rows[i].Leg < legs.Length && pieces.Kind(pieces.Rows[pieces.OfPiece[rows[i].Piece][0]]) is not ("assembly" or "cassette"))
            {
                double of = FibresOf(pieces, pieces.Scene.Rows[legs[rows[i].Leg]]) / paths;
                fibres += double.IsNaN(of) ? 0 : of;
            }
        }

        return (long)Math.Round(fibres);
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

    // The longest leg and the worst loss are what the rows of a cable say.
    private static void OfCables(Scene scene, bool[] reached, double[] worst, long[] ordered)
    {
        for (int cable = 0; cable < worst.Length; cable++)
        {
            ReadOnlySpan<int> legs = scene.Groups.RowsOf(cable);
            ref readonly CableRow row = ref scene.Rows[legs[0]];
            if (!reached[legs[0]])
            {
                continue;
            }

            scene.Found.Checked(Rules.ChannelLength, 1);
            if (ordered[cable] >= 0 && ordered[cable] != row.Ordered)
            {
                scene.Found.Add(
                    Rules.ChannelLength,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(cable)} is ordered {row.Ordered / 1000.0:0.###} m; the pieces of its longest channel are ordered "
                        + $"{ordered[cable] / 1000.0:0.###} m"
                );
            }

            if (row.Loss < 0)
            {
                continue;
            }

            scene.Found.Checked(Rules.ChannelLoss, 1);
            if (Math.Abs(worst[cable] - (row.Loss / 1000.0)) > 0.00501)
            {
                scene.Found.Add(
                    Rules.ChannelLoss,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(cable)} claims {row.Loss / 1000.0:0.###} dB; "
                        + $"the pieces of its worst channel lose {worst[cable]:0.####} dB"
                );
            }
        }
    }

    private static void Leg(
        PieceScene pieces,
        Followers followers,
        ReadOnlySpan<ChannelRow> rows,
        bool[] used,
        double[] fibres,
        bool[] reached,
        ref double worst,
        ref long ordered
    )
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

            worst = Math.Max(worst, Path(pieces, followers, rows[from..to], cable, ref ordered));
        }

        double needed = FibresOf(pieces, cable) / paths;
        foreach (ref readonly ChannelRow row in rows)
        {
            used[row.Piece] = true;
            fibres[row.Piece] += needed;
        }
    }

    // The loss of the path, or -1. A path that is broken leaves nothing to compare, so that its cable is not named twice.
    private static double Path(PieceScene pieces, Followers followers, ReadOnlySpan<ChannelRow> steps, in CableRow cable, ref long longest)
    {
        Scene scene = pieces.Scene;
        double loss = -1;
        long ordered = 0;
        long length = 0;
        longest = longest < 0 ? longest : Math.Max(longest, 0);
        bool isFibre = false;
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
                longest = -1;
                return cable.Loss / 1000.0;
            }
        }

        Span<int> chosen = stackalloc int[Math.Min(steps.Length, MostPieces)];
        int furthest = -1;
        if (steps.Length > MostPieces || !Follows(pieces, steps, cable, 0, default, chosen, ref furthest))
        {
            int stop = Math.Min(furthest + 1, steps.Length - 1);
            scene.Found.Add(
                Rules.ChannelWhole,
                ChannelTable.File,
                steps[stop].Line,
                $"{scene.CableId(cable.Cable)} leg {steps[stop].Leg} from {scene.Cage(cable.A.Cage)} to {scene.Cage(cable.Z.Cage)}: "
                    + $"{pieces.Id(steps[stop].Piece)} does not go on {(stop == 0 ? "from the first cage" : "from the piece before it")}"
                    + $"{(stop == steps.Length - 1 ? " to the last cage" : "")}"
            );
            longest = -1;
            return cable.Loss / 1000.0;
        }

        Joint at = default;
        PolarityChecks.Trace trace = default;
        for (int i = 0; i < steps.Length; i++)
        {
            PieceRow row = pieces.Rows[chosen[i] >> 1];
            bool forward = (chosen[i] & 1) == 0;
            if (i > 0)
            {
                Mates(pieces, row, forward, at);
            }

            Joint next = After(pieces, row, forward, at)!.Value;
            trace.Pass(pieces, row, forward, next.Pair);
            at = next;
            followers.Losses.Step(cable, steps[i], row, at.Gender, i + 1 < steps.Length ? FirstGender(pieces, chosen[i + 1]) : null);
            ordered += row.Ordered;
            length += row.Length;
            isFibre |= row.Fibres > 0 && pieces.Kind(row) != "assembly";
            loss = steps[i].Loss < 0 ? loss : Math.Max(loss, 0) + (steps[i].Loss / 1e5);
        }

        Lanes(pieces, followers.Lanes, steps, cable, chosen);
        longest = longest < 0 ? longest : Math.Max(longest, ordered);
        Lengths(scene, cable, length);
        if (isFibre)
        {
            scene.Found.Checked(Rules.Polarity, 1);
            if (trace.Wrong() is { } wrong)
            {
                scene.Found.Add(
                    Rules.Polarity,
                    ChannelTable.File,
                    steps[0].Line,
                    $"{scene.CableId(cable.Cable)} leg {steps[0].Leg}: the fibre that lane 1 of {scene.Cage(cable.A.Cage)} is sent on comes out "
                        + $"at position {trace.Position}, {wrong}"
                );
            }
        }

        return loss;
    }

    private static int FirstGender(PieceScene pieces, int chosen)
    {
        ref readonly PieceRow row = ref pieces.Rows[chosen >> 1];
        return (chosen & 1) == 0 ? row.GenderA : row.GenderZ;
    }

    private static void Lanes(
        PieceScene pieces,
        LaneChecks lanes,
        ReadOnlySpan<ChannelRow> steps,
        in CableRow cable,
        ReadOnlySpan<int> chosen
    )
    {
        for (int end = 0; end < 2; end++)
        {
            int step = end == 0 ? 0 : steps.Length - 1;
            int index = chosen[step] >> 1;
            bool forward = (chosen[step] & 1) == 0;
            PieceRow row = pieces.Rows[index];
            PieceEnd plug = (end == 0) == forward ? row.A : row.Z;
            CableEnd at = end == 0 ? cable.A : cable.Z;
            lanes.AtModule(cable, at, plug, row.Piece);
            ReadOnlySpan<int> tails = pieces.OfPiece[row.Piece];
            bool head = tails.Length > 1 && pieces.Kind(row) == "harness" && IsHead(pieces, tails, plug);
            if (head)
            {
                lanes.AtHarness(cable, at, plug, row.Piece, tails.IndexOf(index));
            }
        }
    }

    // The head of a harness is the plug that all its rows have.
    private static bool IsHead(PieceScene pieces, ReadOnlySpan<int> tails, in PieceEnd plug)
    {
        PieceRow one = pieces.Rows[tails[0]];
        PieceRow other = pieces.Rows[tails[1]];
        return (Same(one.A, plug) && Same(other.A, plug)) || (Same(one.Z, plug) && Same(other.Z, plug));

        static bool Same(in PieceEnd a, in PieceEnd b) => a.Device == b.Device && a.Port == b.Port && a.Socket == b.Socket;
    }

    private static void Lengths(Scene scene, in CableRow cable, long length)
    {
        scene.Found.Checked(Rules.ChannelLength, 1);
        if (length < cable.Length - 1)
        {
            scene.Found.Add(
                Rules.ChannelLength,
                CableTable.File,
                cable.Line,
                $"{scene.CableId(cable.Cable)} is {cable.Length / 1000.0:0.###} m long; the pieces of its channel are "
                    + $"{length / 1000.0:0.###} m"
            );
        }
    }

    // Finds the rows, and the ways to pass them, by which the pieces join end to end; a shuffle has several rows from one plug.
    private static bool Follows(
        PieceScene pieces,
        ReadOnlySpan<ChannelRow> steps,
        in CableRow cable,
        int step,
        in Joint at,
        Span<int> chosen,
        ref int furthest
    )
    {
        if (step == steps.Length)
        {
            return true;
        }

        foreach (int i in pieces.OfPiece[steps[step].Piece])
        {
            PieceRow row = pieces.Rows[i];
            for (int turn = 0; turn < 2; turn++)
            {
                bool forward = turn == 0;
                bool starts =
                    pieces.Kind(row) == "cassette"
                    || (step == 0 ? pieces.CageOf(forward ? row.A : row.Z) == cable.A.Cage : Meets(pieces, at, forward ? row.A : row.Z));
                bool ends = step < steps.Length - 1 || pieces.CageOf(forward ? row.Z : row.A) == cable.Z.Cage;
                if (!starts || !ends || After(pieces, row, forward, at) is not { } next)
                {
                    continue;
                }

                furthest = Math.Max(furthest, step);
                chosen[step] = (i << 1) | turn;
                if (Follows(pieces, steps, cable, step + 1, next, chosen, ref furthest))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Where a channel is behind a piece; null where a cassette does not stand where the channel has come to.
    private static Joint? After(PieceScene pieces, in PieceRow row, bool forward, in Joint at)
    {
        if (pieces.Kind(row) == "cassette")
        {
            Joint inside = at with { Gender = row.GenderZ, Polish = PieceChecks.PolishAt(pieces.Scene.Word(row.Polish), atA: false) };
            return Enters(pieces, row, ref inside) ? inside : null;
        }

        string polish = PieceChecks.PolishAt(pieces.Scene.Word(row.Polish), atA: !forward);
        return new Joint(forward ? row.Z : row.A, forward ? row.GenderZ : row.GenderA, polish) { Pair = PairBehind(pieces, row, at) };
    }

    // A cassette leads pair k of its LC ports to fibres 2k - 1 and 2k of the plug behind it.
    private static bool Enters(PieceScene pieces, in PieceRow cassette, ref Joint at)
    {
        (bool front, int number) = PortOf(pieces, at.End);
        int pairs = pieces.Scene.Facts.Catalogue.Passives.GetValueOrDefault(pieces.Scene.Word(cassette.Product))?.Ports?.Value ?? 6;
        if (cassette.A.Device != at.End.Device || number < 1)
        {
            return false;
        }

        // From the front the port says which pair it is; from behind the trunk has said.
        at = front
            ? at with
            {
                Cassette = pairs,
                Pair = ((number - 1) % pairs) + 1,
                Plug = ((number - 1) / pairs) + 1,
            }
            : at with
            {
                Cassette = pairs,
                Plug = number,
            };
        return front || at.Pair > 0;
    }

    // Front and rear of one port of one panel ("front:3" and "rear:3"), or what the cassette between them leads to.
    private static bool Meets(PieceScene pieces, in Joint at, in PieceEnd next)
    {
        (bool front, int number) = PortOf(pieces, at.End);
        (bool nextFront, int nextNumber) = PortOf(pieces, next);
        if (at.End.Device != next.Device || number < 1 || nextNumber < 1 || front == nextFront)
        {
            return false;
        }

        return at.Cassette == 0 ? number == nextNumber
            : nextFront ? nextNumber == ((at.Plug - 1) * at.Cassette) + at.Pair
            : nextNumber == at.Plug;
    }

    private static (bool Front, int Number) PortOf(PieceScene pieces, in PieceEnd end)
    {
        string port = end.Port < 0 ? "" : pieces.Scene.Folder.Names.Ports[end.Port];
        bool front = port.StartsWith("front:", StringComparison.Ordinal);
        return front || port.StartsWith("rear:", StringComparison.Ordinal)
            ? (front, Math.Max(0, PortReading.LastNumber(port)))
            : (false, 0);
    }

    // Where a pair comes out at the far end of a trunk: type B turns the order of the fibres round.
    private static int PairBehind(PieceScene pieces, in PieceRow row, in Joint at) =>
        at.Cassette == 0 ? 0
        : pieces.Scene.Word(row.Polarity) == "B" ? at.Cassette + 1 - at.Pair
        : at.Pair;

    // In the adapter of a panel, and in a cassette, one of two plugs that meet is pinned, and both are polished alike.
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
        module is null or { IsAssembly: true } ? 0 : Math.Max(2, FibresOf(module) * (rate / 1000.0) / module.Rate.Value.Gbps);

    // Where the entry does not say it: a pair for each socket of LC; of parallel optics a pair for each lane.
    private static double FibresOf(InterconnectModel module) =>
        module.Fibres is { } fibres ? fibres.Value
        : module.Optics is Optics.Multiplexed or Optics.Coherent ? 2 * module.Connectors
        : module.LaneRate is { } lane ? 2 * module.Rate.Value.Gbps / lane.Value.Gbps
        : module.Lanes is { } lanes ? 2 * lanes.Value
        : double.NaN;

    /// <summary>What follows the light of a channel: by which socket it leaves, and what it loses.</summary>
    private sealed record Followers(LaneChecks Lanes, LossChecks Losses);

    /// <summary>
    /// Where a channel has come to: a plug, its pins and polish; behind a cassette the pair and the plug that it leads to.
    /// </summary>
    private readonly record struct Joint(PieceEnd End, int Gender, string Polish)
    {
        /// <summary>Pairs of the cassette that the channel stands in; 0 where it stands in none.</summary>
        public int Cassette { get; init; }

        /// <summary>The pair of the trunk's plug, from 1.</summary>
        public int Pair { get; init; }

        /// <summary>The plug behind the cassette, from 1.</summary>
        public int Plug { get; init; }
    }
}
