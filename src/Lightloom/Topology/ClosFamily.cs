namespace Lightloom.Topology;

/// <summary>Leaves, spines and super-spines, folded: one to three tiers, packets or cells.</summary>
internal sealed class ClosFamily : ITopologyFamily
{
    /// <summary>The one that is registered.</summary>
    public static ITopologyFamily Instance => TopologyFamilies.Named("clos")!;

    /// <inheritdoc/>
    public string Name => "clos";

    /// <inheritdoc/>
    public PathRule Paths => PathRule.UpDown;

    /// <inheritdoc/>
    public IEnumerable<BackendCandidate> Size(BackendQuestion question) => new ClosCandidates(question).Size();

    /// <inheritdoc/>
    public Fabric Wire(BackendPlan plan, NetworkDraft draft) => new ClosDrawing((ClosPlan)plan, draft).Draw();

    /// <inheritdoc/>
    public string? Audit(Network network, Fabric fabric)
    {
        foreach (LinkClass c in fabric.LinkClasses)
        {
            if (c.To != Tier.External && c.To != c.From + 1 && (c.From, c.To) != (Tier.Leaf, Tier.Leaf))
            {
                return $"a {c.TierWord} link skips a tier";
            }

            // Spraying over uplinks is even only when every spine that a leaf reaches has as many of its links.
            if ((c.From, c.To) == (Tier.Leaf, Tier.Spine) && UnevenLeaf(c) is { } leaf)
            {
                return $"{network.NameOf(leaf)} has more links to some of its spines than to others";
            }
        }

        return null;
    }

    // A leaf's links come spine by spine, so every run of links to one spine is as long as its first.
    private static int? UnevenLeaf(LinkClass c)
    {
        ReadOnlySpan<Link> links = c.Links.AsSpan();
        int first = 0;
        for (int i = 0; i < links.Length; )
        {
            int leaf = links[i].A,
                spine = links[i].Z;
            bool fresh = i == 0 || links[i - 1].A != leaf;
            int start = i;
            while (i < links.Length && links[i].A == leaf && links[i].Z == spine)
            {
                i++;
            }

            first = fresh ? i - start : first;
            if (i - start != first || (!fresh && links[start - 1].Z > spine))
            {
                return leaf;
            }
        }

        return null;
    }
}
