using System.Runtime.CompilerServices;

namespace Lightloom.Simulation.Switching;

/// <summary>Switches that decide on arrival: their packets between the decision and the queue.</summary>
internal sealed unsafe partial class Partition
{
    private const uint FirstPipelineCapacity = 16;

    /// <summary>Packets of this part's switches that have their port and have not joined its queue yet.</summary>
    public long PipelinedPackets { get; private set; }

    /// <summary>A packet that arrives now has got its port: it joins the queue when the switch's latency has passed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EnterPipeline(int at, PortState* to, Packet* packet, int from, long now)
    {
        SwitchPipeline* pipeline = World.Pipelines.Pointer + at;
        if (pipeline->Latency == 0)
        {
            Enqueue(to, packet, from, now);
            return;
        }
        if (pipeline->Tail - pipeline->Head == pipeline->Capacity)
        {
            GrowPipeline(pipeline);
        }
        if (pipeline->IsEmpty && !_inWindows)
        {
            Calendar.Insert(now + pipeline->Latency, World.LatencyEvents + (uint)at);
        }
        PipelinedPacket* inside = pipeline->Ring + (pipeline->Tail++ & (pipeline->Capacity - 1));
        inside->Packet = *packet;
        inside->Time = now + pipeline->Latency;
        inside->To = (int)(to - Ports);
        inside->From = from;
        PipelinedPackets++;
    }

    /// <summary>The packets whose latency ends now join their queues.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LeavePipeline(int at, long now)
    {
        SwitchPipeline* pipeline = World.Pipelines.Pointer + at;
        while (!pipeline->IsEmpty && pipeline->First->Time == now)
        {
            PipelinedPacket* inside = pipeline->First;
            pipeline->Head++;
            PipelinedPackets--;
            Enqueue(Ports + inside->To, &inside->Packet, inside->From, now);
        }
        if (!pipeline->IsEmpty && !_inWindows)
        {
            Calendar.Insert(pipeline->First->Time, World.LatencyEvents + (uint)at);
        }
    }

    private void GrowPipeline(SwitchPipeline* pipeline)
    {
        uint old = pipeline->Capacity;
        uint capacity = old == 0 ? FirstPipelineCapacity : old * 2;
        var bigger = (PipelinedPacket*)Pool.Take(capacity * (long)sizeof(PipelinedPacket));
        for (uint i = 0; i < old; i++)
        {
            bigger[i] = pipeline->Ring[(pipeline->Head + i) & (old - 1)];
        }
        if (old != 0)
        {
            Pool.Give(pipeline->Ring, old * (long)sizeof(PipelinedPacket));
        }
        pipeline->Ring = bigger;
        pipeline->Head = 0;
        pipeline->Tail = old;
        pipeline->Capacity = capacity;
    }
}
