using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>Everything between panels: which ways share which trunks, and which ports of which panel each takes.</summary>
internal sealed class PatchField
{
    private readonly int[] _firstStrand;
    private readonly ushort[] _pieces;
    private readonly List<(int Group, int Index)> _strands;
    private readonly List<(PortBlock A, PortBlock Z)> _rackPorts;
    private readonly StrandGroup[] _groups;

    private PatchField(
        Builder from,
        List<(int, int)> strands,
        List<(PortBlock, PortBlock)> rackPorts,
        StrandGroup[] groups,
        IReadOnlyList<PatchPanel> panels
    ) =>
        (_firstStrand, _pieces, _strands, _rackPorts, _groups, Panels) = (
            from.First,
            from.PiecesOfCable,
            strands,
            rackPorts,
            groups,
            panels
        );

    /// <summary>The panels of all frames.</summary>
    public IReadOnlyList<PatchPanel> Panels { get; }

    /// <summary>Groups of ways, in the order of the floor.</summary>
    public IReadOnlyList<StrandGroup> Groups => _groups;

    /// <summary>Trunks and cassettes together, which have the first numbers among the pieces.</summary>
    public long Pieces { get; private init; }

    /// <summary>Pieces of a cable that passes panels, trunks and cassettes not counted; 0 where it passes none.</summary>
    public int PiecesOf(int cable) => _pieces[cable];

    /// <summary>The group of a way of a cable, its place there, and its ports in the racks at its ends.</summary>
    public StrandPlace Strand(int cable, int strand)
    {
        int number = _firstStrand[cable] + strand;
        (int group, int index) = _strands[number];
        (PortBlock rackA, PortBlock rackZ) = _rackPorts.Count > 0 ? _rackPorts[number] : default;
        return new(_groups[group], index, rackA, rackZ);
    }

    /// <summary>A panel port.</summary>
    /// <param name="group">The group of the way.</param>
    /// <param name="level">Panel on the way, from the A module.</param>
    /// <param name="index">The way's place in the group.</param>
    /// <param name="rear">The rear, where trunks and jumpers arrive from behind.</param>
    public static PieceEnd Port(StrandGroup group, int level, int index, bool rear)
    {
        PortBlock block = group.Blocks[level];
        return Port(group, block, level, block.Start + index, rear);
    }

    /// <summary>A panel port of a way.</summary>
    /// <param name="way">The way.</param>
    /// <param name="level">Panel on the way, from the A module.</param>
    /// <param name="rear">The rear, where trunks and jumpers arrive from behind.</param>
    public static PieceEnd Port(in StrandPlace way, int level, bool rear) =>
        level == 0 && way.RackA.Rank is not null ? Port(way.Group, way.RackA, level, way.RackA.Start, rear)
        : level == way.Group.Key.Panels - 1 && way.RackZ.Rank is not null ? Port(way.Group, way.RackZ, level, way.RackZ.Start, rear)
        : Port(way.Group, level, way.Index, rear);

    private static PieceEnd Port(StrandGroup group, in PortBlock block, int level, int at, bool rear)
    {
        if (block.Rank.Cassettes)
        {
            int cassette = at / StrandGroup.CassettePairs;
            if (rear)
            {
                int plugs = block.Rank.PortsPerPanel / StrandGroup.CassettePairs;
                return new(-1, FabricRole.Backend, (cassette % plugs) + 1, 0, block.Rank.FirstPanel + (cassette / plugs), true);
            }

            // A type B trunk turns the order of a cassette's pairs round, so that the sixth of the far end belongs to the first of this.
            int pair = at % StrandGroup.CassettePairs;
            at = (cassette * StrandGroup.CassettePairs) + (level >= group.Key.PanelsA ? StrandGroup.CassettePairs - 1 - pair : pair);
        }

        int ports = block.Rank.PortsPerPanel;
        return new(-1, FabricRole.Backend, (at % ports) + 1, 0, block.Rank.FirstPanel + (at / ports), rear);
    }

    /// <summary>Number of the trunk that a way passes.</summary>
    public static long TrunkOf(StrandGroup group, int index) => group.FirstTrunk + (PlugOf(group, index) / group.PlugsPerTrunk);

    /// <summary>Number of the cassette that a way passes at one end.</summary>
    public static long CassetteOf(StrandGroup group, int index, bool atZ) =>
        group.FirstCassette + (atZ ? group.Plugs : 0) + PlugOf(group, index);

    /// <summary>The trunks with a row for each plug in use, then the cassettes.</summary>
    public IEnumerable<Piece> PlantPieces()
    {
        foreach (StrandGroup group in _groups)
        {
            int step = group.Key.HasCassettes ? StrandGroup.CassettePairs : 1;
            for (int plug = 0; group.Key.HasTrunk && plug < group.Plugs; plug++)
            {
                yield return new(
                    group.FirstTrunk + (plug / group.PlugsPerTrunk),
                    group.Trunks[plug / group.PlugsPerTrunk],
                    group.TrunkLength.Computed,
                    Port(group, group.Key.PanelsA - 1, plug * step, rear: true),
                    Port(group, group.Key.PanelsA, plug * step, rear: true)
                );
            }
        }

        foreach (StrandGroup group in _groups.Where(g => g.Key.HasCassettes))
        {
            for (int i = 0; i < 2 * group.Plugs; i++)
            {
                int level = i < group.Plugs ? group.Key.PanelsA - 1 : group.Key.PanelsA;
                PieceEnd rear = Port(group, level, i % group.Plugs * StrandGroup.CassettePairs, rear: true);
                int article = i < group.Plugs ? group.Cassettes.A : group.Cassettes.Z;
                yield return new(group.FirstCassette + i, article, 0, rear with { Socket = -1 }, rear with { Socket = -1 });
            }
        }
    }

    private static int PlugOf(StrandGroup group, int index) => group.Key.HasCassettes ? index / StrandGroup.CassettePairs : index;

    /// <summary>Gathers the ways of the cables into groups.</summary>
    internal sealed class Builder(int cables)
    {
        /// <summary>By cable: the place of its first strand.</summary>
        public int[] First { get; } = new int[cables + 1];

        /// <summary>By cable: its pieces.</summary>
        public ushort[] PiecesOfCable { get; } = new ushort[cables];

        private readonly List<(int Group, int Index)> _strands = [];
        private readonly List<(FramePlace? A, FramePlace? Z)> _racks = [];
        private bool _hasRacks;
        private readonly Dictionary<StrandKey, int> _numbers = [];
        private readonly List<StrandGroup> _groups = [];

        /// <summary>Says that all strands of this cable and of those before it are added.</summary>
        public void Close(int cable, int pieces)
        {
            First[cable + 1] = _strands.Count;
            PiecesOfCable[cable] = checked((ushort)pieces);
        }

        /// <summary>Adds a strand that passes no panel.</summary>
        public void AddDirect()
        {
            _strands.Add((-1, 0));
            _racks.Add((null, null));
        }

        /// <summary>Adds a way of the cable that is next to be closed.</summary>
        public void Add(StrandKey key, in PatchedOrder order, long fibres)
        {
            if (!_numbers.TryGetValue(key, out int number))
            {
                _numbers[key] = number = _groups.Count;
                _groups.Add(new(key) { Blocks = new PortBlock[key.Panels], TrunkLength = (order.Route.Trunk, order.Trunk) });
            }

            StrandGroup group = _groups[number];
            _strands.Add((number, group.Count++));
            _racks.Add((order.Route.RackA, order.Route.RackZ));
            _hasRacks |= order.Route.RackA is not null;
            group.UsedFibres += key.HasTrunk ? fibres : 0;
        }

        /// <summary>Gives every group its trunks, cassettes and panel ports.</summary>
        /// <param name="spec">Panels, trunks and cassettes of the catalogue, and the jacket that is asked for.</param>
        /// <param name="network">Devices, for what stands in racks.</param>
        /// <param name="placement">Halls, for the names of frames, and racks.</param>
        /// <param name="unitsPerBay">Rack units of a frame's bay.</param>
        /// <param name="article">Counts an article and returns its number.</param>
        public PatchField Build(
            ClusterSpec spec,
            Network network,
            Placement placement,
            int unitsPerBay,
            Func<PieceArticle, long, int> article
        )
        {
            Catalogue catalogue = spec.Catalogue;
            int[] order = [.. Enumerable.Range(0, _groups.Count).OrderBy(g => _groups[g].Key)];
            StrandGroup[] sorted = [.. order.Select(g => _groups[g])];
            int[] now = new int[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                now[order[i]] = i;
            }

            SortedDictionary<FramePlace, List<PanelRank>> frames = [];
            foreach (StrandGroup group in sorted)
            {
                for (int level = group.Key.AtRackA ? 1 : 0; level < group.Key.Panels - (group.Key.AtRackZ ? 1 : 0); level++)
                {
                    FramePlace place = level < group.Key.PanelsA ? group.Key.FrameA : group.Key.FrameZ;
                    group.Blocks[level] = RankFor(frames, catalogue, group.Key, level, place).Take(group.Count);
                }
            }

            List<(PortBlock, PortBlock)> rackPorts = _hasRacks ? TakeRackPorts(frames, catalogue) : [];

            PatchParts parts = new(spec, placement);
            long number = 0;
            foreach (StrandGroup group in sorted.Where(g => g.Key.HasTrunk))
            {
                group.FirstTrunk = number;
                parts.Lay(group, article);
                number += group.Trunks.Length;
            }

            foreach (StrandGroup group in sorted.Where(g => g.Key.HasCassettes))
            {
                group.FirstCassette = number;
                group.Cassettes = (
                    article(PatchParts.Cassette(catalogue, group.Key, atZ: false), group.Plugs),
                    article(PatchParts.Cassette(catalogue, group.Key, atZ: true), group.Plugs)
                );
                number += 2L * group.Plugs;
            }

            return new(
                this,
                [.. _strands.Select(s => (s.Group < 0 ? -1 : now[s.Group], s.Index))],
                rackPorts,
                sorted,
                Stand(frames, spec.Names.Panel, placement, new(network, placement), unitsPerBay)
            )
            {
                Pieces = number,
            };
        }

        // Ways that go on from a rack to a frame share trunks there with those of other racks, so that each takes a port of its own in its rack.
        private List<(PortBlock, PortBlock)> TakeRackPorts(SortedDictionary<FramePlace, List<PanelRank>> frames, Catalogue catalogue)
        {
            List<(PortBlock, PortBlock)> ports = new(_strands.Count);
            for (int i = 0; i < _strands.Count; i++)
            {
                (FramePlace? a, FramePlace? z) = _racks[i];
                int group = _strands[i].Group;
                ports.Add((At(a, group, 0), At(z, group, group < 0 ? 0 : _groups[group].Key.Panels - 1)));
            }

            return ports;

            PortBlock At(FramePlace? place, int group, int level) =>
                place is { } rack ? RankFor(frames, catalogue, _groups[group].Key, level, rack).Take(1) : default;
        }

        private static PanelRank RankFor(
            SortedDictionary<FramePlace, List<PanelRank>> frames,
            Catalogue catalogue,
            in StrandKey key,
            int level,
            FramePlace place
        )
        {
            bool cassettes = key.HasCassettes && (level == key.PanelsA - 1 || level == key.PanelsA);
            if (!frames.TryGetValue(place, out List<PanelRank>? ranks))
            {
                frames[place] = ranks = [];
            }

            foreach (PanelRank rank in ranks)
            {
                if (rank.Connector == key.Connector && rank.Medium == key.Medium && rank.Cassettes == cassettes)
                {
                    return rank;
                }
            }

            PanelRank added = PatchParts.Rank(catalogue, key, cassettes);
            ranks.Add(added);
            return added;
        }

        // One panel above another, bay after bay; in a rack where units are left for them.
        private static List<PatchPanel> Stand(
            SortedDictionary<FramePlace, List<PanelRank>> frames,
            NamePattern? named,
            Placement placement,
            PanelUnits units,
            int unitsPerBay
        )
        {
            List<PatchPanel> panels = [];
            foreach ((FramePlace place, List<PanelRank> ranks) in frames)
            {
                string frame = PatchParts.NameOf(placement, place);
                int perBay = place.Rack < 0 ? unitsPerBay : int.MaxValue;
                int unit = 0;
                int number = 0;
                foreach (PanelRank rank in ranks)
                {
                    rank.FirstPanel = panels.Count;
                    int height = rank.Part?.RackUnits?.Value ?? 1;
                    for (int i = 0; i < rank.Panels; i++)
                    {
                        int bay = unit / perBay;
                        if ((unit % perBay) + height > perBay)
                        {
                            unit = (bay + 1) * perBay;
                            bay++;
                        }

                        int at = place.Rack < 0 ? (unit % perBay) + 1 : units.Take(place.Rack, height);
                        panels.Add(
                            new()
                            {
                                Name = PanelNames.Of(named, placement, place, ++number, at),
                                Frame = place,
                                Bay = bay == 0 ? frame : FormattableString.Invariant($"{frame}-{bay + 1}"),
                                Unit = at,
                                Id = rank.Id,
                                Part = rank.Part,
                                Ports = rank.PortsPerPanel,
                                UsedPorts = Math.Min(rank.PortsPerPanel, rank.Taken - (i * rank.PortsPerPanel)),
                                HasCassettes = rank.Cassettes,
                            }
                        );
                        unit += height;
                    }
                }
            }

            return panels;
        }
    }
}
