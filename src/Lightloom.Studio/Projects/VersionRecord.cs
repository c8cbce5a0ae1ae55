using System.Text.Json.Serialization;
using Lightloom.Studio.Views;

namespace Lightloom.Studio.Projects;

/// <summary>A saved version of the spec: a JSON file beside its text.</summary>
internal sealed record VersionRecord
{
    /// <summary>Number, from 1.</summary>
    public required int N { get; init; }

    /// <summary>When it was saved, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Why: <c>edit</c>, <c>template lab-8</c>, <c>move of A01-03</c> ...</summary>
    public required string Reason { get; init; }

    /// <summary>The version it was made from; null for the first.</summary>
    public int? Parent { get; init; }

    /// <summary>Figures of its design; null while there is none.</summary>
    public DesignFigures? Figures { get; init; }

    /// <summary>The bill of its design.</summary>
    public IReadOnlyList<VersionBillLine>? Bill { get; init; }
}

/// <summary>A line of the bill of a version.</summary>
internal sealed record VersionBillLine(string Id, string Name, string Category, long Quantity, double? TotalUsd);

/// <summary>Where a project is in its versions.</summary>
internal sealed record ProjectRecord
{
    /// <summary>Tells projects apart in a database that several share.</summary>
    public required string Id { get; init; }

    /// <summary>How often it was saved; undo and redo count.</summary>
    public required long Revision { get; init; }

    /// <summary>The version that the cluster file has; 0 for none.</summary>
    public required int Current { get; init; }

    /// <summary>Versions that were undone, the next to redo last.</summary>
    public IReadOnlyList<int> Redo { get; init; } = [];
}

/// <summary>The files of a project's versions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(VersionRecord))]
[JsonSerializable(typeof(ProjectRecord))]
internal sealed partial class ProjectJson : JsonSerializerContext;
