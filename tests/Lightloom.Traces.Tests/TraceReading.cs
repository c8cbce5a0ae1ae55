using Lightloom.Diagnostics;
using Lightloom.Traces.Formats;
using Lightloom.Traces.Graph;

namespace Lightloom.Traces.Tests;

/// <summary>Reads traces for tests.</summary>
internal static class TraceReading
{
    public static TraceGraph? Read(string path, out string[] said, RankGroups? groups = null, int ranks = 0)
    {
        DiagnosticBag diagnostics = new();
        TraceGraphBuilder builder = new(groups ?? RankGroups.None, diagnostics);
        TraceGraph? graph = TraceReader.Read(path, ranks, builder, diagnostics) ? builder.Build() : null;
        said = [.. diagnostics.Select(d => d.ToString())];
        return graph;
    }

    public static TraceGraph Read(string path, RankGroups? groups = null, int ranks = 0)
    {
        TraceGraph? graph = Read(path, out string[] said, groups, ranks);
        graph.ShouldNotBeNull(string.Join('\n', said));
        return graph;
    }

    public static string Refused(string path, RankGroups? groups = null, int ranks = 0)
    {
        Read(path, out string[] said, groups, ranks).ShouldBeNull();
        said.ShouldNotBeEmpty();
        return said[0];
    }
}
