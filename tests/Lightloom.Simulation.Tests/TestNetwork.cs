using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests;

/// <summary>Small networks and the files that other simulators have run.</summary>
internal static class TestNetwork
{
    public static string ReferenceFolder { get; } = Find("tests/reference/htsim");

    /// <summary>The folder of the whole project.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Find("docs/models"), "..", ".."));

    private static string Find(string relative)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, relative);
            if (Directory.Exists(path))
            {
                return path;
            }
        }
        throw new DirectoryNotFoundException(relative);
    }

    /// <summary>More runs of the same simulator, several seeds each, with means and spreads.</summary>
    public static string PairsFolder { get; } = Find("tests/reference/htsim-pairs");

    /// <summary>Cases that runs once went wrong on.</summary>
    public static string CasesFolder { get; } = Find("tests/reference/simulation");

    public static NetworkDescription Topology(string name, double gbps, int degraded = 0, string? folder = null)
    {
        var diagnostics = new List<SourceDiagnostic>();
        string path = Path.Combine(folder ?? ReferenceFolder, "inputs", name);
        HtsimTopology? topology = HtsimTopology.Read(name, File.ReadAllText(path), diagnostics);
        topology.ShouldNotBeNull(string.Join('\n', diagnostics));
        return topology.Build(gbps, degraded);
    }

    public static TrafficDescription Matrix(string name, int hosts, string? folder = null)
    {
        var diagnostics = new List<SourceDiagnostic>();
        TrafficDescription? traffic = ConnectionMatrix.Read(
            name,
            File.ReadAllText(Path.Combine(folder ?? ReferenceFolder, "inputs", name)),
            hosts,
            diagnostics
        );
        traffic.ShouldNotBeNull(string.Join('\n', diagnostics));
        return traffic;
    }

    public static TrafficDescription One(int source, int destination, long bytes) => new([Flow(source, destination, bytes)]);

    /// <summary>Planes of leaves and spines; every host has a port on each plane.</summary>
    public static NetworkDescription LeafSpine(
        int hostsPerLeaf,
        int leaves,
        int spines,
        double gbps = 100,
        int planes = 1,
        long delay = 500_000,
        long latency = 300_000,
        double spineGbps = 0
    )
    {
        var switches = new List<SwitchDescription>();
        var links = new List<LinkDescription>();
        for (int plane = 0; plane < planes; plane++)
        {
            int firstLeaf = switches.Count;
            for (int l = 0; l < leaves; l++)
            {
                switches.Add(new SwitchDescription(0, plane, SimTime.FromPicoseconds(latency), $"leaf-{plane}-{l}"));
            }
            int firstSpine = switches.Count;
            for (int s = 0; s < spines; s++)
            {
                switches.Add(new SwitchDescription(1, plane, SimTime.FromPicoseconds(latency), $"spine-{plane}-{s}"));
            }
            for (int h = 0; h < hostsPerLeaf * leaves; h++)
            {
                links.Add(
                    new LinkDescription(
                        NodeId.Host(h),
                        NodeId.Switch(firstLeaf + h / hostsPerLeaf),
                        DataRate.FromGbps(gbps),
                        SimTime.FromPicoseconds(delay)
                    )
                );
            }
            for (int l = 0; l < leaves; l++)
            {
                for (int s = 0; s < spines; s++)
                {
                    links.Add(
                        new LinkDescription(
                            NodeId.Switch(firstLeaf + l),
                            NodeId.Switch(firstSpine + s),
                            DataRate.FromGbps(spineGbps > 0 ? spineGbps : gbps),
                            SimTime.FromPicoseconds(delay)
                        )
                    );
                }
            }
        }
        return new NetworkDescription(hostsPerLeaf * leaves, switches, links);
    }

    /// <summary>
    /// The same with so many ports of every host on each plane: those of a host on neighbouring leaves, or all on the leaf that it has.
    /// </summary>
    public static NetworkDescription WithCards(NetworkDescription network, int cards, bool onOneLeaf = false)
    {
        int[] leaves = [.. network.Links.Where(l => l.A.IsHost).Select(l => l.Z.Index).Distinct()];
        int OnPlane(int leaf, int card)
        {
            int[] same = [.. leaves.Where(l => network.Switches[l].Plane == network.Switches[leaf].Plane)];
            return onOneLeaf ? leaf : same[(Array.IndexOf(same, leaf) + card) % same.Length];
        }
        return new(
            network.HostCount,
            network.Switches,
            [
                .. network.Links.SelectMany(l =>
                    Enumerable
                        .Range(0, l.A.IsHost ? cards : 1)
                        .Select(c => l.A.IsHost ? l with { Z = NodeId.Switch(OnPlane(l.Z.Index, c)) } : l)
                ),
            ]
        );
    }

    public static double MeanMicroseconds(SimulationResult result) => result.CompletionTimes().Average(t => t.Picoseconds) / 1e6;

    public static double MaximumMicroseconds(SimulationResult result) => result.CompletionTimes()[^1].Microseconds;

    public static void ShouldBeConserved(SimulationResult result)
    {
        PacketTotals p = result.Packets;
        (p.Delivered + p.Trimmed + p.Dropped + p.InFlight).ShouldBe(p.Sent);
        p.Dropped.ShouldBe(p.DroppedQueueFull + p.DroppedLinkDown + p.DroppedNoRoute + p.DroppedCorrupted);
    }

    /// <summary>No link has carried more than its rate, and no flow has finished before light and the card allow.</summary>
    public static void ShouldKeepToRates(NetworkDescription network, TrafficDescription traffic, SimulationResult result, string what)
    {
        foreach (LinkResult link in result.Links)
        {
            LinkDescription description = network.Links[link.Link];
            (link.Bytes * 8e12 / description.Rate.BitsPerSecond).ShouldBeLessThanOrEqualTo(
                result.SimulatedPicoseconds * 1.000001,
                $"{what}: link {link.Link}"
            );
        }
        for (int f = 0; f < traffic.Flows.Count; f++)
        {
            long soonest =
                traffic.Flows[f].Start.Picoseconds + traffic.Flows[f].Size.Bytes * 8_000_000_000_000 / network.CardBitsPerSecond();
            result.Flows[f].FinishPicoseconds.ShouldBeGreaterThan(soonest, $"{what}: flow {f}");
        }
    }
}
