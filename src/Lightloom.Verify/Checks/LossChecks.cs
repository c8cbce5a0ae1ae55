using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// What each piece of a channel must lose: its fibre, and the plugs that mate at its end, where the next piece meets it. The plugs in the
/// modules' sockets are inside the modules' own figures. Each piece must also be of the fibre that the product runs on.
/// </summary>
/// <param name="pieces">The pieces.</param>
internal sealed class LossChecks(PieceScene pieces)
{
    // The files print ten-thousandths of a decibel: half of one may be missing, and what arithmetic adds.
    private const double Rounding = 5.1e-5;

    /// <summary>One piece on the way of a leg.</summary>
    /// <param name="cable">The row of the leg.</param>
    /// <param name="step">The row of channels.csv.</param>
    /// <param name="row">The piece.</param>
    /// <param name="pins">The gender of its plug at the far end.</param>
    /// <param name="next">The gender of the plug that meets it there; null at the module.</param>
    public void Step(in CableRow cable, in ChannelRow step, in PieceRow row, int pins, int? next)
    {
        Scene scene = pieces.Scene;
        if (pieces.Kind(row) == "assembly" || scene.Facts.ProductOf(cable.Product) is not { IsAssembly: false } product)
        {
            return;
        }

        Medium medium = scene.Facts.MediumOf(cable.Product);
        Grade(row, cable, medium);
        double glass = scene.Facts.Plant.GlassDb(product.Head, medium, row.Ordered);

        // LC has no pins; a plug with or without them is an MPO's.
        bool isLc = scene.Word(pins).Length == 0 && (next is not { } other || scene.Word(other).Length == 0);
        double mated = next is null ? 0 : scene.Facts.Plant.PairDb(medium, isLc);
        scene.Found.Checked(Rules.ChannelLoss, 1);
        if (step.Loss < 0 || Math.Abs((step.Loss / 1e5) - glass - mated) > Rounding)
        {
            scene.Found.Add(
                Rules.ChannelLoss,
                ChannelTable.File,
                step.Line,
                $"{scene.CableId(cable.Cable)} leg {step.Leg}: {pieces.Id(row.Piece)} claims "
                    + $"{(step.Loss < 0 ? "no loss" : $"{step.Loss / 1e5:0.#####} dB")}; {row.Ordered / 1000.0:0.###} m of {medium.ToWord()} lose "
                    + $"{glass:0.#####} dB{(next is null ? "" : $", the {(isLc ? "LC" : "MPO")} plugs at its end {mated:0.##} dB")}"
            );
        }
    }

    private void Grade(in PieceRow row, in CableRow cable, Medium medium)
    {
        Scene scene = pieces.Scene;
        if (scene.Facts.Catalogue.Passives.GetValueOrDefault(scene.Word(row.Product))?.Medium is not { } own)
        {
            return;
        }

        scene.Found.Checked(Rules.Medium, 1);
        if (own.Value != medium)
        {
            scene.Found.Add(
                Rules.Medium,
                PieceTable.File,
                row.Line,
                $"{pieces.Id(row.Piece)} is of {own.Value.ToWord()}; {scene.CableId(cable.Cable)} runs {scene.Word(cable.Product)} on "
                    + $"{medium.ToWord()}"
            );
        }
    }
}
