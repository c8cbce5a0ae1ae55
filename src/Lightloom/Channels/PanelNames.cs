using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Routing;
using Lightloom.Spec;

namespace Lightloom.Channels;

/// <summary>What patch panels are called: by frame or rack and number, or as the file's <c>names.panel</c> has it.</summary>
internal static class PanelNames
{
    /// <summary>The name of a panel.</summary>
    /// <param name="pattern">The file's pattern, or null.</param>
    /// <param name="placement">Halls and racks.</param>
    /// <param name="place">The frame or rack.</param>
    /// <param name="number">The panel's number in it, from 1.</param>
    /// <param name="unit">Its lowest unit.</param>
    public static string Of(NamePattern? pattern, Placement placement, FramePlace place, int number, int unit)
    {
        string frame = PatchParts.NameOf(placement, place);
        Hall hall = placement.Halls[place.Hall];
        return pattern is null
            ? string.Create(CultureInfo.InvariantCulture, $"panel-{frame}-{number:00}")
            : pattern.Fill(word =>
                word switch
                {
                    "frame" => frame,
                    "n" => number,
                    "ru" => unit,
                    "site" => hall.Site,
                    "building" => hall.Building,
                    "hall" => hall.Name,
                    "letter" => hall.Letter,
                    "row" => place.Rack >= 0 ? placement.Racks[place.Rack].Row : place.Row,
                    _ => throw new ArgumentException($"no field of a panel's name is called '{word}'"),
                }
            );
    }

    /// <summary>An error when the file's pattern calls two panels alike: tables tell them apart by their names.</summary>
    public static void Check(ClusterSpec spec, ChannelPlan channels, DiagnosticBag diagnostics)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (spec.Names.Panel is { } pattern && channels.Panels.FirstOrDefault(p => !seen.Add(p.Name)) is { } twice)
        {
            diagnostics.Error(
                SpecProblem.NamesClash,
                $"'{pattern}' calls two panels '{twice.Name}'; add fields that tell them apart, as in PP-{{frame}}-{{n:02}}",
                "names.panel",
                spec.MarkOf("names.panel")
            );
        }
    }
}
