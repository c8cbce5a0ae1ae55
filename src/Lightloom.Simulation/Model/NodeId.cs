namespace Lightloom.Simulation.Model;

/// <summary>One end of a link: a host's network card or a switch. The default value is host 0.</summary>
public readonly record struct NodeId
{
    private readonly int _value;

    private NodeId(int value) => _value = value;

    /// <summary>The host with this number.</summary>
    public static NodeId Host(int index) => new(index);

    /// <summary>The switch with this place in <see cref="NetworkDescription.Switches"/>.</summary>
    public static NodeId Switch(int index) => new(~index);

    /// <summary>Whether this is a host.</summary>
    public bool IsHost => _value >= 0;

    /// <summary>The host's number, or the switch's place in the list.</summary>
    public int Index => _value >= 0 ? _value : ~_value;

    /// <inheritdoc/>
    public override string ToString() => (IsHost ? "host " : "switch ") + Index;
}
