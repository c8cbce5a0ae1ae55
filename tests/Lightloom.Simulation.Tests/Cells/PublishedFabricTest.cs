using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Cells;

/// <summary>
/// What Scala Computing's simulations for DriveNets (November 2023) say of a scheduled fabric of Jericho 3-AI and Ramon 3 against an
/// Ethernet Clos with hashed flows: 2,000 ports of 400 Gb/s, four workloads side by side. Here 144 ports, every fourth of them in one
/// workload; <c>docs/validation/cells.md</c> has the figures.
/// </summary>
public class PublishedFabricTest
{
    private const int Hosts = 144;
    private const int Jobs = 4;
    private const long Bytes = 2_000_000;

    // 36 ports of 400 Gb/s and 20 of 800 (or 40 of 400) to the fabric: a leaf of 18 and 20 ports of 800 Gb/s.
    private static NetworkDescription Network(int fabricGbps, int impairedJob = -1)
    {
        NetworkDescription sound = TestNetwork.LeafSpine(36, 4, 16_000 / fabricGbps, 400, spineGbps: fabricGbps);
        return new(
            sound.HostCount,
            sound.Switches,
            [.. sound.Links.Select(l => l.A.IsHost && l.A.Index % Jobs == impairedJob ? l with { RateFraction = 0.5 } : l)]
        );
    }

    // Each workload a permutation of its own hosts, every fourth of the network.
    private static double[] Times(NetworkDescription network, SimulationOptions options)
    {
        int[][] members = [.. Enumerable.Range(0, Jobs).Select(j => Enumerable.Range(0, Hosts).Where(h => h % Jobs == j).ToArray())];
        FlowDescription[] flows =
        [
            .. members.SelectMany(m => Enumerable.Range(0, m.Length).Select(i => Flow(m[i], m[(i + 9) % m.Length], Bytes))),
        ];
        SimulationResult result = PacketSimulator.Run(network, new TrafficDescription(flows), options);
        result.Unfinished.ShouldBe("");
        int each = Hosts / Jobs;
        return [.. Enumerable.Range(0, Jobs).Select(j => result.Flows.Skip(j * each).Take(each).Max(f => f.FinishPicoseconds) / 1e6)];
    }

    private static readonly SimulationOptions Scheduled = new()
    {
        Transport = "roce",
        Cells = new CellOptions { Mode = CellMode.Bursts },
    };

    private static readonly SimulationOptions Hashed = new()
    {
        Transport = "roce",
        LoadBalancing = "ecmp",
        FlowControl = FlowControl.Pfc,
    };

    // "Degradation affects only the impaired workload": cards of one workload at half their rate.
    [Fact]
    public void Slow_cards_of_one_workload_leave_the_other_three_as_they_were()
    {
        double[] sound = Times(Network(800), Scheduled);
        double[] impaired = Times(Network(800, impairedJob: 0), Scheduled);

        impaired[0].ShouldBe(2 * sound[0], 0.2 * sound[0]);
        for (int job = 1; job < Jobs; job++)
        {
            impaired[job].ShouldBe(sound[job], 0.01 * sound[job]);
        }
    }

    // "Agnostic to fabric speeds", where an Ethernet Clos is slower over 400 than over 800 Gb/s.
    [Fact]
    public void Links_of_half_the_rate_in_twice_the_number_change_nothing_but_do_under_hashes()
    {
        double fast = Times(Network(800), Scheduled).Max();

        Times(Network(400), Scheduled).Max().ShouldBe(fast, 0.02 * fast);
        Times(Network(400), Hashed).Max().ShouldBeGreaterThan(1.1 * Times(Network(800), Hashed).Max());
    }

    // "10 % better in job completion time": hashed flows on whole links are never better than that.
    [Fact]
    public void Hashed_flows_take_at_least_a_tenth_longer() =>
        Times(Network(800), Hashed).Average().ShouldBeGreaterThan(1.1 * Times(Network(800), Scheduled).Average());
}
