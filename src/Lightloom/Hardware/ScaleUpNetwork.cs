namespace Lightloom.Hardware;

/// <summary>Whose links a scale-up domain is made of.</summary>
public enum ScaleUpNetwork
{
    /// <summary>NVLink.</summary>
    [Word("nvlink")]
    NvLink,

    /// <summary>AMD Infinity Fabric between the XPUs of a server.</summary>
    [Word("infinity-fabric")]
    InfinityFabric,

    /// <summary>UALink, or its protocol over Ethernet.</summary>
    [Word("ualink")]
    UaLink,

    /// <summary>Huawei's Unified Bus.</summary>
    [Word("ub")]
    Ub,

    /// <summary>The inter-chip interconnect of Google's TPUs.</summary>
    [Word("ici")]
    Ici,

    /// <summary>NeuronLink of Trainium.</summary>
    [Word("neuronlink")]
    NeuronLink,

    /// <summary>Ethernet between the XPUs of a server (Gaudi).</summary>
    [Word("ethernet")]
    Ethernet,
}
