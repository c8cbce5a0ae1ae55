using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.LoadBalancing;

/// <summary>
/// A way to spread packets over paths that a user can name: a host's (<see cref="IHostBalancer"/>) over hashing switches, or a switch's
/// (<see cref="ISwitchRouting"/>) under hosts that keep to one entropy value.
/// </summary>
internal interface ILoadBalancing
{
    /// <summary>Its word, help and traits.</summary>
    static abstract LoadBalancingDescription Description { get; }
}
