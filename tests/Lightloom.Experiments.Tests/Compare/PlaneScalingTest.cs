using Lightloom.Experiments.Compare;

namespace Lightloom.Experiments.Tests.Compare;

public class PlaneScalingTest
{
    [Fact]
    public void PlanesKeepTheirThroughputAndNoticeNoFaultOfAnother()
    {
        var spec = Cluster.Design("backend: {tiers: 2, redundancy: {spine: 2}}\nfrontend: {enabled: false}\noob: {enabled: false}").Spec;
        IReadOnlyList<PlanePoint> points = PlaneScaling.Run(spec, [1, 3], new CompareOptions { Bytes = 256 << 10, Threads = 2 });
        points.Select(p => p.Reason).ShouldAllBe(r => r.Length == 0, string.Join("; ", points.Select(p => p.Reason)));
        points.Select(p => p.Xpus).ShouldBe([64L, 192L]);
        points[0].WithinEfficiency.ShouldBe(1);
        points[1].WithinEfficiency.ShouldBeInRange(0.85, 1.05);
        points[1].AcrossEfficiency.ShouldBeLessThan(points[1].WithinEfficiency);
        points[1].FaultyPlane!.Value.ShouldBeGreaterThan(1);
        points[1].OthersTouched.ShouldBe(0);
    }
}
