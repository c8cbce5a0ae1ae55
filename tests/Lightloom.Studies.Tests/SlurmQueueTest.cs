using Lightloom.Studies.Runs;

namespace Lightloom.Studies.Tests;

/// <summary>Lines as squeue of Slurm 22.05 prints them after a node was lost while its task was to start.</summary>
public class SlurmQueueTest
{
    [Fact]
    public void What_Slurm_holds_after_a_lost_node_is_released_some_times_and_then_named()
    {
        List<string> asked = [];
        HeldTasks held = new(asked.AddRange);
        SlurmQueue queue = new(["1_189|PENDING|launch failed requeued held", "2_40|PENDING|Resources", "2_3|RUNNING|None"]);
        queue.ToString().ShouldBe("1 held, 1 pending, 1 running");
        queue.OnlyHeld.ShouldBeFalse();
        held.Release(queue).ShouldBe(1);
        held.Release(queue).ShouldBe(1);
        held.Release(queue).ShouldBe(1);
        held.Release(queue).ShouldBe(0);
        asked.ShouldBe(["1_189", "1_189", "1_189"]);
    }

    [Fact]
    public void What_a_person_holds_stays_held()
    {
        SlurmQueue queue = new(["7_1|PENDING|JobHeldUser", "7_2|PENDING|JobHeldAdmin"]);
        (queue.OnlyHeld, queue.HeldBecause).ShouldBe((true, "JobHeldAdmin, JobHeldUser"));
        new HeldTasks(_ => throw new InvalidOperationException("nothing is to be released")).Release(queue).ShouldBe(0);
    }

    [Fact]
    public void An_empty_queue_is_nothing_held()
    {
        (SlurmQueue.Empty.Count, SlurmQueue.Empty.OnlyHeld).ShouldBe((0, false));
    }
}
