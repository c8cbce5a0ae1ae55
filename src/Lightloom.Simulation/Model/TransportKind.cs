namespace Lightloom.Simulation.Model;

/// <summary>How hosts decide when to send.</summary>
public enum TransportKind
{
    /// <summary>Ultra Ethernet's network-signalled congestion control: a sender window steered by delay and marks.</summary>
    Nscc,

    /// <summary>Ultra Ethernet's receiver-credit congestion control.</summary>
    Rccc,

    /// <summary>Both: credit and window.</summary>
    NsccRccc,

    /// <summary>NDP: the first window at line rate, then receiver pulls one by one.</summary>
    Ndp,

    /// <summary>EQDS: receiver credit for each sender.</summary>
    Eqds,

    /// <summary>RoCEv2 with DCQCN rate control and go-back-N.</summary>
    Dcqcn,

    /// <summary>RoCEv2 at line rate with go-back-N, which relies on a lossless fabric.</summary>
    Roce,

    /// <summary>HPCC: a window steered by in-band telemetry.</summary>
    Hpcc,

    /// <summary>Swift: a window steered by delay.</summary>
    Swift,

    /// <summary>A fixed window of 1.5 bandwidth-delay products and no reaction: the yardstick.</summary>
    Ideal,
}
