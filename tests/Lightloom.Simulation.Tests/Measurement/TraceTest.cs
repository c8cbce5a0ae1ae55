using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Measurement;

public class TraceTest
{
    private static readonly NetworkDescription Network = TestNetwork.Topology("ls128_800g.topo", 800);

    private static TrafficDescription Permutation => Workload.Create("permutation", [.. Enumerable.Range(0, 128)], Bytes(1 << 20), 3);

    [Fact]
    public void Looking_changes_nothing()
    {
        SimulationOptions options = new() { Seed = 5 };
        string blind = PacketSimulator.Run(Network, Permutation, options).ResultHash;
        PacketSimulator.Run(Network, Permutation, options with { TraceInterval = Picoseconds(130_000) }).ResultHash.ShouldBe(blind);
    }

    [Fact]
    public void Two_threads_see_what_one_sees()
    {
        SimulationOptions options = new() { Seed = 5, TraceInterval = Picoseconds(500_000) };
        SimulationResult one = PacketSimulator.Run(Network, Permutation, options);
        SimulationResult two = PacketSimulator.Run(Network, Permutation, options with { Threads = 2 });
        two.Trace.ShouldBe(one.Trace);
        two.LinkSeries.Select(s => (s.Link, s.Upwards)).ShouldBe(one.LinkSeries.Select(s => (s.Link, s.Upwards)));
        two.LinkSeries[0].Utilisation.ShouldBe(one.LinkSeries[0].Utilisation);
        two.LinkSeries[0].Queue.ShouldBe(one.LinkSeries[0].Queue);
    }

    [Fact]
    public void Samples_stay_within_their_room_and_evenly_apart()
    {
        SimulationResult result = PacketSimulator.Run(
            Network,
            Permutation,
            new SimulationOptions { TraceInterval = Picoseconds(50_000), TraceSamples = 32 }
        );
        result.Trace.Count.ShouldBeInRange(16, 32);
        long interval = result.Trace[0].TimePicoseconds;
        (interval % 50_000).ShouldBe(0);
        result.Trace.Select(t => t.TimePicoseconds).ShouldBe(Enumerable.Range(1, result.Trace.Count).Select(i => i * interval));
        result.LinkSeries.ShouldAllBe(s => s.Utilisation.Count == result.Trace.Count && s.Queue.Count == result.Trace.Count);
    }

    [Fact]
    public void Joined_samples_hold_the_same_bytes()
    {
        SimulationOptions fine = new() { TraceInterval = Picoseconds(100_000), TraceSamples = 4096 };
        SimulationResult all = PacketSimulator.Run(Network, Permutation, fine);
        SimulationResult few = PacketSimulator.Run(Network, Permutation, fine with { TraceSamples = 64 });
        int factor = (int)(few.Trace[0].TimePicoseconds / all.Trace[0].TimePicoseconds);
        factor.ShouldBeGreaterThan(1);
        for (int s = 0; s < few.Trace.Count; s++)
        {
            TraceSample[] parts = [.. all.Trace.Skip(s * factor).Take(factor)];
            if (parts.Length == factor)
            {
                few.Trace[s].MeanUtilisation.ShouldBe(parts.Average(p => p.MeanUtilisation), 1e-9);
                // Later samples are looked at as far apart as they are kept.
                few.Trace[s].LargestQueue.Bytes.ShouldBeInRange(parts[^1].LargestQueue.Bytes, parts.Max(p => p.LargestQueue.Bytes));
                few.Trace[s].FlowsFinished.ShouldBe(parts[^1].FlowsFinished);
                few.LinkSeries[0].Utilisation[s].ShouldBe(all.LinkSeries[0].Utilisation.Skip(s * factor).Take(factor).Average(), 1e-5f);
            }
        }
    }

    [Fact]
    public void A_links_series_adds_up_to_what_it_carried()
    {
        SimulationResult result = PacketSimulator.Run(Network, Permutation, new SimulationOptions { TraceInterval = Picoseconds(100_000) });
        LinkSeries series = result.LinkSeries[0];
        LinkResult total = result.Links.Single(l => l.Link == series.Link && l.Upwards == series.Upwards);
        double interval = result.Trace[1].TimePicoseconds - result.Trace[0].TimePicoseconds;
        // What is sent after the last sample is missing: acknowledgements of the last round trip.
        double bytes = series.Utilisation.Sum(u => u * interval * Network.Links[series.Link].Rate.BitsPerSecond / 8e12);
        bytes.ShouldBe(total.Bytes, 0.02 * total.Bytes);
    }

    [Fact]
    public void In_a_network_of_too_many_ports_the_busiest_are_found_while_it_runs()
    {
        TraceRecorder recorder = new(10, 8, TraceRecorder.MostWatched + 100);
        recorder.WantsChoice.ShouldBeTrue();
        int late = TraceRecorder.MostWatched + 50;
        recorder.SeriesOf(late, 0, true).ShouldBeNull();
        recorder.Add(
            new TraceSample(Picoseconds(10), 0, 0, DataSize.Zero, DataSize.Zero, 0, 0),
            new float[TraceRecorder.MostWatched],
            new int[TraceRecorder.MostWatched]
        );
        recorder.Watch([late, late, 3]);
        recorder.Watched.ShouldBe([3, late]);
        recorder.Add(new TraceSample(Picoseconds(20), 0, 0, DataSize.Zero, DataSize.Zero, 0, 0), [0.5f, 0.75f], [1, 2]);
        LinkSeries series = recorder.SeriesOf(late, 9, false)!;
        float.IsNaN(series.Utilisation[0]).ShouldBeTrue();
        series.Utilisation[1].ShouldBe(0.75f);
        recorder.SeriesOf(3, 9, false)!.Utilisation.ShouldBe([0, 0.5f]);
    }
}
