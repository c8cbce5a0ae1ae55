using Lightloom.Training.Timing;

namespace Lightloom.Training.Tests;

/// <summary>The schedule played out, against the law of its bubble (Narayanan et al., section 2.2): (p - 1)(f + b)/v.</summary>
public class PipelineTimelineTest
{
    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(4, 1, 4)]
    [InlineData(4, 1, 16)]
    [InlineData(8, 1, 24)]
    [InlineData(4, 2, 8)]
    [InlineData(4, 3, 16)]
    [InlineData(8, 6, 16)]
    public void A_step_takes_its_work_and_the_bubble(int stages, int chunks, int microBatches)
    {
        const double Forward = 1,
            Backward = 2;
        IReadOnlyList<IReadOnlyList<PipelineTask>> played = PipelineTimeline.Play(stages, chunks, microBatches, Forward, Backward);
        double work = microBatches * chunks * (Forward + Backward),
            bubble = (stages - 1) * (Forward + Backward);
        played.Max(s => s[^1].End).ShouldBe(work + bubble, 1e-9);
        foreach (IReadOnlyList<PipelineTask> stage in played)
        {
            stage.Count.ShouldBe(2 * microBatches * chunks);
            stage.Select(t => (t.Chunk, t.MicroBatch, t.Forward)).ShouldBeUnique();
            stage.Zip(stage.Skip(1)).ShouldAllBe(pair => pair.Second.Start >= pair.First.End - 1e-9);
        }
    }
}
