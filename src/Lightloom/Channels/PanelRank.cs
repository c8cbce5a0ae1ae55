using Lightloom.Hardware;

namespace Lightloom.Channels;

/// <summary>Panels of one kind in one frame: connectors, fibre grades and polishes are not mixed on a panel.</summary>
internal sealed class PanelRank(string connector, Medium medium, bool cassettes, string id, PassiveModel? part, int portsPerPanel)
{
    public string Connector => connector;

    public Medium Medium => medium;

    public bool Cassettes => cassettes;

    public string Id => id;

    public PassiveModel? Part => part;

    public int PortsPerPanel => portsPerPanel;

    /// <summary>Ports taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>Number of its first panel in the plan, once all are counted.</summary>
    public int FirstPanel { get; set; }

    /// <summary>Panels that its ports fill.</summary>
    public int Panels => (Taken + portsPerPanel - 1) / portsPerPanel;

    /// <summary>Takes a run of ports; where the sockets are a cassette's, whole cassettes.</summary>
    public PortBlock Take(int ports)
    {
        PortBlock block = new(this, Taken);
        int unit = cassettes ? StrandGroup.CassettePairs : 1;
        Taken += (ports + unit - 1) / unit * unit;
        return block;
    }
}
