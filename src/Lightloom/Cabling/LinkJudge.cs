using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>Asks the selector whether any product of the catalogue joins two kinds of cage. Answers are kept: thousands of candidates ask
/// the same.</summary>
/// <remarks>Belongs to one search; not safe to use from several threads.</remarks>
internal sealed class LinkJudge(ClusterSpec spec) : ILinkJudge
{
    private readonly InterconnectSelector _selector = new(spec.Catalogue, spec.Interconnect);
    private readonly MediaPolicy _media = new(spec.Interconnect.Media);
    private readonly Dictionary<LinkEnds, string?> _known = [];

    /// <inheritdoc/>
    public string? Fault(LinkEnds ends)
    {
        // The tiers only matter to the sentence and to what a NIC can drive.
        LinkEnds key = !_media.IsEmpty
            ? ends
            : ends with
            {
                From = ends.From == Tier.Host ? Tier.Host : Tier.Leaf,
                To = ends.To == Tier.External ? Tier.External : Tier.Leaf,
            };
        if (!_known.TryGetValue(key, out string? fault))
        {
            fault = Joins(ends)
                ? null
                : $"no interconnect of the catalogue joins {Words(ends.A)} of the {ends.From.ToWord()} to {Words(ends.Z)} of the "
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

    /// <summary>A cage and how it is divided: <c>an osfp cage used as 2x400</c>.</summary>
    public static string Words(CageUse use) =>
        use.FormFactor.ToWord() is var form && form.StartsWith('o')
            ? $"an {form} cage used as {use.Breakout}"
            : $"a {form} cage used as {use.Breakout}";

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
