using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>What a network would be built of: the models of each tier, and how many of each.</summary>
/// <param name="Leaves">Leaf models, each once.</param>
/// <param name="Spine">The spine; none where its count is 0.</param>
/// <param name="SuperSpine">The super-spine; none where its count is 0.</param>
internal sealed record BuiltOf(
    IReadOnlyList<(SwitchModel Model, long Count)> Leaves,
    (SwitchModel Model, long Count) Spine,
    (SwitchModel Model, long Count) SuperSpine
)
{
    /// <summary>Of counts from the leaf up, whose last two are spine and super-spine.</summary>
    public static BuiltOf Of(IReadOnlyList<(SwitchModel Model, long Count)> counts) => new([.. counts.SkipLast(2)], counts[^2], counts[^1]);

    /// <summary>Of a network that is drawn.</summary>
    public static BuiltOf Of(Fabric fabric)
    {
        return new(
            [
                .. fabric
                    .Tiers.Where(t => t.Tier == Tier.Leaf)
                    .GroupBy(t => t.Switch)
                    .Select(model => (model.Key, model.Sum(t => (long)t.Count))),
            ],
            In(Tier.Spine),
            In(Tier.SuperSpine)
        )
        {
            PeerRatio = fabric.IsPair ? fabric.Oversubscription.GetValueOrDefault(Tier.Leaf) : 0,
        };

        (SwitchModel Model, long Count) In(Tier tier) =>
            fabric.Tiers.FirstOrDefault(t => t.Tier == tier) is { } found ? (found.Switch, found.Count) : (fabric.Tiers[0].Switch, 0);
    }

    /// <summary>What the hosts of one leaf of a pair may ask of the peer links, over what these carry; 0 for leaves that are not joined so.</summary>
    public double PeerRatio { get; init; }

    /// <summary>Leaves of all models.</summary>
    public long LeafCount => Leaves.Sum(l => l.Count);

    /// <summary>As in <c>2 leaves and 2 spines of nvidia-sn5600</c>.</summary>
    public string InWords()
    {
        List<(SwitchModel Model, string Words)> tiers =
        [
            .. Leaves.Select(l => (l.Model, Words(l.Count, "leaf"))),
            (Spine.Model, Words(Spine.Count, "spine")),
            (SuperSpine.Model, Words(SuperSpine.Count, "super-spine")),
        ];
        tiers.RemoveAll(t => t.Words.Length == 0);
        string[] models =
        [
            .. tiers.GroupBy(t => t.Model.Id).Select(model => $"{Listed.InWords(model.Select(t => t.Words))} of {model.Key}"),
        ];
        return (tiers.Count > models.Length ? string.Join(", ", models) : Listed.InWords(models))
            + (PeerRatio > 0 ? FormattableString.Invariant($", {PeerRatio:0.##} : 1 between them over the peer links") : "");
    }

    private static string Words(long count, string one) => count == 0 ? "" : Counted.Of(count, one);
}
