using System.Globalization;
using Lightloom.Design;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>How busy a simulation's links were, gathered by what a picture draws: edges of networks, and racks.</summary>
internal sealed record RunHeat
{
    private static readonly string[] Columns = ["from", "to", "cable", "utilisation"];

    /// <summary>Links that the run used and the design has; the legs of one cable are several.</summary>
    public required int Links { get; init; }

    /// <summary>Links that the run used and the design of now has not: it has changed since.</summary>
    public required int Unknown { get; init; }

    public required IReadOnlyList<EdgeHeat> Edges { get; init; }
    public required IReadOnlyList<RackHeat> Racks { get; init; }

    /// <summary>Reads the totals of a run's links, a row a direction, and gathers them over a design.</summary>
    /// <param name="view">The design.</param>
    /// <param name="totals">The file <c>link-totals.csv</c>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="FormatException">It is not such a file.</exception>
    public static RunHeat Of(DesignView view, TextReader totals, CancellationToken cancel)
    {
        string[] head = (totals.ReadLine() ?? "").Split(',');
        int[] at = [.. Columns.Select(c => Array.IndexOf(head, c))];
        if (at.Any(a => a < 0))
        {
            throw new FormatException("the run's table of links has no columns from, to, cable and utilisation");
        }

        // A link is as busy as the busier of its directions.
        Dictionary<int, double> busiest = [];
        HashSet<string> unknown = [];
        for (string? line = totals.ReadLine(); line is not null; line = totals.ReadLine())
        {
            cancel.ThrowIfCancellationRequested();
            string[] cell = line.Split(',');
            if (cell.Length <= at.Max() || cell[at[2]].Length == 0)
            {
                continue;
            }

            if (view.Cables.Find(cell[at[2]]) is >= 0 and var cable && LegOf(view, cable, cell[at[0]], cell[at[1]]) is >= 0 and var link)
            {
                busiest[link] = Math.Max(busiest.GetValueOrDefault(link), double.Parse(cell[at[3]], CultureInfo.InvariantCulture));
            }
            else
            {
                unknown.Add(cell[0].Replace("-up", "", StringComparison.Ordinal).Replace("-down", "", StringComparison.Ordinal));
            }
        }

        return Gathered(view, busiest, unknown.Count);
    }

    // Of a cable that parts into legs, the one between two devices; an end is a device and, behind a blank, its port.
    private static int LegOf(DesignView view, int cable, string from, string to)
    {
        ReadOnlySpan<int> legs = view.Cables.LinksOf(cable);
        if (legs.Length == 1)
        {
            return legs[0];
        }

        foreach (int number in legs)
        {
            (LinkClass links, int index) = view.Links.At(number);
            ref readonly Link link = ref links.Links[index];
            string a = view.Design.Network.NameOf(link.A),
                z = view.Design.Network.NameOf(link.Z);
            if ((Is(from, a) && Is(to, z)) || (Is(from, z) && Is(to, a)))
            {
                return number;
            }
        }

        return -1;

        static bool Is(string end, string device) =>
            end.StartsWith(device, StringComparison.Ordinal) && (end.Length == device.Length || end[device.Length] == ' ');
    }

    private static RunHeat Gathered(DesignView view, Dictionary<int, double> busiest, int unknown)
    {
        Network network = view.Design.Network;
        Dictionary<(string Role, int A, int Z), Sum> edges = [];
        Dictionary<int, Sum> racks = [];
        foreach ((int number, double use) in busiest)
        {
            (LinkClass links, int index) = view.Links.At(number);
            ref readonly Link link = ref links.Links[index];
            Count(edges, (links.Fabric.ToWord(), network.GroupOfDevice[link.A], network.GroupOfDevice[link.Z]), use);
            int a = view.Design.Router.RackA(links, index),
                z = view.Design.Router.RackZ(links, index);
            Count(racks, a, use);
            if (z != a)
            {
                Count(racks, z, use);
            }
        }

        return new()
        {
            Links = busiest.Count,
            Unknown = unknown,
            Edges =
            [
                .. edges
                    .OrderBy(e => e.Key.A)
                    .ThenBy(e => e.Key.Z)
                    .Select(e => new EdgeHeat(
                        e.Key.Role,
                        FabricMap.IdOf(network.Groups[e.Key.A]),
                        FabricMap.IdOf(network.Groups[e.Key.Z]),
                        e.Value.Count,
                        e.Value.Mean,
                        e.Value.Most
                    )),
            ],
            Racks =
            [
                .. racks
                    .OrderBy(r => r.Key)
                    .Select(r => new RackHeat(view.Design.Placement.Racks[r.Key].Name, r.Value.Count, r.Value.Mean, r.Value.Most)),
            ],
        };
    }

    private static void Count<T>(Dictionary<T, Sum> of, T key, double use)
        where T : notnull
    {
        if (!of.TryGetValue(key, out Sum? sum))
        {
            of[key] = sum = new();
        }

        sum.Add(use);
    }

    private sealed class Sum
    {
        private double _total;

        public int Count { get; private set; }
        public double Most { get; private set; }
        public double Mean => Math.Round(_total / Count, 6);

        public void Add(double use)
        {
            Count++;
            _total += use;
            Most = Math.Max(Most, use);
        }
    }
}

/// <summary>How busy the links between two runs of devices were: share of the time, 0..1.</summary>
internal sealed record EdgeHeat(string Role, string From, string To, int Links, double Mean, double Max);

/// <summary>How busy the links were that end in a rack.</summary>
internal sealed record RackHeat(string Rack, int Links, double Mean, double Max);
