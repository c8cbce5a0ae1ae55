using Lightloom.Simulation.Events;
using Lightloom.Simulation.Memory;

namespace Lightloom.Simulation.Tests.Events;

public class CalendarTest
{
    [Theory]
    [InlineData(4, 64)]
    [InlineData(10, 1024)]
    [InlineData(18, 4096)]
    public void Events_come_out_in_order_of_time_whatever_order_they_went_in(int shift, int buckets)
    {
        using var pool = new BlockPool();
        using var calendar = new Calendar(shift, buckets, 7, pool);
        var random = new Random(1);
        var expected = new List<(long Time, uint Id)>();
        long now = 0;
        uint next = 0;
        var taken = new List<(long Time, uint Id)>();
        for (int round = 0; round < 20_000; round++)
        {
            if (random.Next(3) > 0 || expected.Count == taken.Count)
            {
                long time = now + (random.Next(4) == 0 ? 0 : (long)(Math.Pow(random.NextDouble(), 4) * 1e8));
                calendar.Insert(time, next);
                expected.Add((time, next++));
            }
            else
            {
                calendar.NextTime().ShouldBe(PeekMinimum(expected, taken));
                calendar.TryTake(long.MaxValue, out long time, out uint id).ShouldBeTrue();
                time.ShouldBeGreaterThanOrEqualTo(now);
                now = time;
                taken.Add((time, id));
            }
        }
        while (calendar.TryTake(long.MaxValue, out long time, out uint id))
        {
            time.ShouldBeGreaterThanOrEqualTo(now);
            now = time;
            taken.Add((time, id));
        }
        calendar.IsEmpty.ShouldBeTrue();
        taken.Order().ShouldBe(expected.Order());
    }

    // Searching is slow but needs no second data structure that could be wrong; it is only done where the lists are short.
    private static long PeekMinimum(List<(long Time, uint Id)> expected, List<(long Time, uint Id)> taken)
    {
        if (expected.Count > 400)
        {
            return MinimumBySets(expected, taken);
        }
        return expected.Except(taken).Min(e => e.Time);
    }

    private static long MinimumBySets(List<(long Time, uint Id)> expected, List<(long Time, uint Id)> taken)
    {
        var gone = new bool[expected.Count];
        foreach ((_, uint id) in taken)
        {
            gone[id] = true;
        }
        long least = long.MaxValue;
        foreach ((long time, uint id) in expected)
        {
            if (!gone[id])
            {
                least = Math.Min(least, time);
            }
        }
        return least;
    }

    [Fact]
    public void Nothing_at_or_after_the_end_comes_out()
    {
        using var pool = new BlockPool();
        using var calendar = new Calendar(8, 64, 1, pool);
        calendar.Insert(1000, 1);
        calendar.TryTake(1000, out _, out _).ShouldBeFalse();
        calendar.Insert(900, 2);
        calendar.TryTake(1000, out long time, out uint id).ShouldBeTrue();
        (time, id).ShouldBe((900L, 2u));
        calendar.TryTake(1001, out time, out id).ShouldBeTrue();
        (time, id).ShouldBe((1000L, 1u));
    }

    [Fact]
    public void Simultaneous_events_favour_nobody()
    {
        using var pool = new BlockPool();
        int first = 0;
        const int rounds = 2000;
        for (ulong seed = 0; seed < rounds; seed++)
        {
            using var calendar = new Calendar(10, 64, seed, pool);
            calendar.Insert(5000, 3);
            calendar.Insert(5000, 4);
            calendar.TryTake(long.MaxValue, out _, out uint id).ShouldBeTrue();
            first += id == 3 ? 1 : 0;
        }
        ((double)first / rounds).ShouldBe(0.5, 0.05);
    }
}
