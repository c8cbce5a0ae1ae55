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
[JsonSerializable(typeof(CatalogAnswer))]
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
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(DesignFigures))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(RunsAnswer))]
[JsonSerializable(typeof(RunOptionsAnswer))]
[JsonSerializable(typeof(RunsDiffAnswer))]
[JsonSerializable(typeof(AdoptRequest))]
[JsonSerializable(typeof(RunHeat))]
[JsonSerializable(typeof(FabricMap))]
[JsonSerializable(typeof(DevicesAnswer))]
[JsonSerializable(typeof(DeviceAnswer))]
[JsonSerializable(typeof(PathAnswer))]
[JsonSerializable(typeof(WhatIfRequest))]
[JsonSerializable(typeof(WhatIfAnswer))]
[JsonSerializable(typeof(FloorAnswer))]
[JsonSerializable(typeof(RackAnswer))]
[JsonSerializable(typeof(RouteAnswer))]
[JsonSerializable(typeof(MoveRequest))]
[JsonSerializable(typeof(CablesAnswer))]
[JsonSerializable(typeof(CablesSummary))]
[JsonSerializable(typeof(CableAnswer))]
[JsonSerializable(typeof(LabelsAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class StudioJson : JsonSerializerContext;
