using Lightloom.Hardware;

namespace Lightloom.Training.Machines;

/// <summary>Makes <see cref="XpuClass"/>es of the catalogue's nodes.</summary>
public static class XpuClasses
{
    /// <summary>The generation that stands for every XPU that no other names.</summary>
    public const string OtherGeneration = "other";

    /// <summary>The XPUs of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="catalogue">Has the generations.</param>
    /// <param name="missing">Keys of the node that are not known and are needed; empty when there is an answer.</param>
    public static XpuClass? Of(NodeModel node, Catalogue catalogue, out IReadOnlyList<string> missing)
    {
        List<string> open = [];
        double Need(string key, double? value)
        {
            if (value is not > 0)
            {
                open.Add(key);
            }

            return value ?? 0;
        }

        string name = node.Xpu ?? node.Id;
        double flops = Need("bf16_tflops", node.Bf16Flops?.Value);
        double memory = Need("memory_gb", node.MemoryBytes?.Value);
        double rate = Need("memory_tbytes_s", node.MemoryBytesPerSecond?.Value);
        missing = open;
        if (open.Count > 0)
        {
            return null;
        }

        double scaleUp = node.ScaleUpBytesPerSecond?.Value ?? 0;
        double nics = node.Backend is { } b ? b.Nics.Value * (b.Rate.Value.BitsPerSecond / 8.0) : 0;
        return new()
        {
            Name = name,
            Bf16Flops = flops,
            Fp8Flops = node.Fp8Flops?.Value,
            // Sold in decimal units and built of stacks of whole GiB: 80 GB are 80 GiB.
            Memory = memory / 1e9 * (1L << 30),
            MemoryRate = rate,
            ScaleUpRate = scaleUp,
            ScaleUpDomain = scaleUp > 0 ? node.ScaleUpDomain?.Value ?? Math.Max(1, node.Xpus.Value) : 1,
            NicRate = nics / Math.Max(1, node.Xpus.Value),
            Generation = GenerationOf(name, catalogue),
        };
    }

    /// <summary>The generation of an XPU by its name.</summary>
    public static XpuGeneration GenerationOf(string xpu, Catalogue catalogue) =>
        catalogue.Generations.Values.LastOrDefault(g => g.Id != OtherGeneration && g.Has(xpu)) ?? catalogue.Generations[OtherGeneration];
}
