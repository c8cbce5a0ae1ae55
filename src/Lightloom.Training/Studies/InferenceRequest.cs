using Lightloom.Training.Plans;

namespace Lightloom.Training.Studies;

/// <summary>What a command line says of a model that answers. Immutable.</summary>
/// <param name="Model">Name of a model of the catalogue; null for the file's.</param>
/// <param name="Prompt">Tokens of a prompt.</param>
/// <param name="Output">Tokens of an answer.</param>
/// <param name="PrefillBatch">Prompts at once.</param>
/// <param name="DecodeBatch">Answers at once.</param>
/// <param name="Tensor">XPUs that share a layer.</param>
/// <param name="Expert">XPUs that share the experts.</param>
/// <param name="Precision">Arithmetic.</param>
public sealed record InferenceRequest(
    string? Model,
    int Prompt,
    int Output,
    int PrefillBatch,
    int DecodeBatch,
    int Tensor,
    int Expert,
    Precision Precision
);
