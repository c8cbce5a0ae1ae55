using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests.Fluid;

/// <summary>How long the flows of a collective by steps take.</summary>
public class StepTimesTest
{
    [Fact]
    public void HalvingDoublingHasAsManyFlowsOfEachStepAndItsStepsAddUpToTheWhole()
    {
        // Eight ranks exchange 1/2, 1/4 and 1/8 of the buffer and the same back: two steps of eight flows of each length.
        CollectiveTiming timing = Of(CollectiveKind.AllReduce, CollectiveAlgorithm.HalvingDoubling, 1 << 20);
        timing.FlowsOfTime.Count.ShouldBe(3);
        timing.FlowsOfTime.ShouldAllBe(f => f.Flows == 16);
        double sum = timing.FlowsOfTime.Sum(f => f.Time.Picoseconds * f.Flows / 8);
        sum.ShouldBe(timing.Time.Picoseconds, timing.Steps);
        timing.StepTimeOf(1.0 / 3).ShouldBe(timing.FlowsOfTime[0].Time);
        timing.StepTimeOf(0.5).ShouldBe(timing.FlowsOfTime[1].Time);
        timing.StepTimeOf(0.9).ShouldBe(timing.FlowsOfTime[2].Time);
        timing.StepTimeOf(1).ShouldBe(timing.FlowsOfTime[2].Time);
    }

    [Fact]
    public void StepsOfARingAreAlike()
    {
        CollectiveTiming timing = Of(CollectiveKind.AllGather, CollectiveAlgorithm.Ring, 1 << 20);
        timing.FlowsOfTime.Count.ShouldBe(1);
        timing.FlowsOfTime[0].Flows.ShouldBe(7 * 8);
        timing.StepTimeOf(0.5).ShouldBe(timing.StepTimeOf(0.999));
    }

    private static CollectiveTiming Of(CollectiveKind kind, CollectiveAlgorithm algorithm, long bytes)
    {
        NetworkDescription network = TestNetwork.LeafSpine(4, 2, 4, 400);
        FluidCollectives times = new(network, [.. Enumerable.Range(0, 8)], new SimulationOptions());
        return times.Of(
            new(
                kind,
                DataSize.FromBytes(bytes),
                [
                    [.. Enumerable.Range(0, 8)],
                ],
                algorithm
            )
        );
    }
}
