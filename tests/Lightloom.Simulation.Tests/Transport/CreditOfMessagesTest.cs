using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Tests.Transport;

/// <summary>Receiver credit over messages that follow one another.</summary>
public sealed class CreditOfMessagesTest
{
    [Theory]
    [InlineData("rccc", 85)]
    [InlineData("rccc", 341)]
    [InlineData("nscc+rccc", 85)]
    [InlineData("eqds", 170)]
    public void A_ring_takes_its_bytes_and_ways_as_messages_that_have_arrived_take_no_credit_from_the_next(string transport, int pieceKib)
    {
        // One message at a time from host to host, on links that it has for itself: there is nothing to wait for.
        NetworkDescription network = CalibrationShape.Usual.LeafSpine(10, 6, 10);
        int[] hosts = [.. Enumerable.Range(0, network.HostCount)];
        TrafficDescription ring = Workload.Create("all-reduce-ring", hosts, Bytes((long)pieceKib * hosts.Length << 10));
        double bound = FluidSimulator.Run(network, ring, new()).Flows.Max(f => f.FinishPicoseconds);
        double packets = PacketSimulator.Run(network, ring, new() { Transport = transport }).Flows.Max(f => f.FinishPicoseconds);
        packets.ShouldBeInRange(0.99 * bound, 1.06 * bound);
    }
}
