namespace Lightloom.Simulation.Transport;

/// <summary>What distinguishes the transports that share <see cref="Uet{TBalancer,TScope}"/>. Immutable.</summary>
internal sealed record UetProfile
{
    /// <summary>The sender keeps a window.</summary>
    public bool SenderWindow { get; init; }

    /// <summary>That window never changes.</summary>
    public bool FixedWindow { get; init; }

    /// <summary>The receiver grants credit by pulls.</summary>
    public bool ReceiverCredit { get; init; }

    /// <summary>
    /// A pull is for one packet, and one is owed for each packet that arrives; otherwise pulls are paced and count bytes.
    /// </summary>
    public bool PullsPackets { get; init; }

    /// <summary>Credit of one pull, in quanta of <see cref="QuantumBytes"/>, or in packets where those are pulled.</summary>
    public int CreditPerPull { get; init; } = 4 * 4096 / QuantumBytes;

    /// <summary>The receiver acknowledges every packet and does not wait for <c>AckBytes</c>.</summary>
    public bool AcknowledgesEachPacket { get; init; }

    /// <summary>The receiver lowers its rate when the network above its leaf is oversubscribed and congested.</summary>
    public bool SlowsWhenOversubscribed { get; init; }

    /// <summary>The unit of credit.</summary>
    public const int QuantumBytes = 256;
}
