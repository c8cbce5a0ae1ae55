using System.Globalization;
using System.Text.Json;
using Lightloom.Training.Inference;
using Lightloom.Training.Plans;

namespace Lightloom.Report.Training;

/// <summary>A model that answers on a designed cluster, as JSON.</summary>
public static class InferenceJson
{
    private const double Gib = 1L << 30;

    /// <summary>Writes the document.</summary>
    /// <param name="plan">What was asked.</param>
    /// <param name="time">What came of it.</param>
    /// <param name="pools">The pools that read prompts and make tokens.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(InferencePlan plan, InferenceTime time, (string Prefill, string Decode) pools, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("model", plan.Model.Name);
        json.WriteString("prefill_pool", pools.Prefill);
        json.WriteString("decode_pool", pools.Decode);
        json.WriteNumber("tp", plan.Tensor);
        json.WriteNumber("ep", plan.Expert);
        json.WriteNumber("prompt", plan.Prompt);
        json.WriteNumber("output", plan.Output);
        json.WriteNumber("prefill_batch", plan.PrefillBatch);
        json.WriteNumber("decode_batch", plan.DecodeBatch);
        json.WriteString("precision", plan.Precision == Precision.Fp8 ? "fp8" : "bf16");
        json.WriteString("stack", plan.Stack.Id);
        Number("time_to_first_token_s", time.FirstToken);
        Number("prefill_s", time.Prefill);
        Number("prefill_communication_s", time.PrefillCommunication);
        Number("cache_transfer_s", time.CacheTransfer);
        Number("time_per_token_s", time.Decode);
        Number("decode_communication_s", time.DecodeCommunication);
        Number("decode_weights_s", time.DecodeWeights);
        Number("decode_cache_s", time.DecodeCache);
        Number("tokens_per_s", time.TokensPerSecond);
        Number("cache_kib_per_token", plan.CacheBytesPerToken / 1024);
        json.WriteStartObject("memory_gib");
        Number("total", time.DecodeMemory / Gib);
        Number("has", time.HasMemory / Gib);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();

        void Number(string name, double value) =>
            json.WriteNumber(name, double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }
}
