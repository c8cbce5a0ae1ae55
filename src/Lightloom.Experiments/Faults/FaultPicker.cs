using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Faults;

/// <summary>Chooses which of a thousand cables fails: by seed, among those on the way of the hosts that take part.</summary>
internal sealed class FaultPicker
{
    private readonly FaultInventory _inventory;
    private readonly bool[] _passed;
    private readonly ulong _seed;

    public FaultPicker(FaultInventory inventory, IReadOnlyCollection<int> hosts, ulong seed)
    {
        _inventory = inventory;
        _seed = seed;
        NetworkDescription network = inventory.Designed.Network;
        _passed = new bool[network.Links.Count];
        var switches = new bool[network.Switches.Count];
        HashSet<int> taking = [.. hosts];
        foreach (
            int link in Enumerable
                .Range(0, network.Links.Count)
                .OrderBy(l => network.Links[l].A.IsHost ? -1 : network.Switches[network.Links[l].A.Index].Tier)
        )
        {
            NodeId a = network.Links[link].A;
            if (a.IsHost ? taking.Contains(a.Index) : switches[a.Index])
            {
                _passed[link] = true;
                switches[network.Links[link].Z.Index] = true;
            }
        }
    }

    public FaultComponent One(FaultKind kind) => Choose(_inventory.Of(kind), (ulong)kind.Class * 8 + (ulong)kind.From);

    /// <summary>
    /// Two of the given classes, placed where they hurt each other: behind the same leaf, or the second outside of the plane that the first
    /// takes. Null when there are no two.
    /// </summary>
    public (FaultComponent First, FaultComponent Second)? Pair(FaultClass first, FaultClass second)
    {
        // Of cables the highest kind below the top would do; two uplinks of one leaf are the pair that people ask for.
        FaultKind? a = Kind(first, first == second ? Topology.Tier.Leaf : Topology.Tier.Host);
        FaultKind? b = Kind(second, first == second ? Topology.Tier.Leaf : Topology.Tier.Host);
        if (a is null || b is null)
        {
            return null;
        }

        FaultComponent one = One(a.Value);
        HashSet<int> lost = [.. one.Links];
        HashSet<int> leaves = [.. one.Links.SelectMany(LeavesOf)];
        List<FaultComponent> rest = [.. _inventory.Of(b.Value).Where(c => !ReferenceEquals(c, one) && !c.Links.All(lost.Contains))];
        List<FaultComponent> near = [.. rest.Where(c => c.Links.Any(l => _passed[l]) && c.Links.SelectMany(LeavesOf).Any(leaves.Contains))];
        return rest.Count == 0 ? null : (one, Choose(near.Count > 0 ? near : rest, 1000 + (ulong)first * 8 + (ulong)second));
    }

    private FaultKind? Kind(FaultClass one, Topology.Tier wish)
    {
        List<FaultKind> kinds = [.. _inventory.Kinds.Where(k => k.Class == one)];
        return kinds.Count == 0 ? null
            : kinds.Contains(new(one, wish)) ? new(one, wish)
            : kinds[0];
    }

    private IEnumerable<int> LeavesOf(int link)
    {
        LinkDescription one = _inventory.Designed.Network.Links[link];
        if (one.A.IsHost)
        {
            yield return one.Z.Index;
        }
        else if (_inventory.Designed.Network.Switches[one.A.Index].Tier == 0)
        {
            yield return one.A.Index;
        }
    }

    private FaultComponent Choose(IReadOnlyList<FaultComponent> all, ulong salt)
    {
        List<FaultComponent> near = [.. all.Where(c => c.Links.Any(l => _passed[l]))];
        IReadOnlyList<FaultComponent> from = near.Count > 0 ? near : all;
        return from[(int)(SplitMix.At(_seed, salt) % (ulong)from.Count)];
    }
}
