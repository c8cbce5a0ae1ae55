using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// Management links that nothing serves. They never refuse a design: another pair of switches is asked first, whose optics reach farther;
/// what is left after that is left out, with a warning.
/// </summary>
internal static class FarManagement
{
    /// <summary>The longest management link between switches that no product serves, or null.</summary>
    public static Length? LongestUplink(Network network, CablePlan cables)
    {
        int longest = -1;
        foreach (LinkClass c in network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From != Tier.Host))
        {
            for (int i = 0; i < c.Links.Length; i++)
            {
                longest = IsUnserved(cables, c, i) ? Math.Max(longest, cables.LengthOfLink[c.Index][i]) : longest;
            }
        }

        return longest < 0 ? null : Length.FromMillimetres(longest);
    }

    /// <summary>Management ports of devices that no leaf is near enough for; 0 where nothing is cabled yet.</summary>
    public static int DevicesLost(Laying laid) =>
        laid is { Network: { } network, Cables: { } cables }
            ? HostLinks(network).Sum(c => Enumerable.Range(0, c.Links.Length).Count(i => IsUnserved(cables, c, i)))
            : 0;

    /// <summary>The hall in which each device came to stand, for all but those of the management network itself.</summary>
    public static IReadOnlyList<int> HallOfDevice(Laying laid)
    {
        Placement placement = laid.Placement!;
        int devices = laid.Network!.Groups.Where(g => g.Fabric != FabricRole.Oob || g.IsNode).Max(g => g.First + g.Count);
        return [.. Enumerable.Range(0, devices).Select(d => placement.Racks[placement.RackOfDevice[d]].Hall)];
    }

    private static IEnumerable<LinkClass> HostLinks(Network network) =>
        network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob && c.From == Tier.Host);

    /// <summary>The network without the management links that no product serves; each kind of them is said (LL6903).</summary>
    public static Network LeaveOut(Network network, CablePlan cables, DiagnosticBag diagnostics)
    {
        Dictionary<LinkClass, Link[]> kept = [];
        foreach (LinkClass c in network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob))
        {
            int[] lost = [.. Enumerable.Range(0, c.Links.Length).Where(i => IsUnserved(cables, c, i))];
            if (lost.Length == 0)
            {
                continue;
            }

            HashSet<int> gone = [.. lost];
            kept[c] = [.. c.Links.Where((_, i) => !gone.Contains(i))];
            int longest = lost.Max(i => cables.LengthOfLink[c.Index][i]);
            string what = lost.Length == 1 ? "one link is" : FormattableString.Invariant($"{lost.Length:#,0} links are");
            string first = network.NameOf(c.Links[lost[0]].A, c.Fabric, c.Links[lost[0]].ACage);
            diagnostics.Warning(
                "LL6903",
                FormattableString.Invariant(
                    $"management: {what} left out, since nothing serves {c.Rate} over {longest / 1000.0:#,0.#} m ({c.TierWord}, {first} first); "
                )
                    + (
                        c.From == Tier.Host
                            ? "manage these devices in band, or stand them nearer"
                            : "what stands there is a tree of its own: join it over the frontend or a carrier's line, or name an oob.leaf and "
                                + "oob.spine whose cages take longer optics"
                    ),
                "oob"
            );
        }

        return network.Keeping(kept);
    }

    private static bool IsUnserved(CablePlan cables, LinkClass c, int link) => cables.Cables[cables.CableOfLink[c.Index][link]].Product < 0;
}
