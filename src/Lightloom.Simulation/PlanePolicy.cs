namespace Lightloom.Simulation;

/// <summary>Which port of its network card a host sends a packet on, when it has one on each of several planes.</summary>
public enum PlanePolicy
{
    /// <summary>The port that is free first: the shortest local queue.</summary>
    ShortestQueue,
    /// <summary>A flow keeps the port that its number hashes to.</summary>
    Hash,
    /// <summary>Each packet of a flow takes the next port.</summary>
    RoundRobin,
}
