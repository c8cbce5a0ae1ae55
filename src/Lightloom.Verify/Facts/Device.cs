using Lightloom.Hardware;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Facts;

/// <summary>A device of design.json: what it is, and what the catalogue knows of it.</summary>
/// <param name="Run">The run of like devices that it belongs to.</param>
/// <param name="Node">Its entry where it is a node that the catalogue has.</param>
/// <param name="Switch">Its entry where it is a switch that the catalogue has.</param>
internal sealed record Device(DeviceRun Run, NodeModel? Node, SwitchModel? Switch)
{
    /// <summary>True for a node, and for a tray of one.</summary>
    public bool IsNode => Run.Kind is "node" or "tray";

    /// <summary>True for a node as a whole, trays or not.</summary>
    public bool IsWholeNode => Run.Kind == "node";

    /// <summary>What the catalogue knows of a tray; null for what is none.</summary>
    public TrayModel? Tray => Run is { Kind: "tray", Tray: { } word } ? Node?.Trays?.GetValueOrDefault(word) : null;

    /// <summary>True for what holds XPUs and the ports of a node: the node, or its compute trays where those are known.</summary>
    public bool HasPorts => Run.Kind == "tray" ? Tray is { Kind: TrayKind.Compute } : Node?.TrayList is null;

    /// <summary>Into how many parts the ports of a node are dealt: its compute trays, else 1.</summary>
    public int Parts => Run.Kind == "tray" ? Math.Max(1, Node?.TrayList?.Computes ?? 1) : 1;

    /// <summary>True for the far end of external links, of which nothing is ours.</summary>
    public bool IsOutside => Run.Kind == "outside";

    /// <summary>True when the catalogue has no such part.</summary>
    public bool IsUnknown => (Node is null && Switch is null && !IsOutside) || (Run.Kind == "tray" && Tray is null);
}
