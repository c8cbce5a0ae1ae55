using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>
/// The plans of frontends that were found already. What would mend a worry or a refusal is looked for in files that differ from the first in their
/// backend or management alone, often ten times; the other networks are the same there. Kept as long as the catalogue.
/// </summary>
internal static class FrontendMemo
{
    /// <summary>Files that are remembered for each catalogue.</summary>
    private const int Most = 16;

    private static readonly ConditionalWeakTable<
        Catalogue,
        Queue<(ClusterSpec Asked, string Open, string Network, bool Judged, IReadOnlyList<FrontendPlan> Plans)>
    > _known = [];

    /// <summary>Those of a file that asks the same of everything but the backend and the management network.</summary>
    public static bool TryGet(ClusterSpec spec, string network, bool judged, [NotNullWhen(true)] out IReadOnlyList<FrontendPlan>? plans)
    {
        var known = _known.GetOrCreateValue(spec.Catalogue);
        ClusterSpec asked = Asked(spec);
        string open = Open(spec);
        lock (known)
        {
            plans = known.FirstOrDefault(k => k.Judged == judged && k.Network == network && k.Open == open && k.Asked == asked).Plans;
        }

        return plans is not null;
    }

    /// <summary>Remembers the plans of a file.</summary>
    public static void Keep(ClusterSpec spec, string network, bool judged, IReadOnlyList<FrontendPlan> plans)
    {
        var known = _known.GetOrCreateValue(spec.Catalogue);
        lock (known)
        {
            if (known.Count == Most)
            {
                known.Dequeue();
            }

            known.Enqueue((Asked(spec), Open(spec), network, judged, plans));
        }
    }

    // Records compare what they hold; lists are the same ones where a file was made of another.
    private static ClusterSpec Asked(ClusterSpec spec) => spec with { Backend = _any, Oob = _anyOob };

    // Own switches that the backend or the management network names are not open to others.
    private static string Open(ClusterSpec spec) => string.Join(' ', spec.OpenSwitches.Where(s => s.UserDefined).Select(s => s.Id));

    private static readonly BackendSpec _any = new();
    private static readonly OobSpec _anyOob = new();
}
