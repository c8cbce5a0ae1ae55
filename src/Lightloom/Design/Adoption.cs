using System.Globalization;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>Turns a backend that <c>explore</c> lists into the cluster file that designs it.</summary>
public static class Adoption
{
    /// <summary>
    /// The file with the backend's paradigm, planes, tiers and switches set to those of the alternative, and all else as it was written.
    /// </summary>
    /// <param name="spec">The cluster that was explored.</param>
    /// <param name="text">Its file's text.</param>
    /// <param name="alternative">A feasible alternative of it.</param>
    /// <returns>The text, or null where <c>backend</c> cannot be edited in place.</returns>
    public static string? FileOf(ClusterSpec spec, string text, Alternative alternative)
    {
        List<(string Key, string Value)> values =
        [
            ("paradigm", alternative.Paradigm.ToWord()),
            ("planes", alternative.Planes.ToString(CultureInfo.InvariantCulture)),
            ("plane_layout", alternative.PlaneLayout.ToWord()),
            ("tiers", alternative.Tiers.ToString(CultureInfo.InvariantCulture)),
        ];
        // Of several leaf models an alternative names the first: a list that begins with it stays as it was written.
        if (spec.Backend.MoreLeafIds.Count == 0 || alternative.Leaf != spec.Backend.LeafId)
        {
            values.Add(("leaf", alternative.Leaf));
        }

        if (alternative.Tiers > 1)
        {
            values.Add(("spine", alternative.Spine));
        }

        if (alternative.Tiers > 2 && spec.Backend.SuperSpineId is null)
        {
            values.Add(("super_spine", alternative.Spine));
        }

        return SpecEdit.Set(text, "backend", values);
    }
}
