using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Calibration;

/// <summary>
/// What the small networks of a calibration have in common with the network that they stand for. Immutable; safe to share.
/// </summary>
/// <param name="HostRate">The rate of a host's link on one plane.</param>
/// <param name="UplinkRate">The rate of a link between switches.</param>
/// <param name="Cable">Propagation over a link.</param>
/// <param name="SwitchLatency">What a switch takes.</param>
public sealed record CalibrationShape(DataRate HostRate, DataRate UplinkRate, SimTime Cable, SimTime SwitchLatency)
{
    /// <summary>400G ports, 10 m of fibre, 600 ns a switch.</summary>
    public static CalibrationShape Usual { get; } =
        new(DataRate.FromGbps(400), DataRate.FromGbps(400), SimTime.FromPicoseconds(50_000), SimTime.FromPicoseconds(600_000));

    /// <summary>Leaves and spines, each leaf with a link to each spine.</summary>
    /// <param name="hosts">Hosts of a leaf, at least 1.</param>
    /// <param name="leaves">Leaves, at least 1.</param>
    /// <param name="spines">Spines of each plane.</param>
    /// <param name="planes">Planes; every host has a port on each.</param>
    public NetworkDescription LeafSpine(int hosts, int leaves, int spines, int planes = 1)
    {
        List<SwitchDescription> switches = [];
        List<LinkDescription> links = [];
        for (int plane = 0; plane < planes; plane++)
        {
            int leaf = Add(switches, 0, plane, leaves),
                spine = Add(switches, 1, plane, spines);
            Hang(links, leaf, leaves, hosts);
            Join(links, leaf, leaves, spine, spines);
        }
        return new NetworkDescription(hosts * leaves, switches, links);
    }

    /// <summary>Pods of leaves and spines under super-spines; spine i of each pod is joined to the i-th group of super-spines.</summary>
    /// <param name="hosts">Hosts of a leaf.</param>
    /// <param name="leaves">Leaves of a pod.</param>
    /// <param name="spines">Spines of a pod.</param>
    /// <param name="pods">Pods.</param>
    /// <param name="above">Super-spines above each spine of a pod.</param>
    public NetworkDescription ThreeTiers(int hosts, int leaves, int spines, int pods, int above)
    {
        List<SwitchDescription> switches = [];
        List<LinkDescription> links = [];
        int leaf = Add(switches, 0, 0, leaves * pods),
            spine = Add(switches, 1, 0, spines * pods),
            super = Add(switches, 2, 0, spines * above);
        Hang(links, leaf, leaves * pods, hosts);
        for (int pod = 0; pod < pods; pod++)
        {
            Join(links, leaf + pod * leaves, leaves, spine + pod * spines, spines);
            for (int s = 0; s < spines; s++)
            {
                Join(links, spine + pod * spines + s, 1, super + s * above, above);
            }
        }
        return new NetworkDescription(hosts * leaves * pods, switches, links);
    }

    private int Add(List<SwitchDescription> switches, int tier, int plane, int count)
    {
        int first = switches.Count;
        for (int i = 0; i < count; i++)
        {
            switches.Add(new SwitchDescription(tier, plane, SwitchLatency, $"tier-{tier}-{plane}-{i}"));
        }
        return first;
    }

    private void Hang(List<LinkDescription> links, int leaf, int leaves, int hosts)
    {
        for (int h = 0; h < leaves * hosts; h++)
        {
            links.Add(new LinkDescription(NodeId.Host(h), NodeId.Switch(leaf + h / hosts), HostRate, Cable));
        }
    }

    private void Join(List<LinkDescription> links, int below, int count, int above, int tops)
    {
        for (int b = 0; b < count; b++)
        {
            for (int a = 0; a < tops; a++)
            {
                links.Add(new LinkDescription(NodeId.Switch(below + b), NodeId.Switch(above + a), UplinkRate, Cable));
            }
        }
    }
}
