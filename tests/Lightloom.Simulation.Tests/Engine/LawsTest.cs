using CsCheck;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>
/// What no run may break, tried on random small networks, traffic, faults, transports and load balancings; what fails is shrunk to a small
/// case. That no sample of a round trip lies below an empty path's is asserted inside each run (<see cref="Checks"/>).
/// </summary>
public class LawsTest
{
    private sealed record Case(NetworkDescription Network, TrafficDescription Traffic, SimulationOptions Options)
    {
        public override string ToString() =>
            $"{Network.HostCount} hosts, {Network.Switches.Count} switches, {Network.PlaneCount} planes, {Options}, faults "
            + $"{string.Join(";", Options.Faults.Select(f => $"{string.Join(",", f.Links)}@{f.Time.Picoseconds}={f.RateFraction}"))}, flows "
            + string.Join(";", Traffic.Flows.Select(f => $"{f.Source}->{f.Destination} {f.Size.Bytes} @{f.Start.Picoseconds}"));
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<NetworkDescription> Networks =
        from perLeaf in Gen.Int[1, 4]
        from leaves in Gen.Int[2, 4]
        from spines in Gen.Int[1, 4]
        from planes in Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[2, 3]))
        from host in AnyOf(100.0, 200.0, 400.0, 800.0, 53.125)
        from spine in AnyOf(100.0, 400.0, 800.0, 53.125)
        from delay in Gen.Long[1_000, 3_000_000]
        from latency in Gen.Long[0, 1_000_000]
        select TestNetwork.LeafSpine(perLeaf, leaves, spines, host, planes, delay, latency, spine);

    private static Gen<TrafficDescription> TrafficOn(NetworkDescription network) =>
        (
            from source in Gen.Int[0, network.HostCount - 1]
            from further in Gen.Int[1, network.HostCount - 1]
            // An incast now and then: many flows to the first host.
            from toFirst in Gen.Bool
            let to = toFirst && source != 0 ? 0 : (source + further) % network.HostCount
            from size in Gen.OneOf(Gen.Long[0, 5_000], Gen.Long[5_000, 400_000])
            from start in Gen.Long[0, 20_000_000]
            select new FlowDescription(source, to, DataSize.FromBytes(size), SimTime.FromPicoseconds(start))
        )
            .Array[1, 16]
            .Select(flows => new TrafficDescription(flows));

    // Degraded, dead for good or dead for a while; links of hosts stay, so that every flow has a way.
    private static Gen<Fault[]> FaultsOn(NetworkDescription network)
    {
        int[] inner = [.. Enumerable.Range(0, network.Links.Count).Where(l => !network.Links[l].A.IsHost)];
        int spines = network.Switches.Count(s => s.Tier == 1) / network.PlaneCount;
        if (spines == 1)
        {
            return Gen.Const<Fault[]>([]);
        }
        Gen<Fault[]> one =
            from at in Gen.Int[0, inner.Length - 1]
            from time in Gen.Long[0, 30_000_000]
            from fraction in AnyOf(0.0, 0.25, 0.5)
            select new Fault[]
            {
                new(SimTime.FromPicoseconds(time), [inner[at]], fraction),
                new(SimTime.FromPicoseconds(time + 40_000_000), [inner[at]], 1),
            };
        return Gen.Frequency((1, Gen.Const<Fault[]>([])), (1, one));
    }

    private static readonly Gen<Case> Cases =
        from network in Networks
        from traffic in TrafficOn(network)
        from faults in FaultsOn(network)
        from transport in AnyOf([.. Transports.All])
        from balancing in AnyOf([.. LoadBalancings.Words])
        from policy in Gen.Enum<PlanePolicy>()
        from perPlane in Gen.Bool
        from mtu in Gen.OneOf(Gen.Const(4150), Gen.Int[300, 9000])
        from trim in Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)))
        // Queues of a few packets: trims, drops, timeouts and probes.
        from queue in Gen.OneOf(Gen.Const(0), Gen.Int[2, 12])
        from error in Gen.Frequency((3, Gen.Const(0.0)), (1, Gen.Const(0.01)))
        from cut in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        from selective in Gen.Bool
        from seed in Gen.ULong[1, 1000]
        select new Case(
            network,
            traffic,
            new SimulationOptions
            {
                Transport = transport.Name,
                LoadBalancing = balancing,
                PlanePolicy = policy,
                CongestionState = perPlane && transport.WindowPerPlane ? CongestionState.PerPlane : CongestionState.Global,
                Mtu = Bytes(mtu),
                Trim = trim,
                Queue = BytesIfAny(queue * (long)mtu),
                PacketErrorRate = error,
                CutThrough = cut,
                SelectiveRepeat = selective,
                FlowControl = error > 0 || faults.Length > 0 ? FlowControl.None : transport.FlowControl,
                Faults = faults,
                Detection = Picoseconds(5_000_000),
                Seed = seed,
                End = Picoseconds(20_000_000_000),
            }
        );

    private const int Tries = 300;

    [Fact]
    public void No_flow_is_done_before_its_wire_time_and_no_receiver_takes_more_than_its_line_rate()
    {
        Cases.Sample(
            c =>
            {
                SimulationResult result = PacketSimulator.Run(c.Network, c.Traffic, c.Options);
                TestNetwork.ShouldBeConserved(result);
                var floor = new RoundTripFloor(c.Network, c.Options);
                double[] rates = c.Network.HostRates();
                for (int f = 0; f < c.Traffic.Flows.Count; f++)
                {
                    FlowDescription flow = c.Traffic.Flows[f];
                    if (!result.Flows[f].IsDone)
                    {
                        continue;
                    }
                    long took = result.Flows[f].FinishPicoseconds - result.Flows[f].StartPicoseconds;
                    if (flow.Size == DataSize.Zero)
                    {
                        took.ShouldBe(0);
                        continue;
                    }
                    RoundTripFloor.Pair pair = floor.Of(flow.Source, flow.Destination);
                    // The last packet leaves when all before it have, and then takes its way and its answer's.
                    double before =
                        c.Options.WireSizeOf(flow.Size).Bytes - Math.Min(c.Options.Mtu.Bytes, c.Options.WireSizeOf(flow.Size).Bytes);
                    double card = Math.Min(rates[flow.Source], rates[flow.Destination]);
                    ((double)took).ShouldBeGreaterThanOrEqualTo((before * 8e12 / card + pair.Headers) * (1 - 1e-4) - 100, $"flow {f}");
                }
                foreach (IGrouping<int, int> to in Enumerable.Range(0, c.Traffic.Flows.Count).GroupBy(f => c.Traffic.Flows[f].Destination))
                {
                    int[] done = [.. to.Where(f => result.Flows[f].IsDone && c.Traffic.Flows[f].Size > DataSize.Zero)];
                    if (done.Length > 0)
                    {
                        long span = done.Max(f => result.Flows[f].FinishPicoseconds) - done.Min(f => result.Flows[f].StartPicoseconds);
                        double bits = done.Sum(f => 8.0 * c.Options.WireSizeOf(c.Traffic.Flows[f].Size).Bytes);
                        (bits * 1e12 / span).ShouldBeLessThanOrEqualTo(rates[to.Key] * 1.0001, $"host {to.Key}");
                    }
                }
            },
            iter: Tries,
            threads: 1,
            print: c => c.ToString()
        );
    }

    [Fact]
    public void One_two_and_four_threads_come_to_the_same_through_probes_timeouts_faults_and_several_ports()
    {
        Cases.Sample(
            c =>
            {
                SimulationResult one = PacketSimulator.Run(c.Network, c.Traffic, c.Options);
                foreach (int threads in (int[])[2, 4])
                {
                    SimulationResult many = PacketSimulator.Run(c.Network, c.Traffic, c.Options with { Threads = threads });
                    many.ResultHash.ShouldBe(one.ResultHash);
                    many.Packets.ShouldBe(one.Packets);
                    many.Unfinished.ShouldBe(one.Unfinished);
                }
            },
            iter: Tries / 2,
            threads: 1,
            print: c => c.ToString()
        );
    }

    [Fact]
    public void Whatever_a_link_or_a_queue_loses_every_flow_with_a_way_ends()
    {
        Cases.Sample(
            c => PacketSimulator.Run(c.Network, c.Traffic, c.Options with { End = null }).Unfinished.ShouldBe(""),
            iter: Tries,
            threads: 1,
            print: c => c.ToString()
        );
    }
}
