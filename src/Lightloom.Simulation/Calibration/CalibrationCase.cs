using Lightloom.Units;

namespace Lightloom.Simulation.Calibration;

/// <summary>One network, pattern and size that both engines ran, none of which the terms were fitted to. Immutable.</summary>
/// <param name="Network">The network in a few words.</param>
/// <param name="Pattern">The traffic.</param>
/// <param name="Size">Its size, as for a workload of that name.</param>
/// <param name="Engine">Which fluid engine: <c>flows</c> or <c>steps</c>.</param>
/// <param name="Ideal">The fluid's answer by even shares.</param>
/// <param name="Calibrated">The fluid's answer with the terms.</param>
/// <param name="Packets">When the last flow ended in packets; the mean over seeds.</param>
public sealed record CalibrationCase(
    string Network,
    string Pattern,
    DataSize Size,
    string Engine,
    SimTime Ideal,
    SimTime Calibrated,
    SimTime Packets
)
{
    /// <summary>How much more the calibrated answer is than packets, as a share of these; negative where it is less.</summary>
    public double Error => (double)Calibrated.Picoseconds / Packets.Picoseconds - 1;

    /// <summary>The same of the ideal answer.</summary>
    public double IdealError => (double)Ideal.Picoseconds / Packets.Picoseconds - 1;
}
