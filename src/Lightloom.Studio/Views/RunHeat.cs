using System.Globalization;
using Lightloom.Design;
using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>How busy a simulation's links were, gathered by what a picture draws: edges of networks, and racks.</summary>
internal sealed record RunHeat
{
    /// <summary>Cables that the run used and the design has.</summary>
    public required int Cables { get; init; }

    /// <summary>Cables that the run used and the design of now has not: it has changed since.</summary>
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
        int cableAt = Array.IndexOf(head, "cable"),
            useAt = Array.IndexOf(head, "utilisation");
        if (cableAt < 0 || useAt < 0)
        {
            throw new FormatException("the run's table of links has no columns cable and utilisation");
        }

        // A cable is as busy as the busiest direction of its links.
        Dictionary<int, double> busiest = [];
        HashSet<string> unknown = [];
        for (string? line = totals.ReadLine(); line is not null; line = totals.ReadLine())
        {
            cancel.ThrowIfCancellationRequested();
            string[] cell = line.Split(',');
            if (cell.Length <= Math.Max(cableAt, useAt) || cell[cableAt].Length == 0)
            {
                continue;
            }

            if (view.Cables.Find(cell[cableAt]) is >= 0 and var cable)
            {
                double use = double.Parse(cell[useAt], CultureInfo.InvariantCulture);
                busiest[cable] = Math.Max(busiest.GetValueOrDefault(cable), use);
            }
            else
            {
                unknown.Add(cell[cableAt]);
            }
        }

        return Gathered(view, busiest, unknown.Count);
    }

    private static RunHeat Gathered(DesignView view, Dictionary<int, double> busiest, int unknown)
    {
        Network network = view.Design.Network;
        Dictionary<(string Role, int A, int Z), Sum> edges = [];
        Dictionary<int, Sum> racks = [];
        foreach ((int cable, double use) in busiest)
        {
            (LinkClass links, int index) = view.Cables.FirstOf(cable);
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
            Cables = busiest.Count,
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

/// <summary>How busy the cables between two runs of devices were: share of the time, 0..1.</summary>
internal sealed record EdgeHeat(string Role, string From, string To, int Cables, double Mean, double Max);

/// <summary>How busy the cables were that end in a rack.</summary>
internal sealed record RackHeat(string Rack, int Cables, double Mean, double Max);
