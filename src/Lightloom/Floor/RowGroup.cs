namespace Lightloom.Floor;

/// <summary>What is laid out in one go: racks of nodes with the racks of their switches among them, or racks of switches alone.</summary>
internal sealed class RowGroup
{
    public required Zone Zone { get; init; }

    public required int Pod { get; init; }

    public List<RackDraft> Nodes { get; } = [];

    /// <summary>Switches to be racked here, in order.</summary>
    public List<int> Leaves { get; } = [];

    /// <summary>Spines and above to be racked here, in order.</summary>
    public List<int> Upper { get; } = [];

    public List<RackDraft> Network { get; } = [];

    public int Positions => Nodes.Sum(rack => rack.Span) + Network.Sum(rack => rack.Span);

    public long Power => Nodes.Sum(rack => rack.UsedPower) + Network.Sum(rack => rack.UsedPower);
}
