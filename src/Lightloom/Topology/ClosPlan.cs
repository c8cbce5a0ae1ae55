using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A sized Clos backend: every plane's plan and the switches it uses.</summary>
internal sealed class ClosPlan : BackendPlan
{
    /// <inheritdoc/>
    public override ITopologyFamily Family => ClosFamily.Instance;

    public required SwitchModel Leaf { get; init; }

    public required SwitchModel Spine { get; init; }

    public required SwitchModel SuperSpine { get; init; }

    /// <summary>What all its ports speak.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>One plan for each plane (rail), or one that all planes repeat (nic-split) or that holds them as pods (pods).</summary>
    public required IReadOnlyList<PlanePlan> Plans { get; init; }

    /// <summary>How often each plan is built.</summary>
    public int Copies => Layout == PlaneLayout.NicSplit ? Planes : 1;

    /// <inheritdoc/>
    public override int Tiers => Plans.Max(p => p.Tiers);

    /// <summary>Leaves over all planes.</summary>
    public long Leaves => Plans.Sum(p => (long)p.LeafCount) * Copies;

    /// <summary>Spines over all planes.</summary>
    public long Spines => Plans.Sum(p => (long)p.Spines) * Copies;

    /// <summary>Super-spines over all planes.</summary>
    public long SuperSpines => Plans.Sum(p => (long)p.SuperSpines) * Copies;

    /// <inheritdoc/>
    public override IReadOnlyList<(SwitchModel Model, long Count)> Switches =>
        [
            .. Plans.SelectMany(p => p.Leaves.Models).GroupBy(m => m.Model).Select(k => (k.Key, k.Sum(m => (long)m.Count) * Copies)),
            (Spine, Spines),
            (SuperSpine, SuperSpines),
        ];

    /// <inheritdoc/>
    public override long Links =>
        Copies
        * Plans.Sum(p =>
            p.Leaves.Hosts.Endpoints + p.Leaves.Uplinks + (p.Tiers > 2 ? (long)p.Spines * p.SpinePorts!.UpPorts : 0) + p.PeerLinks
        );

    /// <inheritdoc/>
    public override IReadOnlyList<(SwitchModel Model, int Times)> LongestPath =>
        [.. new[] { Leaf, Spine, SuperSpine }.Take(Tiers).Select((model, tier) => (model, tier == Tiers - 1 ? 1 : 2))];

    /// <inheritdoc/>
    public override IEnumerable<CountedLinks> LinkKinds
    {
        get
        {
            int planesOfNic = Layout == PlaneLayout.NicSplit ? Planes : 1;
            // Links to what is outside are those of all planes, and every plan has them: they are counted once, of the first.
            return Plans
                .SelectMany((p, plane) => p.LinkKinds(Protocol, planesOfNic).Where(k => plane == 0 || k.Ends.To != Topology.Tier.External))
                .Select(k => k with { Count = k.Ends.To == Topology.Tier.External ? k.Count : k.Count * Copies });
        }
    }

    /// <inheritdoc/>
    public override string Shape
    {
        get
        {
            PlanePlan plane = Plans[0];
            return string.Join(
                '|',
                Paradigm,
                Layout,
                Planes,
                string.Join('+', PlanePlan.LeafTiers(Plans, Copies).Select(t => $"{t.Count} of {t.Switch.RackUnits} U"))
                    + string.Join(
                        '+',
                        Plans[0].Leaves.Kinds.Select(k => $"{k.Ports.DownUse}, {(k.Ports.UpBlock is null ? "" : k.Ports.UpUse)}")
                    ),
                Tier(Spine, Spines, plane.SpinePorts),
                Tier(SuperSpine, SuperSpines, plane.SuperSpinePorts)
            );

            static string Tier(SwitchModel model, long count, PortPlan? ports)
            {
                string? up = ports?.UpBlock is null ? null : ports.UpUse.ToString();
                return ports is null || count == 0
                    ? "none"
                    : FormattableString.Invariant($"{count} of {model.RackUnits} U, {ports.DownUse}, {up}");
            }
        }
    }
}
