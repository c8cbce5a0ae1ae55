using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Floor;

namespace Lightloom.Report;

/// <summary>Where a stretch of tray is.</summary>
internal static class TrayPlace
{
    /// <summary>Where a stretch of tray is, in words.</summary>
    public static string Of(Placement placement, TraySegment segment)
    {
        Hall hall = placement.Halls[segment.Hall];
        return segment.IsCrossing
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{hall.Name}, crossing {hall.Letter}-X{segment.At + 1} {(segment.Row == 0 ? "before row 1" : $"after row {segment.Row}")}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{hall.Name}, row {hall.Letter}{segment.Row:00} above position {segment.At}");
    }
}
