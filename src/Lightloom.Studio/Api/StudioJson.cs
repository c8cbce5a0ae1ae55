using System.Text.Json.Serialization;
using Lightloom.Studio.Views;

namespace Lightloom.Studio.Api;

/// <summary>How the API's values are written and read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ProjectAnswer))]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(TemplatesAnswer))]
[JsonSerializable(typeof(NewProject))]
[JsonSerializable(typeof(SpecAnswer))]
[JsonSerializable(typeof(SpecSave))]
[JsonSerializable(typeof(SpecPatch))]
[JsonSerializable(typeof(AtRevision))]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(DiffAnswer))]
[JsonSerializable(typeof(DesignAnswer))]
[JsonSerializable(typeof(DiagnosticsAnswer))]
[JsonSerializable(typeof(BillAnswer))]
[JsonSerializable(typeof(SizesAnswer))]
[JsonSerializable(typeof(FilesAnswer))]
[JsonSerializable(typeof(DesignFigures))]
internal sealed partial class StudioJson : JsonSerializerContext;
