using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Traffic;

public class JobTest
{
    private static readonly NetworkDescription Network = TestNetwork.LeafSpine(8, 4, 4, 400);
    private static readonly int[] All = [.. Enumerable.Range(0, 32)];

    private static SimulationResult Run(TrafficDescription traffic, int threads = 1) =>
        PacketSimulator.Run(Network, traffic, new SimulationOptions { Threads = threads });

    private static TrafficDescription Jobs(JobPlacement placement, params string[] jobs) =>
        JobList.Create(
            jobs,
            All.Length,
            placement,
            seed: 1,
            (name, places, bytes, seed) => Workload.Create(name, places, bytes, seed, hostRate: Network.HostRate())
        );

    [Fact]
    public void Jobs_under_leaves_of_their_own_do_not_notice_each_other()
    {
        SimulationResult alone = Run(Workload.Create("all-reduce-ring", All[..8], Bytes(4_000_000)));
        SimulationResult both = Run(Jobs(JobPlacement.Blocks, "a:all-reduce-ring:4MB:8", "b:all-reduce-ring:4MB:8@25"));
        both.Jobs.Count.ShouldBe(2);
        foreach (JobResult job in both.Jobs)
        {
            job.TimePicoseconds.ShouldBe(alone.Flows.Max(f => f.FinishPicoseconds));
            job.Completed.ShouldBe(8 * 14);
            ((double)job.BusRate.BitsPerSecond).ShouldBe(4_000_000 * 8e12 / job.TimePicoseconds * 14 / 8, 1);
        }
        both.Jobs[1].Job.Start.Picoseconds.ShouldBe(25_000_000);
        both.Flows.Skip(8 * 14).Min(f => f.StartPicoseconds).ShouldBe(25_000_000);
    }

    [Fact]
    public void Jobs_that_send_to_one_host_share_its_link()
    {
        SimulationResult alone = Run(Jobs(JobPlacement.Blocks, "a:incast:2MB:0-7"));
        SimulationResult both = Run(Jobs(JobPlacement.Blocks, "a:incast:2MB:0-7", "b:outcast:2MB:8-9", "c:permutation:1MB:0-31"));
        both.Jobs[0].TimePicoseconds.ShouldBeGreaterThan(alone.Jobs[0].TimePicoseconds * 105 / 100);
        TestNetwork.ShouldBeConserved(both);
    }

    [Fact]
    public void Interleaved_jobs_take_every_other_host_and_cross_the_spines()
    {
        TrafficDescription traffic = Jobs(JobPlacement.Interleaved, "a:all-to-all:1MB:8", "b:all-to-all:1MB:8");
        traffic.Flows.Take(traffic.Jobs[0].FlowCount).ShouldAllBe(f => f.Source % 2 == 0 && f.Source < 16 && f.Destination % 2 == 0);
        traffic.Flows.Skip(traffic.Jobs[1].FirstFlow).ShouldAllBe(f => f.Source % 2 == 1 && f.Source < 16);
        SimulationResult result = Run(traffic);
        result.Unfinished.ShouldBe("");
        result.Links.ShouldContain(l => !Network.Links[l.Link].A.IsHost);
        Run(Jobs(JobPlacement.Blocks, "a:all-to-all:1MB:8", "b:all-to-all:1MB:8"))
            .Links.ShouldNotContain(l => !Network.Links[l.Link].A.IsHost);
    }

    [Fact]
    public void Uneven_jobs_are_interleaved_until_each_has_enough()
    {
        TrafficDescription traffic = Jobs(JobPlacement.Interleaved, "a:incast:1KB:2", "b:incast:1KB:4", "c:incast:1KB:20-21");
        int[] Hosts(int job) =>
            [
                .. traffic
                    .Flows.Skip(traffic.Jobs[job].FirstFlow)
                    .Take(traffic.Jobs[job].FlowCount)
                    .SelectMany(f => new[] { f.Source, f.Destination })
                    .Distinct()
                    .Order(),
            ];
        Hosts(0).ShouldBe([0, 2]);
        Hosts(1).ShouldBe([1, 3, 4, 5]);
        Hosts(2).ShouldBe([20, 21]);
    }

    [Fact]
    public void Threads_change_no_job()
    {
        TrafficDescription traffic = Jobs(JobPlacement.Interleaved, "a:permutation:500KB:16", "b:incast:200KB:16@5");
        SimulationResult one = Run(traffic),
            two = Run(traffic, threads: 2);
        two.ResultHash.ShouldBe(one.ResultHash);
        two.Jobs.Select(j => j.TimePicoseconds).ShouldBe(one.Jobs.Select(j => j.TimePicoseconds));
    }

    [Theory]
    [InlineData("a:all-reduce:1MB", "is no job")]
    [InlineData("a:all-reduce:1MB:1", "is no job")]
    [InlineData("a:all-reduce:1XB:4", "is no job")]
    [InlineData(":all-reduce:1MB:4", "is no job")]
    [InlineData("a:all-reduce:1MB:4@x", "is no job")]
    [InlineData("a,b:all-reduce:1MB:4", "is no job")]
    [InlineData("a:all-reduce:1MB:9-4", "is no job")]
    [InlineData("a:all-reduce:1MB:33", "does not have")]
    [InlineData("a:all-reduce:1MB:30-32", "does not have")]
    [InlineData("a:all-reduce:1MB:0-2147483647", "does not have")]
    [InlineData("a:all-reduce:1MB:2147483646-2147483647", "does not have")]
    [InlineData("a:gossip:1MB:4", "unknown workload")]
    [InlineData("a:all-reduce-halving-doubling:1MB:6", "halving-doubling needs a power of two")]
    public void What_is_no_job_is_refused(string text, string because) =>
        Should.Throw<ArgumentException>(() => Jobs(JobPlacement.Blocks, text)).Message.ShouldContain(because);

    [Fact]
    public void Two_jobs_of_one_name_or_too_many_hosts_are_refused()
    {
        Should
            .Throw<ArgumentException>(() => Jobs(JobPlacement.Blocks, "a:incast:1MB:4", "a:incast:1MB:4"))
            .Message.ShouldContain("two jobs are called 'a'");
        Should
            .Throw<ArgumentException>(() => Jobs(JobPlacement.Blocks, "a:incast:1MB:20", "b:incast:1MB:20"))
            .Message.ShouldContain("ask for 40 XPUs");
    }
}
