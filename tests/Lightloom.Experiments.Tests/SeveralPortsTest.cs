using Lightloom.Experiments.Compare;
using Lightloom.Simulation.Model;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

/// <summary>XPUs with one, two and three ports on one plane, under either paradigm, asked by every command.</summary>
public class SeveralPortsTest
{
    private const long Bytes = 8 << 20;

    private static Testbed Bed(string name, Paradigm paradigm) =>
        Testbed.Of(
            Cluster.Read(
                File.ReadAllText(Reference(name))
                    .Replace(
                        "switch-scheduled",
                        paradigm == Paradigm.SwitchScheduled ? "switch-scheduled" : "endpoint-scheduled",
                        StringComparison.Ordinal
                    )
            )
        );

    private static string Reference(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "tests/reference/simulation", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException(name);
    }

    [Theory]
    [InlineData("g4.yaml", 1, Paradigm.SwitchScheduled)]
    [InlineData("g5.yaml", 2, Paradigm.SwitchScheduled)]
    [InlineData("g2.yaml", 3, Paradigm.SwitchScheduled)]
    [InlineData("g4.yaml", 1, Paradigm.EndpointScheduled)]
    [InlineData("g5.yaml", 2, Paradigm.EndpointScheduled)]
    [InlineData("g2.yaml", 3, Paradigm.EndpointScheduled)]
    public void APermutationReaches85PercentOfAllPortsOfAnXpuAndNothingIsSentAgain(string name, int ports, Paradigm paradigm)
    {
        Testbed bed = Bed(name, paradigm);
        bed.Network.HostLinks().ShouldAllBe(links => links.Length == ports);
        SimulationResult result = Experiment.Of(bed, new(), new WorkloadRequest { Name = "permutation", Bytes = Bytes }).Run();
        result.Unfinished.ShouldBe("");
        result.Flows.Count.ShouldBe(64);
        result.Packets.Retransmitted.ShouldBe(0);
        double wire = Bytes * 8 / (ports * 200e3);
        result.Flows.Max(f => f.Finish!.Value.Microseconds).ShouldBeInRange(wire, wire / 0.85);

        JobsRequest job = new([$"a:permutation:{Bytes}:64"], JobPlacement.Blocks, []);
        Experiment.Of(bed, new(), job).Run().ResultHash.ShouldBe(result.ResultHash);
    }

    [Fact]
    public void APortMoreMakesNoComparisonLookAsIfAParadigmHadFailed()
    {
        Comparison comparison = Comparer.Run(
            Contender.Paradigms(Bed("g5.yaml", Paradigm.SwitchScheduled).Design!.Spec),
            new()
            {
                Bytes = Bytes,
                Scenarios = ["permutation", "all-reduce-ring"],
                Ecmp = false,
            }
        );
        foreach (string key in new[] { "permutation", "all-reduce-ring" })
        {
            double endpoint = comparison.OutcomeOf(0, key)!.TimeUs,
                scheduled = comparison.OutcomeOf(1, key)!.TimeUs;
            // A step of the ring is a short message, which waits for a request and a grant.
            (scheduled / endpoint).ShouldBeInRange(0.5, key == "permutation" ? 1.2 : 2.4, key);
        }

        comparison.Notes.ShouldContain(n => n.Contains("an XPU has 2 ports", StringComparison.Ordinal));
    }
}
