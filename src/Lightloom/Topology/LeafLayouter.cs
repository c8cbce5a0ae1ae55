using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Deals the hosts' ports to leaves: rail by rail, or in order.</summary>
internal sealed class LeafLayouter
{
    private readonly PlaneRequest _request;
    private readonly PortPlanCache _cache;
    private readonly IReadOnlyList<LeafKind> _kinds;
    private readonly SwitchModel? _border;
    private readonly List<PortPlan> _ports = [];
    private readonly List<PlanUnit> _units = [];
    private readonly List<LeafShare> _shares = [];
    private readonly List<int> _unitLeaves = [];
    private readonly List<Func<string>> _reasons = [];

    /// <summary>By group: leaves of its own.</summary>
    private readonly int[] _made;

    /// <summary>
    /// The last leaf of each rate and place and its downlinks in use, which the next group of that rate and place goes on filling.
    /// </summary>
    private readonly Dictionary<(DataRate Rate, DataRate Lane, PlaceKey Place, string Model), (int Leaf, int Used)> _open = [];

    /// <summary>The pod being filled, where the file fixes pods.</summary>
    private (int Index, long Xpus) _pod;

    /// <summary>Ports of hosts on one leaf at most, where the redundancy asks for more leaves than they fill; else as many as it has.</summary>
    private readonly int _most;

    /// <summary>Leaves before any is added for redundancy alone.</summary>
    private int _filled;

    private LeafLayouter(PlaneRequest request, PortPlanCache cache, IReadOnlyList<LeafKind> kinds, SwitchModel? border, int most)
    {
        _most = most;
        _border = border;
        _request = request;
        _cache = cache;
        _kinds = kinds;
        _made = new int[request.Groups.Count];
    }

    /// <summary>Leaves and units, or why not.</summary>
    /// <param name="request">What the plane must serve.</param>
    /// <param name="cache">Faceplate divisions.</param>
    /// <param name="kinds">Leaf switch of each group of hosts and how its uplink cages are divided; one entry for all groups.</param>
    /// <param name="rejection">Why there is no layout.</param>
    /// <param name="border">Leaf switch of the leaves that lead outside, of hosts or else without; null where all do.</param>
    public static LeafLayout? Lay(
        PlaneRequest request,
        PortPlanCache cache,
        IReadOnlyList<LeafKind> kinds,
        out Rejection? rejection,
        LeafKind? border = null
    )
    {
        LeafLayouter layouter = new(request, cache, kinds, border?.Leaf, int.MaxValue);
        LeafLayout? layout = layouter.Lay(border, out rejection);
        if (layout is null || layouter._filled >= request.Redundancy.Leaf || request.UnitNodes is not null || request.PodXpus is not null)
        {
            return layout;
        }

        // A leaf that nothing is plugged into is no second one: hosts are dealt out to as many as are asked for.
        long ports = request.Groups.Sum(g => (long)g.Endpoints);
        int most = (int)((ports + request.Redundancy.Leaf - 1) / request.Redundancy.Leaf);
        return new LeafLayouter(request, cache, kinds, border?.Leaf, most).Lay(border, out _) ?? layout;
    }

    private LeafKind KindOf(int group) => _kinds[_kinds.Count == 1 ? 0 : group];

    private LeafLayout? Lay(LeafKind? border, out Rejection? rejection)
    {
        rejection = null;
        for (int g = 0; g < _request.Groups.Count; g++)
        {
            EndpointGroup group = _request.Groups[g];
            (SwitchModel leaf, Breakout up) = KindOf(g);
            PortPlan? full = _cache.Divide(
                leaf,
                group.Rate,
                up,
                _request.LeafOversubscription,
                0,
                _request.Scheduled,
                _request.HeldOn(leaf, _border),
                out string why,
                _request.LaneFor(group, leaf),
                _request.UplinkMultiple
            );
            if (full is null)
            {
                rejection = new(RejectionCode.Ports, why);
                return null;
            }

            int side = (group.Rails + _request.Sides - 1) / _request.Sides;
            if (_request.Sides == 2 && group.Rails > 1 && side > full.DownPorts)
            {
                rejection = new(
                    RejectionCode.Ports,
                    $"a node brings {side} ports of {group.Rate} to each leaf of a pair, and {leaf.Id} has {full.DownPorts} downlinks"
                );
                return null;
            }

            int before = _ports.Count;
            if (_request.RailOptimized && !_request.Scheduled && _request.Sides == 1)
            {
                int pools = _most < int.MaxValue && group.Rails < _request.Redundancy.Leaf ? 1 : AlikeFrom(g, full);
                if (pools > 1)
                {
                    LayRailsTogether(g, pools, full);
                    g += pools - 1;
                    continue;
                }

                LayRails(g, full);
            }
            else if (_request.Sides == 2 && group.Rails > 1 && group.Rails % 2 == 1 && group.Rails <= full.DownPorts && !group.HasTrays)
            {
                LayAlternating(g, full);
            }
            else
            {
                LayInOrder(g, full);
            }

            _made[g] = _ports.Count - before;
            if (_made[g] > 0)
            {
                int index = g;
                PortPlan shown = _ports[before];
                _reasons.Add(() =>
                    _made[index] == 0
                        ? ""
                        : $"{Counted.Of(_made[index], "leaf")} of {shown.DownPorts} downlinks ({shown.Down}{(shown.Free == 0 ? "" : $", {shown.Free} more stay free")}) and {shown.UpPorts} uplinks ({shown.Up}) for "
                            + $"{group.Endpoints:#,0} ports of {group.Rate}{OnSlowerLanes(shown)}"
                            + (_request.UnitNodes is { } unit ? $", built in whole units of {unit} nodes" : "")
                );
            }
        }

        if (_request.SharesLeaves)
        {
            Share();
        }

        _filled = _ports.Count;
        while (_ports.Count < _request.Redundancy.Leaf)
        {
            _ports.Add(_ports[0]);
            _unitLeaves[^1]++;
        }

        if (border is { } outside && _kinds.All(k => k.Leaf != outside.Leaf) && !AddBorder(outside, out rejection))
        {
            return null;
        }

        return new()
        {
            Border = _border,
            Groups = _request.Groups,
            Ports = _ports,
            Units = _units,
            Shares = _shares,
            UnitLeaves = _unitLeaves,
            Reasons = _reasons,
        };
    }

    /// <summary>Leaves without hosts, after all others, with uplinks as if their downlinks were in use.</summary>
    private bool AddBorder(LeafKind border, out Rejection? rejection)
    {
        rejection = null;
        (HeldPorts held, DataRate rate) = _request.Border!.Value;
        PortPlan? ports = _cache.Divide(
            border.Leaf,
            rate,
            border.Up,
            _request.LeafOversubscription,
            0,
            cells: false,
            held,
            out string why,
            lane: null,
            _request.UplinkMultiple
        );
        if (ports is null)
        {
            rejection = new(RejectionCode.Ports, why);
            return false;
        }

        for (int i = 0; i < _request.BorderLeaves; i++)
        {
            _ports.Add(ports);
            _unitLeaves[^1]++;
        }

        _reasons.Add(() =>
            $"{Counted.Of(_request.BorderLeaves, "leaf")} of {border.Leaf.Id} for the links to the outside alone, since the hosts' leaves have no "
            + $"plugs of {rate} for them"
        );
        return true;
    }

    /// <summary>Makes one of the last leaves of several rates where one has the cages.</summary>
    private void Share()
    {
        int sides = _request.Sides;
        List<SharedLeaves.Last> last =
        [
            .. _open.Where(o => o.Value.Leaf >= 0).Select(o => new SharedLeaves.Last(o.Value.Leaf, o.Key.Place, UsedOn(o.Value.Leaf))),
        ];
        IReadOnlyList<SharedLeaves.Merger> mergers = SharedLeaves.Of(last, _ports, _request.LeafOversubscription);
        Dictionary<int, (int Leaf, int Division)> movedTo = [];
        foreach (SharedLeaves.Merger merger in mergers)
        {
            int host = _shares.Find(s => s.Leaf == merger.Leaf).Group;
            for (int i = 0; i < merger.Gone.Count; i++)
            {
                int guest = _shares.Find(s => s.Leaf == merger.Gone[i]).Group;
                _made[guest] -= sides;
                _reasons.Add(() =>
                    $"the last {(sides == 1 ? "leaf" : "two leaves")} for {_request.Groups[host].Rate} also "
                    + $"{(sides == 1 ? "serves" : "serve")} {_request.Groups[guest].Rate}, in cages of their own"
                );
                for (int side = 0; side < sides; side++)
                {
                    movedTo[merger.Gone[i] + side] = (merger.Leaf + side, i + 1);
                }
            }

            for (int side = 0; side < sides; side++)
            {
                _ports[merger.Leaf + side] = merger.Ports;
            }
        }

        if (movedTo.Count > 0)
        {
            Renumber(movedTo);
        }
    }

    /// <summary>Gives the shares of some leaves to others, and closes the gaps that these leave.</summary>
    private void Renumber(Dictionary<int, (int Leaf, int Division)> movedTo)
    {
        int[] number = new int[_ports.Count];
        for (int leaf = 0, next = 0; leaf < number.Length; leaf++)
        {
            number[leaf] = movedTo.ContainsKey(leaf) ? -1 : next++;
        }

        for (int i = 0; i < _shares.Count; i++)
        {
            (int leaf, int division) = movedTo.GetValueOrDefault(_shares[i].Leaf, (_shares[i].Leaf, 0));
            _shares[i] = _shares[i] with { Leaf = number[leaf], Division = division };
        }

        for (int unit = 0, first = 0, count; unit < _unitLeaves.Count; unit++, first += count)
        {
            count = _unitLeaves[unit];
            _unitLeaves[unit] -= Enumerable.Range(first, count).Count(movedTo.ContainsKey);
        }

        List<PortPlan> kept = [.. _ports.Where((_, leaf) => !movedTo.ContainsKey(leaf))];
        _ports.Clear();
        _ports.AddRange(kept);
    }

    /// <summary>Downlinks in use on a leaf, or on the leaf of its pair that has more.</summary>
    private int UsedOn(int leaf) =>
        _shares.Where(s => s.Leaf >= leaf && s.Leaf < leaf + _request.Sides).Max(s => s.FirstPort + s.Count(_units));

    /// <summary>
    /// How many groups from this one on are laid as if they were one: where their ports are alike, their places the same, units are not
    /// fixed, and units across them take fewer leaves than units of their own. 1 where it stands alone.
    /// </summary>
    private int AlikeFrom(int g, PortPlan full)
    {
        if (_request.UnitNodes is not null || _request.PodXpus is not null)
        {
            return 1;
        }

        EndpointGroup first = _request.Groups[g];
        int best = 1;
        int nodes = 0,
            alone = 0,
            most = 0;
        for (int end = g; end < _request.Groups.Count && IsAlike(end); end++)
        {
            nodes += _request.Groups[end].Nodes;
            alone += RailLeaves(_request.Groups[end].Nodes, first.Rails, full);
            if (alone - RailLeaves(nodes, first.Rails, full) is var saved && saved > most)
            {
                (most, best) = (saved, end - g + 1);
            }
        }

        return best;

        bool IsAlike(int other)
        {
            EndpointGroup group = _request.Groups[other];
            return (group.Rails, group.FirstRail, group.Rate, group.Place) == (first.Rails, first.FirstRail, first.Rate, first.Place)
                && KindOf(other) == KindOf(g)
                && _request.LaneFor(group, full.Switch) == _request.LaneFor(first, full.Switch);
        }
    }

    /// <summary>Leaves of so many nodes in units as large as a leaf's downlinks allow.</summary>
    private static int RailLeaves(int nodes, int rails, PortPlan full)
    {
        int whole = nodes / full.DownPorts,
            rest = nodes % full.DownPorts;
        return (whole * rails) + (rest == 0 ? 0 : LeavesOfUnit(full.DownPorts, rest, rails));
    }

    /// <summary>
    /// Rails of several groups in units that span them: on each leaf the ports of one group stand after those of the one before.
    /// </summary>
    private void LayRailsTogether(int g, int groups, PortPlan full)
    {
        int rails = _request.Groups[g].Rails,
            leavesBefore = _ports.Count;
        int left = _request.Groups.Skip(g).Take(groups).Sum(p => p.Nodes);
        int member = g,
            taken = 0;
        while (left > 0)
        {
            int built = Math.Min(full.DownPorts, left);
            int count = LeavesOfUnit(full.DownPorts, built, rails);
            if (_request.Groups.Count == groups && _units.Count == 0 && built == left)
            {
                count = Math.Max(count, Math.Min(rails, _request.Redundancy.Leaf));
            }

            int firstLeaf = _ports.Count;
            _ports.AddRange(Enumerable.Repeat(full, count));
            for (int room = built, before = 0; room > 0; )
            {
                EndpointGroup group = _request.Groups[member];
                int present = Math.Min(room, group.Nodes - taken);
                int unit = _units.Count;
                _units.Add(new(member, group.FirstNode + taken, present, present));
                // The leaves of a unit come with its first part.
                _unitLeaves.Add(before == 0 ? count : 0);
                DealRails(member, unit, firstLeaf, count, before);
                before += present;
                room -= present;
                taken += present;
                if (taken == group.Nodes)
                {
                    (member, taken) = (member + 1, 0);
                }
            }

            left -= built;
        }

        // "Ordered by group, then leaf", as everywhere.
        _shares.Sort((a, b) => (a.Group, a.Leaf).CompareTo((b.Group, b.Leaf)));
        int made = _ports.Count - leavesBefore;
        long endpoints = _request.Groups.Skip(g).Take(groups).Sum(p => p.Endpoints);
        _reasons.Add(() =>
            $"{Counted.Of(made, "leaf")} of {full.DownPorts} downlinks ({full.Down}) and {full.UpPorts} uplinks ({full.Up}) for "
            + $"{endpoints:#,0} ports of {_request.Groups[g].Rate}{OnSlowerLanes(full)} of {groups} pools, which share units as that takes fewer "
            + "leaves"
        );
    }

    private void LayRails(int g, PortPlan full)
    {
        EndpointGroup group = _request.Groups[g];
        PortPlan plan = full;
        int unitNodes = Math.Min(_request.UnitNodes ?? full.DownPorts, full.DownPorts);
        if (_request.UnitNodes is { } asked)
        {
            // A fixed unit decides what a fully used leaf is: its uplinks match the downlinks that a whole unit wires.
            plan =
                _cache.Divide(
                    KindOf(g).Leaf,
                    group.Rate,
                    KindOf(g).Up,
                    _request.LeafOversubscription,
                    RailsPerLeaf(full.DownPorts, unitNodes, group.Rails) * unitNodes,
                    cells: false,
                    _request.HeldOn(KindOf(g).Leaf, _border),
                    out _,
                    full.SlowerLane,
                    _request.UplinkMultiple
                ) ?? full;
            if (asked > unitNodes)
            {
                _reasons.Add(() => $"a leaf has {full.DownPorts} downlinks, so units of {asked} nodes are built as units of {unitNodes}");
            }
        }

        if (_most < int.MaxValue && group.Rails < _request.Redundancy.Leaf)
        {
            // Each unit has a leaf for each rail: of few rails it takes several units.
            int units = (_request.Redundancy.Leaf + group.Rails - 1) / group.Rails;
            unitNodes = Math.Min(unitNodes, (group.Nodes + units - 1) / units);
        }

        int present;
        for (int node = 0; node < group.Nodes; node += present)
        {
            present = Math.Min(unitNodes, group.Nodes - node);
            if (_request.PodXpus is not null)
            {
                // A unit never straddles two pods: the last one of a pod is as small as the pod's remainder.
                present = (int)Math.Min(present, NodesLeftInPod(group));
                _pod.Xpus += (long)present * group.XpusPerNode;
            }

            int built = _request.UnitNodes is null || _request.PodXpus is not null ? present : unitNodes;
            int count = LeavesOfUnit(plan.DownPorts, built, group.Rails);
            if (_request.Groups.Count == 1 && group.Nodes <= unitNodes)
            {
                // Redundancy asked of a single unit is met by dealing its rails to more leaves, not by an idle one.
                count = Math.Max(count, Math.Min(group.Rails, _request.Redundancy.Leaf));
            }

            int unit = _units.Count;
            _units.Add(new(g, group.FirstNode + node, present, built));
            _unitLeaves.Add(count);
            DealRails(g, unit, _ports.Count, count, before: 0);
            _ports.AddRange(Enumerable.Repeat(plan, count));
        }
    }

    /// <summary>Deals a group's rails in a unit out to its leaves evenly: 8 rails on 3 leaves are 2, 3 and 3.</summary>
    /// <param name="g">The group.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="firstLeaf">Its first leaf.</param>
    /// <param name="count">How many leaves it has.</param>
    /// <param name="before">Nodes of other groups whose ports stand before this group's on each leaf.</param>
    private void DealRails(int g, int unit, int firstLeaf, int count, int before)
    {
        EndpointGroup group = _request.Groups[g];
        for (int l = 0; l < count; l++)
        {
            int from = l * group.Rails / count,
                to = (l + 1) * group.Rails / count;
            _shares.Add(new(firstLeaf + l, g, unit, (to - from) * before, group.FirstRail, group.Rails, from, to, -1, -1));
        }
    }

    /// <summary>
    /// Fills leaves one after the other; groups of the same rate share the last one. With two sides, leaves come in pairs and every node
    /// has ports on both.
    /// </summary>
    private void LayInOrder(int g, PortPlan full)
    {
        EndpointGroup group = _request.Groups[g];
        int sides = _request.Sides == 2 && group.Rails >= 2 ? 2 : 1;
        int railsA = (group.Rails + sides - 1) / sides;
        bool wholeNodes = _request.Sides == 2;
        (int leaf, int used) = _open.TryGetValue((group.Rate, full.DownLane, group.Place, full.Switch.Id), out (int Leaf, int Used) last)
            ? last
            : (-1, 0);
        // Of a pair or of one leaf: whole nodes, where these stay together.
        int least = wholeNodes ? railsA : 1;
        int most = Math.Min(full.DownPorts, Math.Max(least, _most == int.MaxValue ? _most : (_most + least - 1) / least * least));
        int node = 0,
            rail = 0;
        int built = _request.UnitNodes is null ? group.Nodes : _request.BuiltNodes(group);
        int perUnit = _request.UnitNodes ?? 0;
        // Leaves end at the border of a pod; without pods the border is never met again.
        long podEnd = 0;
        while (node < group.Nodes)
        {
            int room = leaf < 0 ? 0 : most - used;
            if (wholeNodes)
            {
                room -= room % railsA;
            }

            // A unit's leaves are its own: the next unit starts a new leaf.
            bool border = rail == 0 && node == podEnd;
            if (border)
            {
                podEnd = node + NodesLeftInPod(group);
                _pod.Xpus += (podEnd - node) * group.XpusPerNode;
            }

            if (
                room < least
                || (perUnit > 0 && node % perUnit == 0 && rail == 0 && used > 0)
                || (border && used > 0 && _request.PodXpus is not null)
            )
            {
                leaf = _ports.Count;
                used = 0;
                for (int s = 0; s < _request.Sides; s++)
                {
                    _ports.Add(full);
                }

                _units.Add(new(g, group.FirstNode + node, 0, 0));
                _unitLeaves.Add(_request.Sides);
                continue;
            }

            int end = (int)Math.Min(podEnd, perUnit > 0 ? Math.Min(group.Nodes, ((node / perUnit) + 1) * perUnit) : group.Nodes);
            int from = (node * railsA) + rail;
            int to = Math.Min(end * railsA, from + (sides == 1 && _request.Sides == 2 ? room * 2 : room));
            NoteNodes(g, (from + railsA - 1) / railsA, (to + railsA - 1) / railsA);
            used += AddShares(g, leaf, used, from, to, sides);
            node = to / railsA;
            rail = to % railsA;
        }

        // Whole units are built even when the last is part empty.
        int missing = built - group.Nodes;
        if (missing > 0)
        {
            int extra = Math.Max(0, ((missing * railsA) - (full.DownPorts - used) + full.DownPorts - 1) / full.DownPorts);
            for (int i = 0; i < extra * _request.Sides; i++)
            {
                _ports.Add(full);
                _unitLeaves[^1]++;
            }

            used = full.DownPorts;
        }

        _open[(group.Rate, full.DownLane, group.Place, full.Switch.Id)] = (leaf, used);
    }

    /// <summary>
    /// Fills pairs of leaves with nodes of an odd number of ports: two neighbours bring one pair as many ports as they have, for each gives
    /// its odd port to the other leaf.
    /// </summary>
    private void LayAlternating(int g, PortPlan full)
    {
        EndpointGroup group = _request.Groups[g];
        int larger = (group.Rails + 1) / 2;
        (int leaf, int used) = _open.TryGetValue((group.Rate, full.DownLane, group.Place, full.Switch.Id), out (int Leaf, int Used) last)
            ? last
            : (-1, full.DownPorts);
        for (int node = 0, count; node < group.Nodes; node += count)
        {
            int room = full.DownPorts - used;
            int left = group.Nodes - node;
            count = Math.Min(left, 2 * (room / group.Rails));
            // Only the last node of all stands alone, so that every run begins with an even one.
            count += left == count + 1 && room - (count / 2 * group.Rails) >= larger ? 1 : 0;
            if (count == 0)
            {
                leaf = _ports.Count;
                used = 0;
                _ports.Add(full);
                _ports.Add(full);
                _units.Add(new(g, group.FirstNode + node, 0, 0));
                _unitLeaves.Add(2);
                continue;
            }

            NoteNodes(g, node, node + count);
            int unit = _units.Count - 1;
            int from = node / 2 * group.Rails,
                whole = from + (count / 2 * group.Rails);
            int odd = count % 2;
            LeafShare share = new(leaf, g, unit, used, group.FirstRail, group.Rails, 0, 0, from, whole + (odd * larger)) { Side = 1 };
            _shares.Add(share);
            _shares.Add(share with { Leaf = leaf + 1, EndpointTo = whole + (odd * (group.Rails - larger)), Side = 2 });
            used += whole - from + (odd * larger);
        }

        _open[(group.Rate, full.DownLane, group.Place, full.Switch.Id)] = (leaf, used);
    }

    /// <summary>
    /// Counts nodes whose first port ends on the current leaf to its unit; a leaf shared by two pools keeps a unit for each.
    /// </summary>
    private void NoteNodes(int g, int from, int to)
    {
        if (to <= from)
        {
            return;
        }

        int first = _request.Groups[g].FirstNode + from;
        PlanUnit unit = _units[^1];
        if (unit.Group == g && (unit.Nodes == 0 || unit.FirstNode + unit.Nodes == first))
        {
            int nodes = unit.Nodes + to - from;
            _units[^1] = unit with { FirstNode = unit.Nodes == 0 ? first : unit.FirstNode, Nodes = nodes, BuiltNodes = nodes };
        }
        else
        {
            _units.Add(new(g, first, to - from, to - from));
            _unitLeaves.Add(0);
        }
    }

    /// <summary>Gives endpoints to a leaf, or to both of a pair; returns the downlinks that the (first) leaf spends on them.</summary>
    private int AddShares(int g, int leaf, int used, int from, int to, int sides)
    {
        EndpointGroup group = _request.Groups[g];
        int unit = _units.Count - 1;
        int railsA = (group.Rails + sides - 1) / sides;
        if (sides == 1 && _request.Sides == 2)
        {
            // Nodes with one port fill both leaves of the pair, half and half.
            int half = (to - from + 1) / 2;
            _shares.Add(new(leaf, g, unit, used, group.FirstRail, railsA, 0, 0, from, from + half));
            _shares.Add(new(leaf + 1, g, unit, used, group.FirstRail, railsA, 0, 0, from + half, to));
            return half;
        }

        // Cages of trays go to either leaf in turn, legs of one cage to one leaf; a last cage that would be parted leaves them in halves.
        int perCage = group.Ports.NicsPerCage;
        int turn = sides == 2 && group.HasTrays && (perCage == 1 || group.Rails / perCage % 2 == 0) ? perCage : 0;
        _shares.Add(new(leaf, g, unit, used, group.FirstRail, railsA, 0, 0, from, to) { Interleave = turn });
        if (sides == 2)
        {
            int railsB = group.Rails - railsA;
            int firstB = group.FirstRail + (turn > 0 ? turn : railsA);
            _shares.Add(
                new(leaf + 1, g, unit, used, firstB, railsB, 0, 0, from / railsA * railsB, to / railsA * railsB) { Interleave = turn }
            );
        }

        return to - from;
    }

    /// <summary>
    /// Nodes of <paramref name="group"/> that the current pod still takes; moves on to the next pod when it is full. Without pods, more
    /// than there are.
    /// </summary>
    private long NodesLeftInPod(EndpointGroup group)
    {
        if (_request.PodXpus is null)
        {
            return int.MaxValue;
        }

        long left = (_request.XpusOfPod(_pod.Index) - _pod.Xpus) / group.XpusPerNode;
        if (left > 0)
        {
            return left;
        }

        _pod = (_pod.Index + 1, 0);
        return Math.Max(1, _request.XpusOfPod(_pod.Index) / group.XpusPerNode);
    }

    /// <summary>Says on which lanes downlinks run that are slower than the cages could; empty where they run as fast as these.</summary>
    public static string OnSlowerLanes(PortPlan ports) =>
        ports.SlowerLane is { } lane
            ? $"; the cages run {ports.Down} on lanes of {lane}, as those of the hosts, where they could run {ports.DownBlock.LaneRate}"
            : "";

    /// <summary>Leaves that the rails of a unit take.</summary>
    public static int LeavesOfUnit(int downPorts, int unitNodes, int rails)
    {
        int perLeaf = RailsPerLeaf(downPorts, unitNodes, rails);
        return (rails + perLeaf - 1) / perLeaf;
    }

    /// <summary>Rails of a unit that one leaf takes: as many as fit, each with a port for every node.</summary>
    public static int RailsPerLeaf(int downPorts, int unitNodes, int rails) => Math.Clamp(downPorts / Math.Max(1, unitNodes), 1, rails);
}
