using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Experiments.Tests;

public class MemoryTest
{
    [Fact]
    public void ANetworkThatNoMachineHoldsIsRefusedBeforeItIsDrawn()
    {
        TooLargeException refused = Should.Throw<TooLargeException>(() => CollectiveExperiment.CheckMemory(1_000_000_000_000));
        refused.Message.ShouldContain("take fewer XPUs");
        Should.NotThrow(() => CollectiveExperiment.CheckMemory(1024));
    }

    [Fact]
    public void ATrafficThatNoMachineHoldsIsRefusedBeforeItIsMade()
    {
        // A ring over 102,400 hosts is 20,971,315,200 transfers: more than 32 bits count.
        NetworkDescription network = new(
            102_400,
            [new SwitchDescription(0, 0, SimTime.FromPicoseconds(1), "leaf")],
            [
                .. Enumerable
                    .Range(0, 102_400)
                    .Select(h => new LinkDescription(NodeId.Host(h), NodeId.Switch(0), DataRate.FromGbps(400), SimTime.FromPicoseconds(1))),
            ]
        );
        foreach (string name in (string[])["all-reduce-ring", "all-to-all"])
        {
            TooLargeException refused = Should.Throw<TooLargeException>(() =>
                Experiment.Of(Testbed.Of(network), new(), new WorkloadRequest { Name = name, Bytes = 1 << 10 })
            );
            refused.Message.ShouldContain("flows");
            refused.Message.ShouldContain("take fewer XPUs");
        }
    }

    [Fact]
    public void ThePlannedSizeIsTheMadeOne()
    {
        Testbed bed = Testbed.Of(Cluster.Design("backend: {planes: 1}"));
        foreach (string name in Workload.Names.Where(n => n is not ("websearch" or "storage")))
        {
            WorkloadRequest request = new() { Name = name, Bytes = 1 << 20 };
            Ranks ranks = bed.FirstXpus(32);
            TrafficSize planned = bed.SizeOf(request, ranks);
            bed.Workload(request, ranks, 1).Flows.Count.ShouldBe((int)planned.Flows, name);
        }

        foreach (ShardRule rule in Enum.GetValues<ShardRule>())
        {
            foreach (string name in (string[])["all-reduce", "all-to-all"])
            {
                WorkloadRequest request = new() { Name = name, Shards = rule };
                bed.Workload(request, bed.FirstXpus(16), 1).Flows.Count.ShouldBe((int)bed.SizeOf(request, bed.FirstXpus(16)).Flows, name);
            }
        }
    }
}
