using System.Globalization;
using System.Text;
using Lightloom.Design;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>What the cables of a link class are called: a number between two texts that all of them share.</summary>
/// <remarks>
/// <c>be-hl-00017</c> unless the file's <c>names.cable</c> says otherwise: <c>be-hl-</c> (backend, host to leaf), <c>fe-ls-</c> (frontend,
/// leaf to spine), <c>oob-ss-</c> (management, spine to super-spine). Numbers count over all networks, with as many digits as the last needs,
/// so that ids sort as text. Immutable.
/// </remarks>
public sealed class CableIds
{
    private readonly string _before;
    private readonly string _behind;

    private CableIds(string before, string behind, int digits)
    {
        _before = before;
        _behind = behind;
        Digits = digits;
        Before = Encoding.UTF8.GetBytes(before);
        Behind = Encoding.UTF8.GetBytes(behind);
    }

    /// <summary>What stands before the number, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Before { get; }

    /// <summary>What stands behind the number, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Behind { get; }

    /// <summary>Digits that the number is filled up to.</summary>
    public int Digits { get; }

    /// <summary>The ids of every link class of a design, in their order.</summary>
    public static CableIds[] Of(ClusterDesign design)
    {
        int digits = Math.Max(5, design.Cables.Cables.Length.ToString(CultureInfo.InvariantCulture).Length);
        return [.. design.Network.LinkClasses.Select(links => Of(design, links, digits))];
    }

    /// <summary>The id of a cable.</summary>
    /// <param name="cable">Its number, from 0.</param>
    public string IdOf(int cable) => _before + (cable + 1).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0') + _behind;

    // The file's pattern is filled with a number that no text holds, and cut there.
    private static CableIds Of(ClusterDesign design, LinkClass links, int digits)
    {
        if (design.Spec.Names.Cable is not { } pattern)
        {
            return new(CableNaming.Prefix(links), "", digits);
        }

        const string Mark = "\u0001";
        string[] halves = pattern
            .Fill(word =>
                word switch
                {
                    "network" => links.Fabric.ToWord(),
                    "tier" => links.TierWord,
                    _ => Mark,
                }
            )
            .Split(Mark);
        return new(Csv.Neutral(PlainText.Of(halves[0])), PlainText.Of(halves[1]), Math.Max(1, pattern.DigitsOf("n")));
    }
}
