using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Simulation.Measurement;

/// <summary>What kept a run below 90 % of line rate.</summary>
public enum Obstacle
{
    /// <summary>Nothing: the run reached 90 %.</summary>
    None,

    /// <summary>It cannot be told: the run did not finish, or nothing crossed the network.</summary>
    Unknown,

    /// <summary>Transfers inside nodes took most of the time.</summary>
    ScaleUp,

    /// <summary>Messages too short for their round trip, one after the other.</summary>
    Latency,

    /// <summary>Transfers that wait for each other while no link is full and no queue long.</summary>
    Order,

    /// <summary>Packets sent again although the network lost none: a timeout shorter than the way, or packets that came out of order.</summary>
    Repeats,

    /// <summary>The senders' own state, a window, a rate or credit that they wait for, while the network is idle.</summary>
    Senders,

    /// <summary>Packets lost to dead links, and the timeouts after which they were sent again.</summary>
    Fault,

    /// <summary>Full links or long queues.</summary>
    Congestion,
}
