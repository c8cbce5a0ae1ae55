using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// What one rank of a replayed trace did with its time. <see cref="Compute"/>, <see cref="Overlapped"/>, <see cref="Exposed"/> and
/// <see cref="Idle"/> add up to <see cref="End"/>.
/// </summary>
/// <param name="Rank">The rank, from 0.</param>
/// <param name="Host">The host that it ran on.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Ended">How many of them ended.</param>
/// <param name="End">When the last of them did.</param>
/// <param name="Compute">Time in which it computed and no message of its own was under way.</param>
/// <param name="Overlapped">Time in which it computed while messages were under way or awaited.</param>
/// <param name="Exposed">Time in which messages were under way or awaited and nothing computed.</param>
/// <param name="Idle">The rest.</param>
public sealed record RankResult(
    int Rank,
    int Host,
    int Operations,
    int Ended,
    SimTime End,
    SimTime Compute,
    SimTime Overlapped,
    SimTime Exposed,
    SimTime Idle
);
