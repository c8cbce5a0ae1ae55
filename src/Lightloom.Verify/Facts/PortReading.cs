using System.Globalization;
using Lightloom.Hardware;

namespace Lightloom.Verify.Facts;

/// <summary>Which cage of a switch a port's name means, by the words that design.json writes under <c>ports</c> of a run of devices.</summary>
internal static class PortReading
{
    /// <summary>The cage's number from 1, or 0 where the name means none.</summary>
    /// <param name="port">The name of the cage in cables.csv.</param>
    /// <param name="naming">Whose names they are: <c>sonic</c>, <c>junos</c> ...; empty for ours.</param>
    /// <param name="box">The switch.</param>
    public static int CageOf(string port, string naming, SwitchModel box)
    {
        int last = LastNumber(port);
        return last < 0
            ? 0
            : naming switch
            {
                "sonic" => CageAtLane(box, last),
                "junos" or "ios-xr" => last + 1,
                _ => last,
            };
    }

    /// <summary>The number at the end of a text; -1 where it has none.</summary>
    public static int LastNumber(string text)
    {
        int digits = 0;
        while (digits < text.Length && digits < 9 && char.IsAsciiDigit(text[^(digits + 1)]))
        {
            digits++;
        }

        return digits == 0 ? -1 : int.Parse(text.AsSpan(text.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    // The cage whose first lane is the given one, counted from 0 over the faceplate in the order of the cages' numbers.
    private static int CageAtLane(SwitchModel box, int lane)
    {
        int at = 0;
        foreach (CageBlock block in box.Cages.OrderBy(b => b.FirstNumber))
        {
            int lanes = block.Lanes.Value;
            int end = at + (block.Count.Value * lanes);
            if (lane < end)
            {
                return (lane - at) % lanes == 0 ? block.FirstNumber + ((lane - at) / lanes) : 0;
            }

            at = end;
        }

        return 0;
    }
}
