namespace Lightloom.Hardware;

/// <summary>One tray of a rack-scale node.</summary>
/// <param name="Index">Its position among all trays of the node, from 0.</param>
/// <param name="Word">What the catalogue calls its kind: <c>compute</c>, <c>nvlink-switch</c>.</param>
/// <param name="Model">What all of its kind are.</param>
/// <param name="Number">Its number among those of its kind, from 1.</param>
/// <param name="Rack">The rack of the node that it is in, from 0.</param>
/// <param name="Unit">Its lowest rack unit, from 1 at the bottom.</param>
/// <param name="FirstManagement">Management ports of the node before its own.</param>
/// <param name="Suffix">What its name adds to that of the node: <c>c07</c>.</param>
public sealed record Tray(int Index, string Word, TrayModel Model, int Number, int Rack, int Unit, int FirstManagement, string Suffix)
{
    /// <summary>True for a tray with ports on the networks of nodes.</summary>
    public bool HasPorts => Model.Kind == TrayKind.Compute;

    /// <summary>Its highest rack unit.</summary>
    public int TopUnit => Unit + Model.RackUnits.Value - 1;
}
