using Lightloom.Units;

namespace Lightloom.Simulation.Model;

/// <summary>What happens to links at a given time.</summary>
/// <param name="Time">When.</param>
/// <param name="Links">The links it happens to, as places in <see cref="NetworkDescription.Links"/>.</param>
/// <param name="RateFraction">0 kills the links, 1 restores them, anything between degrades them.</param>
public sealed record Fault(SimTime Time, IReadOnlyList<int> Links, double RateFraction)
{
    /// <summary>Every link of a switch.</summary>
    public static Fault OfSwitch(NetworkDescription network, int index, SimTime time, double rateFraction = 0) =>
        new(time, [.. Touching(network, link => IsSwitch(link.A, index) || IsSwitch(link.Z, index))], rateFraction);

    /// <summary>Every link of a plane.</summary>
    public static Fault OfPlane(NetworkDescription network, int plane, SimTime time, double rateFraction = 0) =>
        new(time, [.. Touching(network, link => network.Switches[link.Z.Index].Plane == plane)], rateFraction);

    /// <summary>A host's link on one of its ports.</summary>
    public static Fault OfPort(NetworkDescription network, int host, int port, SimTime time, double rateFraction = 0) =>
        new(time, [network.HostLinks()[host][port]], rateFraction);

    private static bool IsSwitch(NodeId node, int index) => !node.IsHost && node.Index == index;

    private static IEnumerable<int> Touching(NetworkDescription network, Func<LinkDescription, bool> test) =>
        Enumerable.Range(0, network.Links.Count).Where(i => test(network.Links[i]));
}
