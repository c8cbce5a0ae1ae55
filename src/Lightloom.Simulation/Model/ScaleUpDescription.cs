using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>
/// The scale-up domains beside the simulated network: hosts of one domain exchange data over it, never over their network cards. Modelled
/// without packets: a transfer waits for its sender's and its receiver's port, takes its bytes at the slower of the two rates, and a
/// latency.
/// </summary>
/// <param name="DomainOfHost">Per host: the number of its domain; negative for none.</param>
/// <param name="RateOfHost">Per host: its scale-up rate in one direction.</param>
/// <param name="Latency">From the last byte sent to the transfer's completion at both ends, at least 1 ps.</param>
public sealed record ScaleUpDescription(IReadOnlyList<int> DomainOfHost, IReadOnlyList<DataRate> RateOfHost, SimTime Latency)
{
    /// <summary>Whether two hosts are in one domain.</summary>
    public bool Joins(int a, int b) => DomainOfHost[a] >= 0 && DomainOfHost[a] == DomainOfHost[b];
}
