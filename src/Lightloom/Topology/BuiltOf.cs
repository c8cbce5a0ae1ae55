using System.Globalization;
using Lightloom.Hardware;

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

    /// <summary>Leaves of all models.</summary>
    public long LeafCount => Leaves.Sum(l => l.Count);

    /// <summary>As in <c>2 leaves and 2 spines of nvidia-sn5600</c>.</summary>
    public string InWords()
    {
        List<(SwitchModel Model, string Words)> tiers =
        [
            .. Leaves.Select(l => (l.Model, Counted(l.Count, "leaf", "leaves"))),
            (Spine.Model, Counted(Spine.Count, "spine", "spines")),
            (SuperSpine.Model, Counted(SuperSpine.Count, "super-spine", "super-spines")),
        ];
        tiers.RemoveAll(t => t.Words.Length == 0);
        return string.Join(
            ", ",
            tiers.GroupBy(t => t.Model.Id).Select(model => $"{string.Join(" and ", model.Select(t => t.Words))} of {model.Key}")
        );
    }

    private static string Counted(long count, string one, string many) =>
        count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
