using System.Text;
using Lightloom.Channels;
using Lightloom.Design;

namespace Lightloom.Report;

/// <summary>
/// Writes channels.csv: the pieces that each leg of each cable passes from A to Z, with what each loses. Legs are counted in the order of
/// the cable's rows in cables.csv, a leg's ways between two sockets from 0.
/// </summary>
public static class ChannelCsv
{
    /// <summary>The header row.</summary>
    public const string Header = "cable_id,leg,path,seq,piece_id,loss_db";

    private const int CablesBetweenLooks = 1 << 12;

    /// <summary>Writes every channel.</summary>
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
        int cables = design.Cables.Cables.Length;
        int pieceDigits = CableNaming.PieceDigits(design.Channels);
        CableIds[] ids = CableIds.Of(design);
        ChannelWalk walk = design.Channels.Walk();
        for (int cable = 0; cable < cables; cable++)
        {
            if (cable % CablesBetweenLooks == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report((double)cable / cables);
            }

            walk.Take(cable);
            CableIds id = ids[walk.Class.Index];
            foreach (ChannelStep step in walk.Steps)
            {
                lines.Reserve(id.Before.Length + id.Behind.Length + 128);
                lines.Put(id.Before.Span);
                lines.PutPadded(cable + 1, id.Digits);
                lines.Put(id.Behind.Span);
                lines.PutByte((byte)',');
                lines.Put(step.Leg);
                lines.PutByte((byte)',');
                lines.Put(step.Path);
                lines.PutByte((byte)',');
                lines.Put(step.Sequence);
                lines.Put(",P"u8);
                lines.PutPadded(checked((int)(step.Piece + 1)), pieceDigits);
                lines.PutByte((byte)',');
                if (step.LossDb is { } loss)
                {
                    lines.PutTenThousandths((int)Math.Round(loss * 10_000));
                }

                lines.PutByte((byte)'\n');
            }
        }

        lines.Flush();
    }
}
