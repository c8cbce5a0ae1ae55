using System.Globalization;

namespace Lightloom.Verify.Reading;

/// <summary>
/// Holds labels against the ends that they stick on, while a file is read: millions of texts are not kept, their hashes are.
/// </summary>
/// <remarks>
/// Two labels are taken to be equal when 128 bits of two unlike hashes are; among ten million labels the chance of a false alarm is below
/// one in 10^24.
/// </remarks>
internal sealed class LabelBook
{
    private readonly Dictionary<(ulong, ulong), int> _seen = [];

    /// <summary>Labels seen.</summary>
    public long Count { get; private set; }

    /// <summary>Labels that stick on two ends: line of the first and of the second.</summary>
    public List<(int First, int Second, string Label)> Twice { get; } = [];

    /// <summary>Labels that do not name their own end: line, the label, what it should end with.</summary>
    public List<(int Line, string Label, string Expected)> Astray { get; } = [];

    /// <summary>Takes the label of an end of a cable, which ends with hall, row, rack, unit, device, port and lane.</summary>
    /// <param name="table">The table of the row.</param>
    /// <param name="line">The row's line.</param>
    /// <param name="end">The end.</param>
    /// <param name="label">Its label.</param>
    /// <param name="leg">What the row calls the port, where it has such a column; otherwise empty: cage and lane then.</param>
    public void Take(CableTable table, int line, in CableEnd end, ReadOnlySpan<char> label, ReadOnlySpan<char> leg)
    {
        Place place = table.Places[end.Place];
        Names names = table.Names;
        CageKey cage = table.Cages[end.Cage];
        Span<char> room = stackalloc char[512];
        int length;
        bool written = leg.IsEmpty
            ? room.TryWrite(
                CultureInfo.InvariantCulture,
                $":{names.Halls[place.Hall]}:R{place.Row:00}:{names.Racks[place.Rack]}:U{place.Unit:00}:{names.Devices[end.Device]}"
                    + $":{names.Ports[cage.Port]}:{end.Lane}",
                out length
            )
            : room.TryWrite(
                CultureInfo.InvariantCulture,
                $":{names.Halls[place.Hall]}:R{place.Row:00}:{names.Racks[place.Rack]}:U{place.Unit:00}:{names.Devices[end.Device]}:{leg}",
                out length
            );
        if (written && !label.EndsWith(room[..length]))
        {
            Astray.Add((line, label.ToString(), room[1..length].ToString()));
        }

        Take(line, label);
    }

    /// <summary>Takes the label of a plug of a piece, which ends with hall, rack, device, port and socket.</summary>
    public void Take(Names names, int line, in PieceEnd end, ReadOnlySpan<char> label)
    {
        if (end.Port < 0)
        {
            return;
        }

        Span<char> room = stackalloc char[512];
        // A panel's port is its own socket.
        bool panel = names.Ports[end.Port].AsSpan() is ['f', 'r', 'o', 'n', 't', ':', ..] or ['r', 'e', 'a', 'r', ':', ..];
        string socket = end.Socket < 0 || panel ? "" : string.Create(CultureInfo.InvariantCulture, $":s{end.Socket}");
        if (
            room.TryWrite(
                CultureInfo.InvariantCulture,
                $":{names.Halls[end.Place.Hall]}:R{end.Place.Row:00}:{names.Racks[end.Place.Rack]}:U{end.Place.Unit:00}:"
                    + $"{names.Devices[end.Device]}:{names.Ports[end.Port]}{socket}",
                out int length
            ) && !label.EndsWith(room[..length])
        )
        {
            Astray.Add((line, label.ToString(), room[1..length].ToString()));
        }

        Take(line, label);
    }

    /// <summary>Takes any label.</summary>
    private void Take(int line, ReadOnlySpan<char> label)
    {
        Count++;
        ulong one = 14695981039346656037;
        ulong two = 0x9E3779B97F4A7C15;
        foreach (char c in label)
        {
            one = (one ^ c) * 1099511628211;
            two = (System.Numerics.BitOperations.RotateLeft(two, 5) ^ c) * 0xD6E8FEB86659FD93;
        }

        if (!_seen.TryAdd((one, two), line))
        {
            Twice.Add((_seen[(one, two)], line, label.ToString()));
        }
    }
}
