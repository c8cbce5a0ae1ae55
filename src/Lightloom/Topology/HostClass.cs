using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Hosts whose ports meet a switch alike: one rate, lanes of one rate, one form of cage.</summary>
/// <param name="Rate">Rate of a port.</param>
/// <param name="Lane">Rate of its lanes.</param>
/// <param name="Form">Form of its cage.</param>
internal readonly record struct HostClass(DataRate Rate, DataRate Lane, FormFactor Form)
{
    /// <summary>Classes beyond which their mixtures are not tried: they double with each.</summary>
    private const int MostClasses = 3;

    /// <summary>The class of a node's ports.</summary>
    public static HostClass Of(NicPorts ports) => new(ports.Rate.Value, ports.LaneRate, ports.FormFactor.Value);

    /// <summary>
    /// The ways in which some of several classes may keep to the switch's own lanes while its cages slow down for the others: no product may
    /// serve one of them on the slower lanes, and none the others on the faster. Those with the fewest kept come first; none for one class.
    /// </summary>
    public static IEnumerable<IReadOnlyCollection<HostClass>> Mixtures(IEnumerable<NicPorts> ports)
    {
        HostClass[] classes = [.. ports.Select(Of).Distinct()];
        return classes.Length is < 2 or > MostClasses
            ? []
            : Enumerable
                .Range(1, (1 << classes.Length) - 2)
                .OrderBy(int.PopCount)
                .Select(kept => (IReadOnlyCollection<HostClass>)[.. classes.Where((_, i) => (kept & (1 << i)) != 0)]);
    }
}
