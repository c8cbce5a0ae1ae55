using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>The switches of the management network and how their faceplates are divided.</summary>
/// <param name="Leaf">A leaf: 1000BASE-T down, one uplink.</param>
/// <param name="Top">A spine below which nothing but leaves stand, or a super-spine: all ports down.</param>
/// <param name="Joined">A spine below a super-spine: its last cage goes up. Null when it has one cage only.</param>
internal sealed record ManagementParts(PortPlan Leaf, PortPlan Top, PortPlan? Joined)
{
    /// <summary>What a BMC or a management port runs at.</summary>
    public static DataRate Rate => DataRate.FromGbps(1);

    /// <summary>
    /// The parts that the file names; else the catalogue's smallest management switch as leaf and its smallest frontend switch as spine.
    /// Null when <paramref name="diagnostics"/> says (LL4903) what is missing.
    /// </summary>
    public static ManagementParts? Choose(ClusterSpec spec, DiagnosticBag diagnostics)
    {
        OobSpec oob = spec.Oob;
        SwitchModel? leaf = oob.LeafId is { } named
            ? spec.Catalogue.Switches.GetValueOrDefault(named)
            : Smallest(spec, SwitchRole.Management);
        SwitchModel? spine = (oob.SpineId ?? oob.LeafId) is { } above
            ? spec.Catalogue.Switches.GetValueOrDefault(above)
            : Smallest(spec, SwitchRole.Frontend);
        if (leaf is null || spine is null)
        {
            Say("the catalogue lacks the management switches; name one in oob.leaf and oob.spine, or say oob: {enabled: false}");
            return null;
        }

        IEnumerable<Speaker> joined = [new("a management port", [Protocol.Ethernet]), Speaker.Of(leaf), Speaker.Of(spine)];
        if (Protocols.Join(joined, out _) is { } unlike)
        {
            Say($"no management network is feasible: {unlike.Reason}; name Ethernet switches in oob.leaf and oob.spine");
            return null;
        }

        PortPlan? down = PortPlan.AllDown(leaf, Rate, PortPurpose.Network, out string why);
        CageBlock? upBlock = leaf
            .Cages.Where(c => c.Purpose == PortPurpose.Network && !ReferenceEquals(c, down?.DownBlock))
            .MaxBy(c => c.CageRate.Value.BitsPerSecond);
        if (down is null || upBlock is null)
        {
            string reason = down is null ? why : leaf.Id + " has no uplink cages";
            Say($"no management network is feasible: {reason}; name another switch in oob.leaf");
            return null;
        }

        Breakout up = upBlock.Breakouts.Value[0];
        PortPlan? top = PortPlan.AllDown(spine, up.Rate, PortPurpose.Network, out why);
        if (top is null)
        {
            Say($"no management network is feasible: {why}; name another switch in oob.spine");
            return null;
        }

        return new(With(down, down.DownCages, up, upBlock.FirstNumber, upBlock), top, Joining(top));

        void Say(string message) => diagnostics.Error("LL4903", message, "oob", oob.Mark);
    }

    /// <summary>The spine that keeps its last cage for the tier above.</summary>
    private static PortPlan? Joining(PortPlan top) =>
        top.DownCages.Length < 2 ? null : With(top, top.DownCages[..^1], top.Down, top.DownCages[^1], top.DownBlock);

    private static PortPlan With(PortPlan plan, int[] downCages, Breakout up, int upCage, CageBlock upBlock) =>
        new()
        {
            Switch = plan.Switch,
            Down = plan.Down,
            DownCages = downCages,
            DownBlock = plan.DownBlock,
            Up = up,
            UpCages = [upCage],
            UpPorts = 1,
            UpBlock = upBlock,
        };

    private static SwitchModel? Smallest(ClusterSpec spec, SwitchRole role) =>
        spec
            .Catalogue.Switches.Values.Where(s => s.Role == role && s.Cages.Count > 0)
            .OrderBy(s => s.Cages.Sum(c => c.Count.Value * c.CageRate.Value.BitsPerSecond))
            .ThenBy(s => s.Id, StringComparer.Ordinal)
            .FirstOrDefault();
}
