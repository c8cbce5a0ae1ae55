using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>The switches of one tier, over all planes.</summary>
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
);
