using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Report.Tests;

/// <summary>Designs that the tests write to files. Each is made once.</summary>
internal static class TestDesigns
{
    private static readonly Lazy<ClusterDesign> LazyTiny = new(() =>
        Of(
            """
            lightloom: 1
            name: tiny
            pools: [{name: train, node: dgx-h100, nodes: 2}]
            backend: {switch: nvidia-qm9700}
            """
        )
    );

    private static readonly Lazy<ClusterDesign> LazyOneK = new(() =>
        Of(
            """
            lightloom: 1
            name: hopper-1k
            pools: [{name: train, node: dgx-h100, nodes: 127}]
            services: [{name: storage, node: storage-2x200, nodes: 16}]
            backend: {switch: nvidia-qm9700, scalable_unit_nodes: 32, tiers: 2}
            prices: {nvidia-qm9700: 38000, fibre: 20, fibre-per-m: 1.2}
            """
        )
    );

    private static readonly Lazy<ClusterDesign> LazyPlanes = new(() =>
        Of(
            """
            lightloom: 1
            name: two planes
            pools: [{name: train, node: dgx-b300, nodes: 48}]
            backend: {planes: 2}
            """
        )
    );

    private static readonly Lazy<ClusterDesign> LazyHostile = new(() =>
        Of(
            """
            lightloom: 1
            name: 'Anna''s <script>alert("1")</script> & "co"'
            pools: [{name: 'a,b "c" <i>', node: dgx-h100, nodes: 3}]
            backend: {switch: nvidia-qm9700}
            floor:
              sites:
                - name: 'site, <one>'
                  buildings:
                    - name: '"B" & co'
                      halls: [{name: 'hall "A", north', rows: 4, racks_per_row: 12}]
            """
        )
    );

    private static readonly Lazy<ClusterDesign> LazyTwoHalls = new(() =>
        Of(
            """
            lightloom: 1
            name: two-halls
            pools: [{name: train, node: dgx-h100, nodes: 64}]
            backend: {switch: nvidia-qm9700, tiers: 2}
            frontend: {switch: nvidia-sn5610}
            floor:
              panels_between_halls: 2
              rack: {power_kw: 22}
              sites:
                - name: site
                  buildings:
                    - name: main
                      halls: [{name: east, rows: 2, racks_per_row: 10}, {name: west, rows: 2, racks_per_row: 10, x_m: 40}]
            """
        )
    );

    private static readonly Lazy<ClusterDesign> LazyLarge = new(() =>
        Of(
            """
            lightloom: 1
            name: large
            pools: [{name: train, node: dgx-h100, nodes: 1024}]
            backend: {switch: nvidia-sn5600}
            """
        )
    );

    /// <summary>8,192 XPUs: too many racks for one workbook.</summary>
    public static ClusterDesign Large => LazyLarge.Value;

    /// <summary>Two nodes.</summary>
    public static ClusterDesign Tiny => LazyTiny.Value;

    /// <summary>127 nodes of 8 XPUs, 32 leaves, 16 spines, some prices.</summary>
    public static ClusterDesign OneK => LazyOneK.Value;

    /// <summary>Every NIC divided over two planes.</summary>
    public static ClusterDesign Planes => LazyPlanes.Value;

    /// <summary>Names that would break a careless writer.</summary>
    public static ClusterDesign Hostile => LazyHostile.Value;

    /// <summary>Two halls with panels and trunks between them.</summary>
    public static ClusterDesign TwoHalls => LazyTwoHalls.Value;

    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<ClusterDesign> All => [Tiny, OneK, Planes, Hostile, TwoHalls, Large];

    /// <summary>The design of a cluster file.</summary>
    public static ClusterDesign Of(string yaml)
    {
        DiagnosticBag diagnostics = new();
        ClusterSpec? spec = SpecReader.Read(yaml, "test.yaml", Catalogue.Default, diagnostics);
        spec.ShouldNotBeNull(string.Join('\n', diagnostics));
        ClusterDesign? design = Designer.Design(spec, diagnostics);
        design.ShouldNotBeNull(string.Join('\n', diagnostics));
        return design;
    }
}
