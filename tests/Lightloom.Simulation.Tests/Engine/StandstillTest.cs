using Lightloom.Simulation.Engine;
using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>Runs that get nowhere end, and say why.</summary>
public class StandstillTest
{
    /// <summary>A transport with the defect that the engine must notice: a timer that calls for itself at the same instant.</summary>
    private unsafe struct Restless : ITransport
    {
        private Partition _partition;

        public void Prepare(World world, Partition partition) => _partition = partition;

        public readonly void Dispose() { }

        public readonly void Start(int flow, long now) => _partition.SetFlowTimer(flow, now + 1000);

        public readonly void FlowTimer(int flow, long now) => _partition.SetFlowTimer(flow, now);

        public readonly bool TryNext(int flow, long now, int active, Packet* packet) => false;

        public readonly bool HasRoom(int flow, int plane) => true;

        public readonly void Receive(int host, Packet* packet, long now) { }

        public readonly void Prefetch(Packet* packet) { }

        public readonly void PrefetchMore(Packet* packet) { }

        public readonly void HostTimer(int host, long now) { }
    }

    private static Runner Make(RunnerParts parts) =>
        new Runner<Restless, HashRouting>(parts.World, parts.Partition, parts.Hosts, parts.FlowNext);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public void Events_without_end_at_one_instant_are_noticed(bool eventByEvent, int threads)
    {
        var options = new SimulationOptions { EventByEvent = eventByEvent, Threads = threads };
        using var run = new PacketRun(TestNetwork.LeafSpine(2, 4, 2), TestNetwork.One(0, 3, 1000), options, Make);
        SimulationResult result = run.Run(null, CancellationToken.None);
        result.Standstill.ShouldBe(Standstill.TimeStands);
        result.Unfinished.ShouldContain("time stands still");
        result.Events.ShouldBeLessThan(100_000_000);
    }

    [Theory]
    [InlineData("nscc")]
    [InlineData("rccc")]
    [InlineData("roce")]
    [InlineData("swift")]
    public void A_run_ends_when_nothing_ever_arrives(string transport)
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(2, 4, 2),
            new TrafficDescription([
                new FlowDescription(0, 3, DataSize.FromBytes(1000)),
                new FlowDescription(5, 1, DataSize.FromBytes(100_000)),
            ]),
            new SimulationOptions { Transport = transport, PacketErrorRate = 0.99999 }
        );
        result.Standstill.ShouldBe(Standstill.NothingArrives);
        result.Unfinished.ShouldContain("2 of 2 flows unfinished");
        result.Unfinished.ShouldContain("nothing has arrived");
    }

    // A window that never changes, 100 to 1 over a queue that trims: headers come and go, and no packet has room. One such run had 15.6
    // million packets trimmed in 20 ms of simulated time and 15 delivered.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Packets_that_are_sent_for_ever_and_never_kept_end_the_run(int threads)
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(32, 8, 16, 400),
            new TrafficDescription([.. Enumerable.Range(1, 100).Select(h => Flow(h, 0, 262_144))]),
            new SimulationOptions
            {
                Transport = "fixed-window",
                Queue = Bytes(39 * 4150),
                InitialWindow = Bytes(236_550),
                Threads = threads,
            }
        );
        result.Standstill.ShouldBe(Standstill.NothingNew);
        result.Unfinished.ShouldContain("livelock");
        result.Unfinished.ShouldContain("fixed-window repeats them");
        result.Events.ShouldBeLessThan(60_000_000);
    }

    // The same traffic under a transport that slows down ends, though nine of ten packets are trimmed at first.
    [Fact]
    public void Heavy_loss_that_leads_somewhere_is_no_livelock()
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(16, 8, 16, 400, delay: 1_000_000),
            new TrafficDescription([.. Enumerable.Range(1, 100).Select(h => Flow(h, 0, 262_144))]),
            new SimulationOptions { Queue = Bytes(10 * 4150) }
        );
        result.Unfinished.ShouldBe("");
        result.Standstill.ShouldBe(Standstill.None);
    }

    // Swift doubles its wait with each timeout in a row, six times: its patience is 64 times its first timeout.
    [Fact]
    public void Patience_counts_the_longest_that_a_sender_waits()
    {
        SimulationOptions options = new() { Transport = "swift" };
        Timeouts timeouts = new Parameters(TestNetwork.LeafSpine(2, 2, 2), options, Transports.Find("swift")).Timeouts;
        timeouts.Longest.ShouldBe(64 * timeouts.First);
    }

    // Nothing happens for a second, or for eleven days, which is far longer than any sender's patience, and then a flow begins. Time that is
    // empty costs nothing: looked at timeout by timeout, eleven days took minutes.
    [Theory]
    [InlineData(1e6)]
    [InlineData(9e11)]
    public void Waiting_for_a_flow_that_begins_late_is_no_standstill(double microseconds)
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(2, 4, 2),
            new TrafficDescription([
                new FlowDescription(0, 3, DataSize.FromBytes(1000)),
                new FlowDescription(5, 1, DataSize.FromBytes(1000), SimTime.FromMicroseconds(microseconds)),
            ]),
            new SimulationOptions()
        );
        result.Unfinished.ShouldBe("");
        result.Standstill.ShouldBe(Standstill.None);
    }

    // Credit for one packet and a little: freed credit that is not reported until it is worth 6,400 bytes would never be reported.
    [Theory]
    [InlineData(4150)]
    [InlineData(8300)]
    [InlineData(12_500)]
    public void Credits_for_a_packet_or_two_keep_coming_back(long queue)
    {
        SimulationResult result = PacketSimulator.Run(
            TestNetwork.LeafSpine(4, 4, 4),
            new TrafficDescription([.. Enumerable.Range(1, 15).Select(h => Flow(h, 0, 100_000))]),
            new SimulationOptions
            {
                Transport = "roce",
                LoadBalancing = "ecmp",
                FlowControl = FlowControl.Cbfc,
                Queue = Bytes(queue),
            }
        );
        result.Unfinished.ShouldBe("");
        result.Packets.Dropped.ShouldBe(0);
    }

    [Theory]
    [InlineData("nscc")]
    [InlineData("fixed-window")]
    [InlineData("nscc+rccc")]
    public void A_first_window_that_holds_no_packet_is_refused(string transport)
    {
        var options = new SimulationOptions { Transport = transport, InitialWindow = Bytes(4149) };
        Should
            .Throw<ArgumentException>(() => PacketSimulator.Run(TestNetwork.LeafSpine(2, 2, 2), TestNetwork.One(0, 3, 1000), options))
            .Message.ShouldContain("4150");
        PacketSimulator
            .Run(TestNetwork.LeafSpine(2, 2, 2), TestNetwork.One(0, 3, 100_000), options with { InitialWindow = Bytes(4150) })
            .Unfinished.ShouldBe("");
    }
}
