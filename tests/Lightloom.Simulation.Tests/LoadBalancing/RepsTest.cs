using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Tests.LoadBalancing;

/// <summary>REPS as its paper (arXiv 2407.21625) and htsim's <c>uec_mp.cpp</c> have it, one packet at a time.</summary>
public sealed class RepsTest : IDisposable
{
    /// <summary>So many that chance hardly ever draws a value of the ring.</summary>
    private const int Paths = 1 << 16;

    private const long Millisecond = 1_000_000_000;
    private readonly BlockPool _pool = new();
    private Reps _reps;
    private uint _random = 1;

    public RepsTest() => _reps.Prepare(_pool, flows: 1, Paths);

    public void Dispose() => _pool.Dispose();

    private ushort Next(long now = 0) => _reps.Next(0, ref _random, now);

    private void Good(params ushort[] values)
    {
        foreach (ushort value in values)
        {
            _reps.Feedback(0, value, PathFeedback.Good, 0);
        }
    }

    private void TimeOut(long now) => _reps.Feedback(0, 0, PathFeedback.Timeout, now);

    [Fact]
    public void A_value_that_came_back_unmarked_is_used_once_more_the_oldest_first()
    {
        Good(11, 22, 33);

        new[] { Next(), Next(), Next() }.ShouldBe([(ushort)11, (ushort)22, (ushort)33]);
        new[] { Next(), Next(), Next() }.ShouldNotBe([(ushort)11, (ushort)22, (ushort)33]);
    }

    [Fact]
    public void The_ring_holds_eight_values_and_the_newest_drive_out_the_oldest()
    {
        Good(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

        Enumerable
            .Range(0, 8)
            .Select(_ => Next())
            .ShouldBe([(ushort)3, (ushort)4, (ushort)5, (ushort)6, (ushort)7, (ushort)8, (ushort)9, (ushort)10]);
    }

    [Fact]
    public void A_marked_value_is_not_used_again()
    {
        _reps.Feedback(0, 77, PathFeedback.Marked, 0);

        Next().ShouldNotBe((ushort)77);
    }

    [Fact]
    public void A_timeout_freezes_the_ring_for_ten_milliseconds_in_which_good_paths_are_used_over_and_over()
    {
        Good(11, 22);
        TimeOut(now: 0);

        Enumerable
            .Range(0, 6)
            .Select(_ => Next(now: 9 * Millisecond))
            .ShouldBe([(ushort)11, (ushort)22, (ushort)11, (ushort)22, (ushort)11, (ushort)22]);
    }

    [Fact]
    public void After_ten_milliseconds_sixteen_packets_explore_before_values_are_recycled()
    {
        Good(11);
        TimeOut(now: 0);
        _reps.Feedback(0, 44, PathFeedback.Good, 10 * Millisecond);
        Next(now: 10 * Millisecond).ShouldBe((ushort)11);

        _reps.Feedback(0, 55, PathFeedback.Good, (10 * Millisecond) + 1);

        Enumerable.Range(0, 16).Select(_ => Next()).ShouldNotContain((ushort)55);
        Next().ShouldBe((ushort)55);
    }

    [Fact]
    public void A_second_timeout_does_not_prolong_the_freeze()
    {
        Good(11);
        TimeOut(now: 0);
        TimeOut(now: 9 * Millisecond);
        _reps.Feedback(0, 55, PathFeedback.Good, (10 * Millisecond) + 1);

        Next().ShouldNotBe((ushort)11);
    }
}
