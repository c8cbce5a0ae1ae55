using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// What share of its data sheet a generation of XPUs delivers in training: one set for the whole generation, whatever model and software.
/// </summary>
/// <remarks>Immutable. Shares are of the peak, 0 to 1.</remarks>
public sealed record XpuGeneration : CatalogueItem
{
    /// <summary>How the names of its XPUs begin, as nodes give them under <c>xpu</c>.</summary>
    [Key("xpus", "How the names of its XPUs begin, as nodes give them under xpu.", Required = true)]
    public required IReadOnlyList<string> Xpus { get; init; }

    /// <summary>Share of the dense BF16 peak that large matrix products reach.</summary>
    [Key("bf16_share", "Share of the dense BF16 peak that large matrix products reach.", Required = true, Minimum = 0.01, Maximum = 1)]
    public required Figure<double> Bf16Share { get; init; }

    /// <summary>Share of the dense FP8 peak that large matrix products reach, scaling included.</summary>
    [Key("fp8_share", "Share of the dense FP8 peak that large matrix products reach, scaling included.", Minimum = 0.01, Maximum = 1)]
    public Figure<double>? Fp8Share { get; init; }

    /// <summary>Share of the memory's peak that streaming kernels reach.</summary>
    [Key("memory_share", "Share of the memory's peak that streaming kernels reach.", Required = true, Minimum = 0.01, Maximum = 1)]
    public required Figure<double> MemoryShare { get; init; }

    /// <summary>What every kernel costs beside its work.</summary>
    [Key(
        "kernel_us",
        "What every kernel costs beside its work: launch, filling and draining the cores.",
        Required = true,
        Minimum = 0,
        Maximum = 1e4
    )]
    public required Figure<SimTime> Kernel { get; init; }

    /// <summary>Share of the dense BF16 peak that a fused attention kernel reaches forward, of the products below the diagonal.</summary>
    [Key(
        "attention_forward_share",
        "Share of the dense BF16 peak that a fused attention kernel reaches forward, of the products below the diagonal.",
        Required = true,
        Minimum = 0.01,
        Maximum = 1
    )]
    public required Figure<double> AttentionForwardShare { get; init; }

    /// <summary>The same backward.</summary>
    [Key("attention_backward_share", "The same backward.", Required = true, Minimum = 0.01, Maximum = 1)]
    public required Figure<double> AttentionBackwardShare { get; init; }

    /// <summary>Share of the scale-up bandwidth that collectives reach.</summary>
    [Key("scale_up_share", "Share of the scale-up bandwidth that collectives reach.", Required = true, Minimum = 0.01, Maximum = 1)]
    public required Figure<double> ScaleUpShare { get; init; }

    /// <summary>Share of the NIC's rate that collectives reach on an idle network.</summary>
    [Key(
        "network_share",
        "Share of the NIC's rate that collectives reach on an idle network.",
        Required = true,
        Minimum = 0.01,
        Maximum = 1
    )]
    public required Figure<double> NetworkShare { get; init; }

    /// <summary>Time of a collective over the scale-up domain beside its bytes.</summary>
    [Key(
        "scale_up_start_us",
        "Time of a collective over the scale-up domain beside its bytes.",
        Required = true,
        Minimum = 0,
        Maximum = 1e4
    )]
    public required Figure<SimTime> ScaleUpStart { get; init; }

    /// <summary>Time of a message over the network beside its bytes and the network's own latency.</summary>
    [Key(
        "message_us",
        "Time of a message over the network beside its bytes and the network's own latency: software at both ends.",
        Required = true,
        Minimum = 0,
        Maximum = 1e4
    )]
    public required Figure<SimTime> Message { get; init; }

    /// <summary>True when an XPU of that name is of this generation.</summary>
    public bool Has(string xpu) => Xpus.Any(x => xpu.StartsWith(x, StringComparison.OrdinalIgnoreCase));
}
