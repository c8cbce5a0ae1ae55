using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// What hosts do with flows: a struct, so that the engine specialises itself for each transport and calls nothing through a table.
/// State of a flow's sender and of its receiver lie apart, because they may live on different threads.
/// </summary>
internal unsafe interface ITransport : IDisposable
{
    /// <summary>
    /// Whether <see cref="TryNext"/> may set a timer, because the transport paces packets: the card then has to ask at the very end of each
    /// service and not when somebody next looks.
    /// </summary>
    static virtual bool Paces => false;

    /// <summary>Sizes the state; called once before anything else, with the partition that owns every host of this instance.</summary>
    void Prepare(World world, Partition partition);

    /// <summary>A flow begins.</summary>
    void Start(int flow, long now);

    /// <summary>
    /// The host's card is free and it is this flow's turn: fills in the next packet, or answers false when there is none to send now.
    /// The flow has left the round; it returns with <see cref="Partition.Activate"/> when it wishes to send again.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="now">When the packet goes on the wire.</param>
    /// <param name="active">Flows in the card's round, this one included.</param>
    /// <param name="packet">Receives the packet.</param>
    bool TryNext(int flow, long now, int active, Packet* packet);

    /// <summary>
    /// Whether the flow's congestion state has room for a packet on this plane; always where one state stands for all planes.
    /// </summary>
    bool HasRoom(int flow, int plane);

    /// <summary>A packet reaches a host, either end of its flow.</summary>
    void Receive(int host, Packet* packet, long now);

    /// <summary>A packet will soon reach a host: fetches the state it will need.</summary>
    void Prefetch(Packet* packet);

    /// <summary>The state that <see cref="Prefetch"/> asked for is here: fetches what it points to.</summary>
    void PrefetchMore(Packet* packet);

    /// <summary>The time of <see cref="Partition.SetFlowTimer"/> has come.</summary>
    void FlowTimer(int flow, long now);

    /// <summary>The time of <see cref="Partition.SetHostTimer"/> has come.</summary>
    void HostTimer(int host, long now);
}
