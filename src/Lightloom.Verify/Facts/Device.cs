using Lightloom.Hardware;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Facts;

/// <summary>A device of design.json: what it is, and what the catalogue knows of it.</summary>
/// <param name="Run">The run of like devices that it belongs to.</param>
/// <param name="Node">Its entry where it is a node that the catalogue has.</param>
/// <param name="Switch">Its entry where it is a switch that the catalogue has.</param>
internal sealed record Device(DeviceRun Run, NodeModel? Node, SwitchModel? Switch)
{
    /// <summary>True for a node.</summary>
    public bool IsNode => Run.Kind == "node";

    /// <summary>True when the catalogue has no such part.</summary>
    public bool IsUnknown => Node is null && Switch is null;
}
