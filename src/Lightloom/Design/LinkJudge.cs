using Lightloom.Bill;
using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// Asks the selector whether any product of the catalogue joins two kinds of cage, and the rules of the bill what a network comes to. Answers
/// are kept: thousands of candidates ask the same.
/// </summary>
/// <remarks>Belongs to one search; not safe to use from several threads.</remarks>
internal sealed class LinkJudge(ClusterSpec spec) : ILinkJudge
{
    private readonly InterconnectSelector _selector = new(spec.Catalogue, spec.Interconnect);
    private readonly MediaPolicy _media = new(spec.Interconnect.Media);
    private readonly Dictionary<LinkEnds, string?> _known = [];
    private readonly Dictionary<(LinkEnds Ends, LinkShape Shape, bool Together, int Panels), PreparedLink> _prepared = [];
    private UnitEstimates? _estimates;
    private DraftBill? _draft;

    /// <inheritdoc/>
    public string? Fault(LinkEnds ends)
    {
        // The tiers only matter to the sentence and to what a NIC can drive.
        LinkEnds key = KeyOf(ends);
        if (!_known.TryGetValue(key, out string? fault))
        {
            fault = Joins(ends)
                ? null
                : $"no interconnect of the catalogue joins {CageWords.Of(ends.A)} of the {ends.From.ToWord()} to {CageWords.Of(ends.Z)} of the "
                    + ends.To.ToWord()
                    + (
                        _media.Of(ends.From, ends.To) is { } kinds
                            ? $" with {MediaPolicy.InWords($"{ends.From.ToWord()}-{ends.To.ToWord()}", kinds)}"
                            : ""
                    );
            _known[key] = fault;
        }

        return fault;
    }

    /// <inheritdoc/>
    public bool Serves(LinkEnds ends, Length length) =>
        _selector.Choose(Question(ends, LinkQuestion.ShapeOf(ends.A, ends.Z), together: false) with { Length = length }) is not null;

    /// <inheritdoc/>
    public NetworkEstimate Estimate(IEnumerable<(SwitchModel Model, long Count)> switches, IEnumerable<CountedLinks> links) =>
        (_draft ??= Draft(Assumed())).Of(switches, links);

    /// <summary>A bill of sized networks whose links are as long as those of one that was placed.</summary>
    public DraftBill Draft(TierLengths lengths) =>
        new(spec, lengths, _estimates ??= new(spec.Catalogue), Prepared, (product, mm) => LinkLatency.Of(product, mm, spec.Catalogue));

    // The tiers only matter to the sentence and to what a NIC can drive.
    private LinkEnds KeyOf(LinkEnds ends) =>
        !_media.IsEmpty
            ? ends
            : ends with
            {
                From = ends.From == Tier.Host ? Tier.Host : Tier.Leaf,
                To = ends.To == Tier.External ? Tier.External : Tier.Leaf,
            };

    // As the planner asks: of cages divided alike all legs go to one cage between switches that have so many links, else each to a switch of
    // its own; one straight assembly is the resort where they stay together.
    private IEnumerable<(LinkShape Shape, PreparedLink Link)> Prepared(LinkEnds ends, bool legsPart, int panels)
    {
        LinkShape shape = LinkQuestion.ShapeOf(ends.A, ends.Z);
        bool mayPair = shape == LinkShape.Mesh && ends.A.Ways == ends.Z.Ways && !ends.SplitOverPlanes;
        if (mayPair && !legsPart && ends.From != Tier.Host)
        {
            yield return (shape, Prepared(ends, shape, together: true, panels));
        }

        yield return (shape, Prepared(ends, shape, together: false, panels));
        if (mayPair && !legsPart && ends.From != Tier.Host)
        {
            yield return (LinkShape.Parallel, Prepared(ends, LinkShape.Parallel, together: false, panels));
        }
    }

    private PreparedLink Prepared(LinkEnds ends, LinkShape shape, bool together, int panels)
    {
        (LinkEnds, LinkShape, bool, int) key = (KeyOf(ends), shape, together, panels);
        if (!_prepared.TryGetValue(key, out PreparedLink? link))
        {
            _prepared[key] = link = _selector.Prepare(Question(ends, shape, together) with { Panels = panels });
        }

        return link;
    }

    private TierLengths Assumed()
    {
        FloorGeometry floor = new(spec);
        double racks = RacksOf(spec);
        int inHall = floor.RacksPerRow * (floor.Rows ?? floor.MaxRows);
        return TierLengths.Assumed(racks, spec.Floor.Sites.Count == 0 && racks > inHall && floor.PanelsBetweenHalls > 0);
    }

    /// <summary>Racks that nodes and services fill, and a tenth more for switches: how far apart things stand before anything is placed.</summary>
    private static double RacksOf(ClusterSpec spec)
    {
        FloorGeometry floor = new(spec);
        double racks = 0;
        foreach (PoolNodes pool in PoolReader.Read(spec, new()) ?? [])
        {
            NodeModel node = pool.Node;
            int units = node.RackUnits?.Value ?? (pool.IsService ? floor.ServiceNodeUnits : floor.NodeUnits);
            Power? draws = (node.PowerMaximum ?? node.PowerTypical)?.Value;
            double byPower = draws is { } watts && watts > Power.Zero ? Math.Floor(floor.PowerLimit.Watts / watts.Watts) : int.MaxValue;
            double each = Math.Clamp(Math.Min(floor.UsableUnits / Math.Max(1, units), byPower), 1, floor.MaxNodes);
            racks += Math.Ceiling(pool.Count / each);
        }

        return racks * 1.1;
    }

    // The planner asks the same shapes: a cable a leg, or for cages divided alike at both ends one that carries all legs.
    private bool Joins(LinkEnds ends)
    {
        LinkShape shape = LinkQuestion.ShapeOf(ends.A, ends.Z);
        return Serves(ends, shape, together: false)
            || (
                shape == LinkShape.Mesh
                && ends.A.Ways == ends.Z.Ways
                && !ends.SplitOverPlanes
                && (Serves(ends, shape, together: true) || Serves(ends, LinkShape.Parallel, together: false))
            );
    }

    private bool Serves(LinkEnds ends, LinkShape shape, bool together) => _selector.ServesSomeLength(Question(ends, shape, together));

    private LinkQuestion Question(LinkEnds ends, LinkShape shape, bool together) =>
        new()
        {
            Length = Length.Zero,
            Rate = ends.Rate,
            A = ends.A,
            Z = ends.Z,
            Shape = shape,
            Protocol = ends.Protocol,
            LinearAllowed = LinkQuestion.MayBeLinear(ends.From == Tier.Host, ends.A),
            LegsStayTogether = together,
            Separable = ends.To == Tier.External,
            OwnPlugs = ends.OwnPlugs,
            Kinds = _media.Of(ends.From, ends.To),
        };
}
