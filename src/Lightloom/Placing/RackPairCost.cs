using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Placing;

/// <summary>What the cables between two racks cost, wherever these stand.</summary>
internal sealed class RackPairCost(FloorGeometry geometry, Network network, FloorCandidate candidate, CableCost cost)
{
    private readonly CableRouter _router = new(geometry, network, candidate.Placement);

    /// <summary>The links of every rack.</summary>
    public RackLinks Links => field ??= new(geometry, network, _router, candidate.Order.Length);

    /// <summary>US dollars for the links of a rack that go to one other; they stand side by side in <see cref="RackLinks.Of"/>.</summary>
    /// <param name="links">Links of the one rack to the other.</param>
    /// <param name="from">Place of the one.</param>
    /// <param name="to">Place of the other.</param>
    public double Of(ReadOnlySpan<RackLink> links, in RackPlace from, in RackPlace to)
    {
        long laid = Links.WithSlack(_router.PathBetween(from, to));
        double sum = 0;
        foreach (ref readonly RackLink link in links)
        {
            sum += link.Weight * cost.Of((int)Math.Min(int.MaxValue, link.Base + laid));
        }

        return sum;
    }
}
