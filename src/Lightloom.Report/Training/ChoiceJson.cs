using System.Text.Json;
using Lightloom.Spec;
using Lightloom.Training.Choosing;
using Lightloom.Training.Studies;

namespace Lightloom.Report.Training;

/// <summary>The document of <c>explore --by-workload --json</c>: every backend with what it does with the workload, and what would change that.</summary>
public static class ChoiceJson
{
    /// <summary>Writes the document and a line end.</summary>
    /// <param name="spec">The cluster.</param>
    /// <param name="choice">What was found.</param>
    /// <param name="engine">How communication was timed.</param>
    /// <param name="stdout">Where to; left open.</param>
    public static void Write(ClusterSpec spec, WorkloadChoice choice, string engine, Stream stdout)
    {
        using (Utf8JsonWriter json = new(stdout, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("name", spec.Name);
            json.WriteString("objective", spec.Objectives.Minimize.ToWord());
            json.WriteString("model", choice.Plan.Model.Name);
            json.WriteString("plan", TrainingStudy.Describe(choice.Plan));
            json.WriteString("engine", engine);
            json.WriteNumber("considered", choice.Designs.Count);
            json.WriteNumber("feasible", choice.Designs.Count(d => d.Alternative.Feasible));
            json.WriteNumber("shapes", choice.Shapes);
            json.WriteNumber("timed", choice.Timed);
            json.WriteNumber("winner", choice.Winner.Number);
            json.WriteStartArray("designs");
            foreach (ScoredDesign d in choice.Designs)
            {
                WriteDesign(json, d);
            }

            json.WriteEndArray();
            json.WriteStartArray("sensitivity");
            foreach (Sensitivity s in choice.Sensitivities)
            {
                json.WriteStartObject();
                json.WriteString("assumption", s.Assumption);
                json.WriteNumber("factor", s.Factor);
                json.WriteNumber("winner", s.Winner);
                json.WriteBoolean("changes", s.Winner != choice.Winner.Number);
                json.WriteNumber("gain", Math.Round(s.Gain, 6));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    private static void WriteDesign(Utf8JsonWriter json, ScoredDesign d)
    {
        json.WriteStartObject();
        json.WriteNumber("number", d.Number);
        json.WriteString("paradigm", d.Alternative.Paradigm.ToWord());
        json.WriteString("plane_layout", d.Alternative.PlaneLayout.ToWord());
        json.WriteNumber("planes", d.Alternative.Planes);
        json.WriteNumber("tiers", d.Alternative.Tiers);
        json.WriteString("leaf", d.Alternative.Leaf);
        json.WriteString("spine", d.Alternative.Spine);
        json.WriteBoolean("feasible", d.Alternative.Feasible);
        json.WriteBoolean("timed", d.IsTimed);
        json.WriteBoolean("pareto", d.OnFront);
        json.WriteBoolean("wins", d.Wins);
        if (d.Score is { } score)
        {
            json.WriteNumber("like", d.LikeNumber);
            json.WriteNumber("estimated_usd", Math.Round(score.Usd));
            json.WriteNumber("assumed_price_share", Math.Round(score.AssumedShare, 3));
            json.WriteNumber("estimated_kw", Math.Round(score.Watts / 1000, 3));
            json.WriteNumber("step_s", Math.Round(score.Step.Step, 6));
            json.WriteNumber("mfu", Math.Round(score.Step.Mfu, 4));
            json.WriteNumber("goodput", Math.Round(score.Goodput.Share, 5));
            json.WriteNumber("usd_per_million_tokens", Math.Round(score.UsdPerMillionTokens, 6));
        }

        json.WriteString("reason", d.Reason);
        json.WriteEndObject();
    }
}
