using System.Diagnostics;

namespace Lightloom.Tests;

public class ThreadClockTest
{
    [Fact]
    public void Work_counts_and_waiting_does_not()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        ThreadClock.Of(() => Thread.Sleep(200)).TotalMilliseconds.ShouldBeLessThan(100);
        Stopwatch wall = Stopwatch.StartNew();
        TimeSpan spun = ThreadClock.Of(() => SpinWait.SpinUntil(() => wall.ElapsedMilliseconds > 200));
        spun.TotalMilliseconds.ShouldBeInRange(1, wall.ElapsedMilliseconds + 1);
    }
}
