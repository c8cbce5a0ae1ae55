using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Follows a fibre through the pieces of a channel by the tables of ANSI/TIA-568.3: type A leads position i to i, type B position i of N to
/// N + 1 - i, type C changes neighbours. A duplex cord A-B crosses its two, A-A does not.
/// </summary>
internal static class PolarityChecks
{
    private const string TypeA = "A";
    private const string TypeB = "B";
    private const string TypeC = "C";
    private const string Crossed = "A-B";
    private const string Straight = "A-A";

    // Of an MPO. Lane 1 alone is followed, whose places in an MPO-16 are the first and the last as well.
    private const int Positions = 12;

    /// <summary>The word of a piece's polarity is one that its connectors have.</summary>
    public static void Word(PieceScene pieces, in PieceRow row)
    {
        Scene scene = pieces.Scene;
        string kind = pieces.Kind(row);
        if (kind == "assembly")
        {
            return;
        }

        bool isLc = IsLc(scene, row.GenderA) && IsLc(scene, row.GenderZ);
        bool divides = kind is "harness" or "shuffle" || IsLc(scene, row.GenderA) != IsLc(scene, row.GenderZ);
        string[] allowed =
            kind == "cassette" ? [TypeB]
            : isLc ? [Crossed, Straight]
            : divides ? [TypeA, TypeB]
            : [TypeA, TypeB, TypeC];
        string word = scene.Word(row.Polarity);
        scene.Found.Checked(Rules.Polarity, 1);
        if (!allowed.Contains(word))
        {
            scene.Found.Add(
                Rules.Polarity,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is of polarity '{word}'; a {kind} with {(isLc ? "duplex LC" : "MPO")} plugs is "
                    + $"{string.Join(" or ", allowed)}"
            );
        }
    }

    private static bool IsLc(Scene scene, int gender) => scene.Word(gender).Length == 0;

    /// <summary>Where the fibre that a module at A sends its first lane on has come to.</summary>
    internal struct Trace
    {
        // Among two where the channel is in an LC, else among the positions of an MPO.
        private int _position;
        private int _of;

        /// <summary>Passes a piece.</summary>
        /// <param name="pieces">The pieces.</param>
        /// <param name="row">The piece.</param>
        /// <param name="forward">True from its A to its Z end.</param>
        /// <param name="pair">The pair of the cassette that the channel comes from or goes into, from 1; 0 where there is none.</param>
        public void Pass(PieceScene pieces, in PieceRow row, bool forward, int pair)
        {
            Scene scene = pieces.Scene;
            int before = IsLc(scene, forward ? row.GenderA : row.GenderZ) ? 2 : Positions;
            int behind = IsLc(scene, forward ? row.GenderZ : row.GenderA) ? 2 : Positions;
            if (_of == 0)
            {
                (_position, _of) = (1, before);
            }

            if (pieces.Kind(row) == "cassette")
            {
                // Pair k of a cassette is on fibres 2k - 1 and 2k.
                (_position, _of) = _of == 2 ? ((2 * (pair - 1)) + _position, Positions) : (2 - (_position % 2), 2);
                return;
            }

            int at = scene.Word(row.Polarity) switch
            {
                TypeB or Crossed => _of + 1 - _position,
                TypeC => _position % 2 == 0 ? _position - 1 : _position + 1,
                _ => _position,
            };

            // Between unlike plugs a lane keeps its number, and its side of the row.
            (_position, _of) =
                _of == behind ? (at, _of)
                : at * 2 <= _of ? (at, behind)
                : (behind - (_of - at), behind);
        }

        /// <summary>What is wrong where the channel ends, in words; null where the peer listens there.</summary>
        public readonly string? Wrong() =>
            _position == _of ? null
            : _position == 1 ? "so that transmitters face transmitters"
            : $"which is lane {(_position * 2 <= _of ? _position : _of + 1 - _position)} of the other";

        /// <summary>The position at which the fibre has come out.</summary>
        public readonly int Position => _position;
    }
}
