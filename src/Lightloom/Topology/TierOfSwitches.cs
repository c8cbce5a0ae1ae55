using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>The switches of one tier that are alike, over all planes: a tier of several models or divisions has a row for each.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Switch">The model.</param>
/// <param name="Count">Switches over all planes.</param>
/// <param name="DownPorts">Logical ports downwards of a fully used switch.</param>
/// <param name="UpPorts">Logical ports upwards of a fully used switch; 0 for the top tier.</param>
/// <param name="DownBreakout">How its downlink cages are divided.</param>
/// <param name="UpBreakout">How its uplink cages are divided; equal to <paramref name="DownBreakout"/> for the top tier.</param>
public sealed record TierOfSwitches(
    Tier Tier,
    SwitchModel Switch,
    int Count,
    int DownPorts,
    int UpPorts,
    Breakout DownBreakout,
    Breakout UpBreakout
)
{
    /// <summary>Ports downwards of each switch that the file keeps free, beside <see cref="DownPorts"/>.</summary>
    public int FreePorts { get; init; }

    /// <summary>
    /// Logical ports downwards for hosts of other rates that share the switch, in cages of their own beside <see cref="DownPorts"/>.
    /// </summary>
    public IReadOnlyList<(int Ports, Breakout Division)> AlsoDown { get; init; } = [];

    /// <summary>All ports downwards by their division.</summary>
    public IEnumerable<(int Ports, Breakout Division)> Down => AlsoDown.Prepend((DownPorts, DownBreakout));

    /// <summary>Ports of each switch to what is outside the design, where it is there for these alone; empty where it serves hosts.</summary>
    public IReadOnlyList<(int Ports, DataRate Rate, string To)> OutsideAlone { get; init; } = [];

    /// <summary>What its ports downwards are in use for: hosts or switches below it, or what is outside by its name.</summary>
    public IEnumerable<(int Ports, DataRate Rate, string? To)> Serves =>
        OutsideAlone.Count > 0
            ? OutsideAlone.Select(o => (o.Ports, o.Rate, (string?)o.To))
            : Down.Select(d => (d.Ports, d.Division.Rate, (string?)null));

    /// <summary>
    /// Downlink capacity over uplink capacity of a fully used switch, the ports that stay free included; 0 without uplinks.
    /// </summary>
    public double Oversubscription =>
        UpPorts == 0
            ? 0
            : Math.Round(
                ((FreePorts * DownBreakout.Rate.Gbps) + Serves.Sum(s => s.Ports * s.Rate.Gbps)) / (UpPorts * UpBreakout.Rate.Gbps),
                4
            );
}
