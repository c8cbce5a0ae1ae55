using System.Diagnostics;
using Lightloom.Diagnostics;
using Lightloom.Floor;
using Lightloom.Spec;
using Lightloom.Topology;
using Xunit.Abstractions;

namespace Lightloom.Tests.Floor;

public class ScaleProbe(ITestOutputHelper output)
{
    [Theory]
    [InlineData(127, 32, 16)]
    [InlineData(2048, 64, 64)]
    [InlineData(16384, 128, 512)]
    [InlineData(131072, 512, 4096)]
    public void Probe(int nodes, int unit, int spines)
    {
        TestNetwork net = TestNetwork.LeafSpine(nodes, unit, spines, uplinks: Math.Min(spines, 256), services: 16).WithManagement();
        Network network = net.Build();
        for (int k = 0; k < 3; k++)
        {
            var bag = new DiagnosticBag();
            long before = GC.GetTotalAllocatedBytes(true);
            var clock = Stopwatch.StartNew();
            Placement p = FloorPlanner.Place(net.Spec(), network, bag);
            double place = clock.Elapsed.TotalMilliseconds;
            long allocated = GC.GetTotalAllocatedBytes(true) - before;
            clock.Restart();
            var router = new CableRouter(net.Spec(), network, p);
            long links = 0;
            long max = 0;
            foreach (LinkClass c in network.LinkClasses) { int[] l = router.Lengths(c); links += l.Length; max = Math.Max(max, l.Max()); }
            output.WriteLine($"{nodes * 8} XPUs {network.DeviceCount} devices {links} links: place {place:0} ms, {allocated >> 20} MB; lengths {clock.Elapsed.TotalMilliseconds:0} ms; racks {p.Racks.Count} halls {p.Halls.Count} ({p.Halls[0].Rows}x{p.Halls[0].RacksPerRow}) longest {max / 1000.0} m");
            if (k == 2) { foreach (var d in bag) output.WriteLine(d.ToString()); if (p.Cost is not null) foreach (var s in p.Cost.Steps) output.WriteLine("  " + s); }
        }
    }
}
