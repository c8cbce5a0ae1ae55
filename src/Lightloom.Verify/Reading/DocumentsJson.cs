using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lightloom.Verify.Reading;

/// <summary>Readers of the folder's JSON files, made when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DesignDocument))]
[JsonSerializable(typeof(ManifestDocument))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
