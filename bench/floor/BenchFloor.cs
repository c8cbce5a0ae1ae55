using System.Globalization;

namespace Lightloom.Floor.Bench;

/// <summary>A cluster whose floor is planned.</summary>
/// <param name="Node">Model of its nodes.</param>
/// <param name="Nodes">How many.</param>
/// <param name="Backend">Keys of the backend.</param>
/// <param name="Floor">Keys of the floor.</param>
internal sealed record BenchFloor(string Node, int Nodes, string Backend, string Floor)
{
    /// <summary>From 32 to 4,096 XPUs, on one row and on many, with ordinary racks and whole systems.</summary>
    public static IReadOnlyList<BenchFloor> All { get; } =
    [
        new("dgx-h100", 4, "switch: nvidia-qm9700", ""),
        new("dgx-h100", 8, "switch: nvidia-qm9700", "rack: {max_nodes: 1}"),
        new("dgx-b300", 16, "switch: nvidia-sn5610, planes: 2", ""),
        new("dgx-h100", 32, "switch: nvidia-qm9700", ""),
        new("dgx-h100", 32, "switch: nvidia-qm9700", "rack: {max_nodes: 2}, racks_per_row: 8"),
        new("dgx-b300", 32, "switch: nvidia-sn5610, planes: 2", "network_racks: end-of-row"),
        new("dgx-b300", 64, "switch: nvidia-sn5610, planes: 2", ""),
        new("dgx-b300", 64, "switch: nvidia-sn5610, planes: 2", "network_racks: central, racks_per_row: 10"),
        new("dgx-h100", 96, "switch: nvidia-qm9700", "racks_per_row: 12"),
        new("dgx-h100", 127, "switch: nvidia-qm9700, scalable_unit_nodes: 32", ""),
        new("dgx-h100", 128, "switch: nvidia-qm9700, rail_optimized: false", ""),
        new("dgx-b300", 128, "switch: nvidia-sn5610, planes: 2", ""),
        new("dgx-b300", 128, "switch: nvidia-sn5610, planes: 2", "rack: {max_nodes: 2}, racks_per_row: 16"),
        new("dgx-h100", 192, "switch: nvidia-qm9700", ""),
        new("dgx-b300", 256, "switch: nvidia-sn5610, planes: 2", ""),
        new("dgx-b300", 256, "switch: nvidia-sn5610, planes: 2", "network_racks: end-of-row, racks_per_row: 20"),
        new("dgx-h100", 384, "switch: nvidia-qm9700", ""),
        new("dgx-b300", 384, "switch: nvidia-sn5610, planes: 2", "rack: {power_kw: 30}"),
        new("dgx-h100", 512, "switch: nvidia-qm9700", ""),
        new("dgx-b300", 512, "switch: nvidia-sn5610, planes: 2", ""),
    ];

    /// <summary>The floor in words.</summary>
    public string Words =>
        $"{Nodes} {Node}{(Backend.Contains("false", StringComparison.Ordinal) ? ", no rails" : "")}{(Floor == "" ? "" : $", {Floor}")}";

    /// <summary>The cluster file.</summary>
    /// <param name="optimize">A value of <c>floor.optimize</c>.</param>
    public string File(string optimize) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            lightloom: 1
            name: floor
            pools: [{name: train, node: {{Node}}, nodes: {{Nodes}}}]
            backend: {{{Backend}}}
            floor: {{{(Floor == "" ? "" : Floor + ", ")}}optimize: {{optimize}}}

            """
        );
}
