using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Traces.Astra;

/// <summary>ASTRA-sim's analytical network: what joins the ranks, dimension by dimension, the fastest-varying first. Immutable.</summary>
/// <param name="Dimensions">The dimensions, at least one.</param>
public sealed record AstraNetwork(IReadOnlyList<AstraDimension> Dimensions)
{
    private const double Gibibyte = 1L << 30;
    private static readonly string[] Keys = ["topology", "npus_count", "bandwidth", "latency"];

    /// <summary>Ranks in all.</summary>
    public long Ranks => Dimensions.Aggregate(1L, (n, d) => n * d.Ranks);

    /// <summary>Reads a file; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static AstraNetwork? Read(string file, string text, DiagnosticBag diagnostics)
    {
        if (YamlText.Parse(text, file, diagnostics) is not { } root || diagnostics.HasErrors)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            diagnostics.Error(TraceProblems.Syntax, $"an ASTRA-sim network is a map with {string.Join(", ", Keys)}", mark: root.Mark);
            return null;
        }

        Dictionary<string, YamlList> lists = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries)
        {
            if (!Keys.Contains(entry.Key))
            {
                diagnostics.Error(
                    TraceProblems.Syntax,
                    $"unknown key '{Excerpt.Of(entry.Key)}'{Nearest.Suggestion(entry.Key, Keys, "; known are " + string.Join(", ", Keys))}",
                    mark: entry.Mark
                );
            }
            else if (entry.Value is not YamlList list || list.Items.Count == 0)
            {
                diagnostics.Error(
                    TraceProblems.Value,
                    $"{entry.Key} is a list with a value for each dimension, as [ 8, 4 ]",
                    mark: entry.Mark
                );
            }
            else
            {
                lists[entry.Key] = list;
            }
        }

        foreach (string key in Keys.Where(k => map[k] is null))
        {
            diagnostics.Error(TraceProblems.Value, $"{key} is missing; it has a value for each dimension", mark: map.Mark);
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        int count = lists["npus_count"].Items.Count;
        if (Keys.FirstOrDefault(k => lists[k].Items.Count != count) is { } odd)
        {
            diagnostics.Error(
                TraceProblems.Value,
                $"{odd} has {lists[odd].Items.Count} values and npus_count {count}; each has one for every dimension",
                mark: lists[odd].Mark
            );
            return null;
        }

        AstraDimension[] dimensions =
        [
            .. Enumerable.Range(0, count).Select(d => Dimension(d, lists, diagnostics)).OfType<AstraDimension>(),
        ];
        return diagnostics.HasErrors ? null : new(dimensions);
    }

    private static AstraDimension? Dimension(int d, Dictionary<string, YamlList> lists, DiagnosticBag diagnostics)
    {
        string word = (lists["topology"].Items[d] as YamlScalar)?.Text ?? "";
        AstraTopology? topology = word switch
        {
            "Ring" => AstraTopology.Ring,
            "Switch" => AstraTopology.Switch,
            "FullyConnected" => AstraTopology.FullyConnected,
            _ => null,
        };
        if (topology is null)
        {
            diagnostics.Error(
                TraceProblems.Value,
                $"'{Excerpt.Of(word)}' is no topology of a dimension; they are Ring, Switch and FullyConnected",
                mark: lists["topology"].Items[d].Mark
            );
        }

        double? ranks = Number(lists, "npus_count", d, 2, 1 << 24, diagnostics),
            bandwidth = Number(lists, "bandwidth", d, 1e-6, 1e9, diagnostics),
            latency = Number(lists, "latency", d, 0, 1e12, diagnostics);
        return topology is { } kind && ranks is { } n && bandwidth is { } rate && latency is { } ns
            ? new AstraDimension
            {
                Topology = kind,
                Ranks = (int)n,
                GibibytesPerSecond = rate,
                Latency = SimTime.FromNanoseconds(ns),
            }
            : null;
    }

    private static double? Number(
        Dictionary<string, YamlList> lists,
        string key,
        int d,
        double least,
        double most,
        DiagnosticBag diagnostics
    )
    {
        YamlNode node = lists[key].Items[d];
        if (
            node is YamlScalar { IsQuoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= least
            && value <= most
            && (key != "npus_count" || value == Math.Floor(value))
        )
        {
            return value;
        }

        diagnostics.Error(
            TraceProblems.Value,
            $"{key} of dimension {d} is {node.Noun}, which is no number from {ExportText.Of(least)} to {ExportText.Of(most)}",
            mark: node.Mark
        );
        return null;
    }

    /// <summary>
    /// A designed network in these terms: one switch that all XPUs hang on, or where nodes have a scale-up domain of known rate that is
    /// used,
    /// a switch in each node and one between nodes.
    /// </summary>
    /// <exception cref="RefusedException">The network has fewer than two XPUs, or its nodes differ.</exception>
    public static AstraNetwork Of(Testbed bed)
    {
        NetworkDescription network = bed.Network;
        int xpus = bed.XpuCount;
        if (xpus < 2)
        {
            throw new RefusedException("ASTRA-sim's dimensions have two ranks or more each, and the network has one");
        }

        double card = network.HostRate().BitsPerSecond / 8.0 / Gibibyte * network.HostCount / xpus;
        SimTime half = SimTime.FromPicoseconds(network.DiameterLatency().Picoseconds / 2);
        if (network.ScaleUp is not { } scaleUp || bed.Designed is not { } designed)
        {
            return new([
                new()
                {
                    Ranks = xpus,
                    GibibytesPerSecond = card,
                    Latency = half,
                },
            ]);
        }

        int[] sizes = [.. bed.HostsOfXpus.GroupBy(h => designed.NodeOfHost[h]).Select(g => g.Count()).Distinct()];
        if (sizes.Length != 1)
        {
            throw new RefusedException(
                $"ASTRA-sim's dimensions are of one size, and nodes have {sizes.Min()} to {sizes.Max()} XPUs; leave out --scale-up"
            );
        }

        double inside = scaleUp.RateOfHost.Min().BitsPerSecond / 8.0 / Gibibyte * network.HostCount / xpus;
        AstraDimension node = new()
        {
            Ranks = sizes[0],
            GibibytesPerSecond = inside,
            Latency = SimTime.FromPicoseconds(scaleUp.Latency.Picoseconds / 2),
        };
        AstraDimension between = new()
        {
            Ranks = xpus / sizes[0],
            GibibytesPerSecond = card,
            Latency = half,
        };
        AstraDimension[] dimensions = [.. ((AstraDimension[])[node, between]).Where(d => d.Ranks > 1)];
        return new(dimensions);
    }

    /// <summary>Writes the file.</summary>
    public void Write(TextWriter to)
    {
        void Line(string key, Func<AstraDimension, string> of) => to.Write($"{key}: [ {string.Join(", ", Dimensions.Select(of))} ]\n");
        Line("topology", d => d.Topology.ToString());
        Line("npus_count", d => d.Ranks.ToString(CultureInfo.InvariantCulture));
        Line("bandwidth", d => ExportText.Of(d.GibibytesPerSecond));
        Line("latency", d => ExportText.Of(d.Latency.Nanoseconds));
    }

    /// <summary>Writes ASTRA-sim's logical topology for its ns-3 back end: the ranks of each dimension.</summary>
    public void WriteLogical(TextWriter to) =>
        to.Write($"{{\"logical-dims\": [{string.Join(", ", Dimensions.Select(d => FormattableString.Invariant($"\"{d.Ranks}\"")))}]}}\n");
}
