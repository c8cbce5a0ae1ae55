using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Traffic;

/// <summary>
/// Transfers inside scale-up domains: first come, first served at either end. A domain lies in one part of the run, so nobody else reads
/// what it writes.
/// </summary>
internal sealed class ScaleUp(ScaleUpDescription description, TrafficDescription traffic)
{
    private readonly long[] _sendFree = new long[description.DomainOfHost.Count];
    private readonly long[] _receiveFree = new long[description.DomainOfHost.Count];

    /// <summary>Whether a flow stays inside a domain.</summary>
    public bool Carries(int flow) => description.Joins(traffic.Flows[flow].Source, traffic.Flows[flow].Destination);

    /// <summary>When a transfer that is ready now will be complete.</summary>
    public long Book(int flow, long now)
    {
        FlowDescription transfer = traffic.Flows[flow];
        long rate = Math.Min(
            description.RateOfHost[transfer.Source].BitsPerSecond,
            description.RateOfHost[transfer.Destination].BitsPerSecond
        );
        long duration = (long)Math.Ceiling(transfer.Size.Bytes * 8e12 / rate);
        // Either port is a queue of its own and never idle while it has work: transfers that start together end, the last of them, when the
        // busier port has moved all its bytes, as they would if they shared it packet by packet.
        long sent = Math.Max(now, _sendFree[transfer.Source]) + duration;
        long received = Math.Max(now, _receiveFree[transfer.Destination]) + duration;
        _sendFree[transfer.Source] = sent;
        _receiveFree[transfer.Destination] = received;
        return Math.Max(sent, received) + description.Latency.Picoseconds;
    }
}
