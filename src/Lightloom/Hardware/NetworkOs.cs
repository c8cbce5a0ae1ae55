namespace Lightloom.Hardware;

/// <summary>An operating system of switches, as far as it decides what ports are called.</summary>
public enum NetworkOs
{
    /// <summary>SONiC, the open one and those that makers build on it.</summary>
    [Word("sonic")]
    Sonic,

    /// <summary>NVIDIA Cumulus Linux.</summary>
    [Word("cumulus")]
    Cumulus,

    /// <summary>Arista EOS.</summary>
    [Word("eos")]
    Eos,

    /// <summary>Cisco NX-OS.</summary>
    [Word("nx-os")]
    NxOs,

    /// <summary>Junos OS and Junos OS Evolved.</summary>
    [Word("junos")]
    Junos,

    /// <summary>Cisco IOS XR.</summary>
    [Word("ios-xr")]
    IosXr,

    /// <summary>NVIDIA MLNX-OS (Onyx on Ethernet switches).</summary>
    [Word("mlnx-os")]
    MlnxOs,

    /// <summary>NVIDIA NVOS, of Quantum-X800 and NVLink switches.</summary>
    [Word("nvos")]
    Nvos,
}
