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

    /// <summary>Ids of its switches, from the leaf up.</summary>
    public string Names => Leaf.Switch == Top.Switch ? Leaf.Switch.Id : $"{Leaf.Switch.Id} and {Top.Switch.Id}";

    /// <summary>
    /// The parts that the file names; else the catalogue's management switches as leaves and its frontend switches as spines: those that the
    /// catalogue marks for the use and the user's own first, then by size. Empty when <paramref name="diagnostics"/> says (LL4903) what is
    /// missing.
    /// </summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="judge">Asked whether its links can be cabled at all, or null; what cannot comes last.</param>
    /// <param name="diagnostics">Receives why there is none.</param>
    public static IReadOnlyList<ManagementParts> Choices(ClusterSpec spec, ILinkJudge? judge, DiagnosticBag diagnostics)
    {
        OobSpec oob = spec.Oob;
        IReadOnlyList<SwitchModel> leaves = Offered(spec, oob.LeafId, SwitchRole.Management, DefaultUse.ManagementLeaf);
        IReadOnlyList<SwitchModel> spines = Offered(spec, oob.SpineId ?? oob.LeafId, SwitchRole.Frontend, DefaultUse.ManagementSpine);
        string missing = "the catalogue lacks the management switches; name one in oob.leaf and oob.spine, or say oob: {enabled: false}";
        string? why = null;
        List<ManagementParts> parts = [];
        foreach (SwitchModel leaf in leaves)
        {
            foreach (SwitchModel spine in spines)
            {
                if (Of(leaf, spine, oob.Reserve, out string reason) is { } found)
                {
                    parts.Add(found);
                }

                why ??= reason;
            }
        }

        if (parts.Count == 0)
        {
            diagnostics.Error("LL4903", why is null ? missing : $"no management network is feasible: {why}", "oob", oob.Mark);
        }

        return [.. parts.OrderBy(p => judge is null || p.Ends.All(e => judge.Fault(e) is null) ? 0 : 1)];
    }

    /// <summary>Its cages between leaf and spine.</summary>
    public IEnumerable<LinkEnds> Ends => [new(Protocol.Ethernet, Tier.Leaf, Tier.Spine, Leaf.Up.Rate, Leaf.UpUse, Top.DownUse, false)];

    private static ManagementParts? Of(SwitchModel leaf, SwitchModel spine, TierReserve reserve, out string why)
    {
        IEnumerable<Speaker> joined = [new("a management port", [Protocol.Ethernet]), Speaker.Of(leaf), Speaker.Of(spine)];
        if (Protocols.Join(joined, out _) is { } unlike)
        {
            why = unlike.Reason;
            return null;
        }

        PortPlan? down = PortPlan.AllDown(leaf, Rate, PortPurpose.Network, HeldPorts.None, out string reason);
        CageBlock? upBlock = leaf
            .Cages.Where(c => c.Purpose == PortPurpose.Network && !ReferenceEquals(c, down?.DownBlock))
            .MaxBy(c => c.CageRate.Value.BitsPerSecond);
        if (down is null || upBlock is null)
        {
            why = down is null ? reason : leaf.Id + " has no uplink cages";
            return null;
        }

        if (reserve.Leaf >= down.DownPorts)
        {
            why = $"the reserve does not fit: {leaf.Id} has {down.DownPorts} ports, and {reserve.Leaf} are to stay free on each leaf";
            return null;
        }

        Breakout up = upBlock.Breakouts.Value[0];
        HeldPorts held = new() { Free = Math.Max(reserve.Spine ?? 0, reserve.SuperSpine ?? 0) };
        PortPlan? top = PortPlan.AllDown(spine, up.Rate, PortPurpose.Network, held, out reason);
        why = reason;
        return top is null ? null : new(With(down, down.DownCages, up, upBlock.FirstNumber, upBlock), top, Joining(top));
    }

    /// <summary>The spine that keeps its last cage for the tier above.</summary>
    private static PortPlan? Joining(PortPlan top) =>
        top.DownPorts <= top.Down.Ways ? null : With(top, top.DownCages[..^1], top.Down, top.DownCages[^1], top.DownBlock);

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
            Free = plan.Free,
        };

    private static IReadOnlyList<SwitchModel> Offered(ClusterSpec spec, string? named, SwitchRole role, DefaultUse use) =>
        named is not null
            ? [.. new[] { spec.Catalogue.Switches.GetValueOrDefault(named) }.OfType<SwitchModel>()]
            :
            [
                .. spec
                    .OpenSwitches.Where(s => s.Role == role && s.Cages.Count > 0)
                    .OrderBy(s => s.UserDefined || s.DefaultFor?.Value == use ? 0 : 1)
                    .ThenBy(s => s.Cages.Sum(c => c.Count.Value * c.CageRate.Value.BitsPerSecond))
                    .ThenBy(s => s.Id, StringComparer.Ordinal),
            ];
}
