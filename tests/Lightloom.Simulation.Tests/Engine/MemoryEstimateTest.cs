using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Engine;

[CollectionDefinition(nameof(MemoryEstimateTest), DisableParallelization = true)]
public sealed class MemoryEstimateCollection;

[Collection(nameof(MemoryEstimateTest))]
public sealed class MemoryEstimateTest
{
    public static TheoryData<string> Patterns => [.. Workload.Names];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void The_size_of_a_pattern_is_known_before_it_is_made(string name)
    {
        foreach (int n in new[] { 2, 8, 64, 128 })
        {
            foreach (long bytes in new[] { 1L, 1000, 3 << 20 })
            {
                TrafficSize size = Workload.SizeOf(name, n, Bytes(bytes), window: 3, arrivals: 77);
                TrafficDescription made = Workload.Create(
                    name,
                    [.. Enumerable.Range(0, n)],
                    Bytes(bytes),
                    window: 3,
                    hostRate: DataRate.FromGbps(400),
                    arrivals: 77
                );
                made.Flows.Count.ShouldBe((int)size.Flows, $"{name} {n} {bytes}");
                ((long)made.Triggers.Count).ShouldBeLessThanOrEqualTo(size.Triggers);
                made.Flows.Max(f => f.Size.Bytes).ShouldBeLessThanOrEqualTo(size.LargestFlow.Bytes);
                made.Flows.Count(f => f.StartTrigger < 0).ShouldBeLessThanOrEqualTo((int)size.Concurrent);
            }
        }
    }

    [Theory]
    [InlineData("all-reduce", 4, 8, false)]
    [InlineData("all-reduce", 8, 4, true)]
    [InlineData("reduce-scatter", 3, 2, false)]
    [InlineData("all-gather", 5, 1, false)]
    [InlineData("all-gather", 1, 8, false)]
    public void The_size_of_a_collective_in_levels_is_known_before_it_is_made(string name, int nodes, int rails, bool halving)
    {
        foreach (long bytes in new[] { 1000L, 64 << 20 })
        {
            int[][] hosts = [.. Enumerable.Range(0, nodes).Select(n => Enumerable.Range(n * rails, rails).ToArray())];
            TrafficSize size = Workload.SizeOfHierarchical(name, nodes, rails, Bytes(bytes), halving);
            TrafficDescription made = Workload.Hierarchical(name, hosts, Bytes(bytes), halving);
            made.Flows.Count.ShouldBe((int)size.Flows);
            ((long)made.Triggers.Count).ShouldBeLessThanOrEqualTo(size.Triggers);
            made.Flows.Max(f => f.Size.Bytes).ShouldBeLessThanOrEqualTo(size.LargestFlow.Bytes);
        }
    }

    [Fact]
    public void A_pattern_of_more_flows_than_a_run_can_number_is_refused_in_words()
    {
        TrafficSize size = Workload.SizeOf("all-reduce-ring", 102_400, Bytes(1 << 20));
        size.Flows.ShouldBe(102_400L * 2 * 102_399);
        Should
            .Throw<ArgumentException>(() => Workload.Create("all-reduce-ring", [.. Enumerable.Range(0, 102_400)], Bytes(1 << 20)))
            .Message.ShouldContain("20,971,315,200 flows");
    }

    // The operating system's own count of this process's memory is the measure.
    [Theory]
    [InlineData("all-to-all", 384, 1L << 20, 1)]
    [InlineData("all-to-all", 256, 1L << 12, 2)]
    [InlineData("permutation", 512, 16L << 20, 1)]
    public void The_estimate_covers_what_a_run_takes_and_not_many_times_that(string workload, int hosts, long bytes, int threads)
    {
        if (!File.Exists("/proc/self/clear_refs"))
        {
            return;
        }
        NetworkDescription network = TestNetwork.LeafSpine(hosts / 16, 16, 16);
        var options = new SimulationOptions { Threads = threads };
        long estimate = MemoryEstimate.Of(network, Workload.SizeOf(workload, hosts, Bytes(bytes)), options).Total.Bytes;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = Status("VmRSS:");
        File.WriteAllText("/proc/self/clear_refs", "5");
        SimulationResult result = PacketSimulator.Run(
            network,
            Workload.Create(workload, [.. Enumerable.Range(0, hosts)], Bytes(bytes)),
            options
        );
        long taken = Status("VmHWM:") - before;
        result.Flows.ShouldAllBe(f => f.IsDone);
        taken.ShouldBeLessThan(estimate * 5 / 4, $"estimated {estimate >> 20} MiB");
        // What earlier tests have left in the heap is used again and not seen here.
        estimate.ShouldBeLessThan(6 * taken + (96L << 20), $"estimated {estimate >> 20} MiB, taken {taken >> 20} MiB");
    }

    [Fact]
    public void A_refusal_says_how_much_is_wanted_and_how_much_there_is()
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 4, 4);
        MemoryEstimate estimate = MemoryEstimate.Of(network, Workload.SizeOf("all-to-all", 16_000, Bytes(1024)), new SimulationOptions());
        estimate.Refusal(DataSize.MaxValue).ShouldBeNull();
        string words = estimate.Refusal(Bytes(7L << 30)).ShouldNotBeNull();
        words.ShouldContain("255,984,000 flows");
        words.ShouldContain("7.0 GiB are free");
    }

    [Fact]
    public void There_is_memory_and_not_more_than_the_machine_has()
    {
        AvailableMemory.Size.Bytes.ShouldBeGreaterThan(1L << 20);
        AvailableMemory.Size.Bytes.ShouldBeLessThan(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private static long Status(string name) =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .First(l => l.StartsWith(name, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]
                .Split('\t')[^1],
            System.Globalization.CultureInfo.InvariantCulture
        ) * 1024;
}
