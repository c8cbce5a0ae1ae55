using Lightloom.Design;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>Links of a fabric between two tiers at one rate, all planes together.</summary>
/// <param name="From">Lower tier.</param>
/// <param name="To">Upper tier.</param>
/// <param name="Rate">Rate of one logical link.</param>
/// <param name="LogicalLinks">How many logical links.</param>
/// <param name="Cables">How many distinct cables carry them.</param>
internal sealed record LinkSummary(Tier From, Tier To, DataRate Rate, long LogicalLinks, long Cables)
{
    /// <summary>The entries of one fabric, from the hosts up.</summary>
    public static IReadOnlyList<LinkSummary> Of(ClusterDesign design, Fabric fabric)
    {
        bool[] seen = new bool[design.Cables.Cables.Length];
        List<LinkSummary> result = [];
        foreach (
            IGrouping<(Tier From, Tier To, DataRate Rate), LinkClass> group in fabric
                .LinkClasses.GroupBy(c => (c.From, c.To, c.Rate))
                .OrderBy(g => g.Key.From)
                .ThenBy(g => g.Key.To)
                .ThenByDescending(g => g.Key.Rate)
        )
        {
            long cables = 0;
            foreach (LinkClass links in group)
            {
                foreach (int cable in design.Cables.CableOfLink[links.Index])
                {
                    if (cable >= 0 && !seen[cable])
                    {
                        seen[cable] = true;
                        cables++;
                    }
                }
            }

            result.Add(new(group.Key.From, group.Key.To, group.Key.Rate, group.Sum(c => (long)c.Links.Length), cables));
        }

        return result;
    }
}
