using System.Text.Json;
using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Report;

/// <summary>The document of <c>interconnect --json</c>: the question, the answer, and every candidate with its reasons.</summary>
/// <param name="length">Length of the link.</param>
/// <param name="rate">The rate that was asked for: of the link, or of the cage that is divided.</param>
/// <param name="link">The question as the selector saw it.</param>
/// <param name="fibre">The fibre that was asked for, in words.</param>
/// <param name="asked">The rules of the choice.</param>
/// <param name="candidates">The interconnects, ranked; the first is the choice where there is one.</param>
/// <param name="derated">What the default derating would choose where that is another one; else null.</param>
public sealed class InterconnectJson(
    Length length,
    DataRate rate,
    LinkQuestion link,
    string fibre,
    InterconnectSpec asked,
    IReadOnlyList<InterconnectCandidate> candidates,
    InterconnectCandidate? derated
)
{
    /// <summary>Keys of the query that nobody gave: their values are defaults.</summary>
    public IReadOnlyList<string> NotGiven { get; init; } = [];

    /// <summary>Writes the document and a line end.</summary>
    public void Write(Stream output)
    {
        using (Utf8JsonWriter w = new(output, JsonText.Options))
        {
            w.WriteStartObject();
            w.WriteStartObject("query");
            w.WriteNumber("length_m", length.Metres);
            w.WriteNumber("rate_gbps", rate.Gbps);
            if (link.A.Ways > 1)
            {
                w.WriteString("breakout", link.A.Breakout.ToString());
            }

            w.WriteString("form_factor", link.A.FormFactor.ToWord());
            w.WriteString("tail_form_factor", link.Z.FormFactor.ToWord());

            w.WriteString("fibre", fibre);
            w.WriteString("objective", asked.Objective.ToWord());
            w.WriteNumber("panels", link.Panels);
            w.WriteNumber("reach_derating", asked.ReachDerating);
            w.WriteStartArray("defaults");
            foreach (string key in NotGiven)
            {
                w.WriteStringValue(key);
            }

            w.WriteEndArray();
            w.WriteEndObject();
            w.WritePropertyName("chosen");
            if (candidates is [{ Verdict: ProductVerdict.Chosen } chosen, ..])
            {
                WriteProduct(w, chosen);
            }
            else
            {
                w.WriteNullValue();
            }

            w.WriteStartArray("candidates");
            foreach (InterconnectCandidate c in candidates)
            {
                WriteCandidate(w, c);
            }

            w.WriteEndArray();
            if (derated is not null)
            {
                w.WriteStartObject("derated");
                w.WriteNumber("reach_derating", new InterconnectSpec().ReachDerating);
                w.WritePropertyName("chosen");
                WriteProduct(w, derated);
                w.WriteEndObject();
            }

            w.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void WriteProduct(Utf8JsonWriter w, InterconnectCandidate c)
    {
        w.WriteStartObject();
        w.WriteString("id", c.Head.Id);
        w.WriteString("kind", c.Head.Kind.ToWord());
        w.WriteString("name", c.Head.Name);
        if (c.Tail.Id != c.Head.Id)
        {
            w.WriteString("tail", c.Tail.Id);
        }

        WriteFigures(w, c);
        w.WriteString("class", c.Class?.Id);
        w.WriteString("article", c.Class?.Article);
        w.WriteString("standards", c.Class?.Standards);
        w.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter w, InterconnectCandidate c)
    {
        w.WriteNumber("reach_m", c.RatedReach.Metres);
        w.WriteNumber("allowed_reach_m", c.Reach.Metres);
        w.WriteNumber("order_length_m", c.OrderLength.Metres);
        Number("price_usd", c.Price?.Dollars);
        Number("power_w", c.Power?.Watts);
        Number("latency_ns", c.Latency?.Nanoseconds);
        Number("loss_db", c.LossDb is { } loss ? Math.Round(loss, 3) : null);
        Number("loss_budget_db", c.LossBudgetDb);

        void Number(string name, double? value)
        {
            if (value is { } v)
            {
                w.WriteNumber(name, v);
            }
            else
            {
                w.WriteNull(name);
            }
        }
    }

    private static void WriteCandidate(Utf8JsonWriter w, InterconnectCandidate c)
    {
        w.WriteStartObject();
        w.WriteString("id", c.Head.Id);
        w.WriteString("kind", c.Head.Kind.ToWord());
        w.WriteString("verdict", c.Verdict.ToWord());
        w.WriteStartArray("reasons");
        foreach (string reason in c.Reasons)
        {
            w.WriteStringValue(reason);
        }

        w.WriteEndArray();
        if (c.Verdict == ProductVerdict.Rejected)
        {
            w.WriteStartArray("rules");
            foreach (Rejection rejection in c.Rejections)
            {
                w.WriteStringValue(rejection.Code.ToString().ToLowerInvariant());
            }

            w.WriteEndArray();
        }
        else
        {
            if (c.Tail.Id != c.Head.Id)
            {
                w.WriteString("tail", c.Tail.Id);
            }

            WriteFigures(w, c);
        }

        w.WriteEndObject();
    }
}
