namespace Lightloom.Training.Inference;

/// <summary>How long an answer takes to begin and to go on. Immutable; times in seconds.</summary>
public sealed record InferenceTime
{
    /// <summary>Reading the prompts.</summary>
    public required double Prefill { get; init; }

    /// <summary>Of it: communication.</summary>
    public required double PrefillCommunication { get; init; }

    /// <summary>Moving keys and values of one prompt batch to the decode instance over the backend.</summary>
    public required double CacheTransfer { get; init; }

    /// <summary>One token of every answer.</summary>
    public required double Decode { get; init; }

    /// <summary>Of it: communication.</summary>
    public required double DecodeCommunication { get; init; }

    /// <summary>Of it: reading weights, at the memory's rate.</summary>
    public required double DecodeWeights { get; init; }

    /// <summary>Of it: reading keys and values.</summary>
    public required double DecodeCache { get; init; }

    /// <summary>Memory of a decode XPU in bytes: weights, keys and values of full answers.</summary>
    public required double DecodeMemory { get; init; }

    /// <summary>Memory that it has.</summary>
    public required double HasMemory { get; init; }

    /// <summary>Tokens a second of one decode instance.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Time to the first token: prompt, transfer, and one step of decoding.</summary>
    public double FirstToken => Prefill + CacheTransfer + Decode;
}
