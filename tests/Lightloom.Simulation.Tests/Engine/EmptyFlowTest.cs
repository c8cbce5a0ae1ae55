using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Tests.Engine;

/// <summary>Traces have flows of no bytes: they are complete when they start, and what waits for them goes on.</summary>
public class EmptyFlowTest
{
    private const string Matrix = """
        Nodes 16
        Connections 4
        Triggers 1
        0->9 id 1 start 2.5 size 0 send_done_trigger 1
        9->3 id 2 trigger 1 size 0
        5->3 id 3 trigger 1 size 100000
        6->7 id 4 start 0 size 5000
        trigger id 1 oneshot
        """;

    public static TheoryData<string> TransportWords => [.. Transports.Words];

    private static TrafficDescription Read()
    {
        List<SourceDiagnostic> wrong = [];
        TrafficDescription? traffic = ConnectionMatrix.Read("m", Matrix, 16, wrong);
        traffic.ShouldNotBeNull(string.Join('\n', wrong));
        return traffic;
    }

    [Theory]
    [MemberData(nameof(TransportWords))]
    public void It_sends_nothing_and_starts_what_waits_for_it(string transport)
    {
        NetworkDescription network = TestNetwork.Topology("ls16.topo", 100, folder: TestNetwork.CasesFolder);
        Check(PacketSimulator.Run(network, Read(), new SimulationOptions { Transport = transport }));
        Check(FluidSimulator.Run(network, Read(), new SimulationOptions()));
    }

    private static void Check(SimulationResult result)
    {
        result.Unfinished.ShouldBe("");
        (Microseconds(result.Flows[0].Start), Microseconds(result.Flows[0].Finish)).ShouldBe((2.5, 2.5));
        (Microseconds(result.Flows[1].Start), Microseconds(result.Flows[1].Finish)).ShouldBe((2.5, 2.5));
        Microseconds(result.Flows[2].Start).ShouldBe(2.5);
        Microseconds(result.Flows[2].Finish).ShouldBeGreaterThan(2.5 + 8);
        result.Flows[0].Packets.ShouldBe(0);
    }

    private static double Microseconds(SimTime? time) => time!.Value.Picoseconds / 1e6;
}
