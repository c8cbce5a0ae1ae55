using Lightloom.Channels;

namespace Lightloom.Report.Drawing;

/// <summary>One piece of a channel, in words.</summary>
/// <param name="Number">The piece's number from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="What">Kind and order code.</param>
/// <param name="Figures">Length, polarity, pins, polish, fibres, loss.</param>
/// <param name="From">Where its A end is plugged.</param>
/// <param name="To">Where its Z end is plugged.</param>
internal sealed record DrawnPiece(long Number, PieceKind Kind, string What, string Figures, DrawnStop From, DrawnStop To);
