using System.Text.Json;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>
/// The document of <c>explore --json</c>: every backend that was considered, and why those that were not feasible are not.
/// </summary>
public static class AlternativesJson
{
    /// <summary>Writes the document and a line end.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="all">What was considered, in the order of the ranking.</param>
    /// <param name="stdout">Where to; left open.</param>
    public static void Write(ClusterSpec spec, IReadOnlyList<Alternative> all, Stream stdout)
    {
        using (Utf8JsonWriter writer = new(stdout, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("name", spec.Name);
            writer.WriteString("objective", spec.Objectives.Minimize.ToWord());
            writer.WriteNumber("considered", all.Count);
            writer.WriteNumber("feasible", all.Count(a => a.Feasible));
            writer.WriteStartArray("designs");
            int number = 0;
            foreach (Alternative a in all)
            {
                writer.WriteStartObject();
                writer.WriteNumber("number", ++number);
                writer.WriteString("paradigm", a.Paradigm.ToWord());
                writer.WriteString("plane_layout", a.PlaneLayout.ToWord());
                writer.WriteNumber("planes", a.Planes);
                writer.WriteNumber("tiers", a.Tiers);
                writer.WriteString("leaf", a.Leaf);
                writer.WriteString("spine", a.Spine);
                writer.WriteBoolean("feasible", a.Feasible);
                writer.WriteBoolean("carried_through", a.Proven);
                writer.WriteBoolean("pareto", a.Pareto);
                writer.WriteBoolean("chosen", a.Chosen);
                if (a.Feasible)
                {
                    writer.WriteNumber("switches", a.Switches);
                    writer.WriteNumber("logical_links", a.Links);
                    writer.WriteNumber("longest_hops", a.LongestHops);
                    writer.WriteNumber("max_xpus", a.MaxXpus);
                    writer.WriteNumber("estimated_usd", Math.Round(a.EstimatedUsd));
                    writer.WriteNumber("assumed_price_share", Math.Round(a.AssumedShare, 3));
                    writer.WriteNumber("estimated_kw", Math.Round(a.EstimatedWatts / 1000, 3));
                }

                writer.WriteString("reason", a.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}
