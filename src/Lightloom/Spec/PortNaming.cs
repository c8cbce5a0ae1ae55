namespace Lightloom.Spec;

/// <summary>Whose names a switch's ports get in tables, labels and pages. docs/models/names.md tells each rule and its source.</summary>
public enum PortNaming
{
    /// <summary>As the faceplate counts: <c>E1/7</c>, the breakout leg behind a colon.</summary>
    [Word("cage")]
    Cage,

    /// <summary>As the switch's own operating system does, which the catalogue tells; by the faceplate where it does not.</summary>
    [Word("auto")]
    Auto,

    /// <summary>SONiC: <c>Ethernet8</c>, counted in lanes.</summary>
    [Word("sonic")]
    Sonic,

    /// <summary>Cumulus Linux: <c>swp2</c>, divided <c>swp2s0</c>.</summary>
    [Word("cumulus")]
    Cumulus,

    /// <summary>Arista EOS: <c>Ethernet2/1</c>, the number of the first lane behind the slash.</summary>
    [Word("eos")]
    Eos,

    /// <summary>Cisco NX-OS: <c>Ethernet1/2</c>, divided <c>Ethernet1/2/1</c>.</summary>
    [Word("nx-os")]
    NxOs,

    /// <summary>Junos OS: <c>et-0/0/1</c>, divided <c>et-0/0/1:0</c>.</summary>
    [Word("junos")]
    Junos,

    /// <summary>Cisco IOS XR: <c>FourHundredGigE0/0/0/1</c>, divided <c>HundredGigE0/0/0/1/0</c>.</summary>
    [Word("ios-xr")]
    IosXr,

    /// <summary>NVIDIA MLNX-OS: <c>Eth1/2</c>, divided <c>Eth1/2/1</c>; InfiniBand <c>IB1/2/1</c> (cage 2, port 1).</summary>
    [Word("mlnx-os")]
    MlnxOs,

    /// <summary>NVIDIA NVOS: <c>sw2p1</c> (cage 2, port 1), divided <c>sw2p1s1</c>.</summary>
    [Word("nvos")]
    Nvos,
}
