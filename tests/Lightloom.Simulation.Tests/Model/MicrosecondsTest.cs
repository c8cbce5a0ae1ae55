using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests.Model;

/// <summary>Times that users write in microseconds, where a double is just below the decimal number that was written.</summary>
public class MicrosecondsTest
{
    // In binary, 2.01 times a million is 2,009,999.9999999998.
    private const string Written = "2.01";
    private static readonly SimTime Meant = SimTime.FromPicoseconds(2_010_000);

    [Fact]
    public void A_fault_strikes_at_the_time_that_was_written() =>
        FaultList.Parse($"link:0@{Written}", TestNetwork.LeafSpine(2, 2, 1)).ShouldHaveSingleItem().Time.ShouldBe(Meant);

    [Fact]
    public void A_job_starts_at_the_time_that_was_written()
    {
        TrafficDescription traffic = JobList.Create(
            [$"a:permutation:64KiB:4@{Written}"],
            4,
            JobPlacement.Blocks,
            1,
            (name, places, size, seed) => Workload.Create(name, places, size, seed)
        );
        traffic.Flows.ShouldAllBe(f => f.Start == Meant);
    }
}
