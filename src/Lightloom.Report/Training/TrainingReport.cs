using System.Globalization;
using System.Text.Json;
using Lightloom.Diagnostics;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;
using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Report.Training;

/// <summary>A training job on a designed cluster as JSON and CSV. Immutable.</summary>
/// <param name="result">The answer.</param>
/// <param name="diagnostics">What was said on the way.</param>
public sealed class TrainingReport(TrainingResult result, IReadOnlyList<Diagnostic> diagnostics)
{
    /// <summary>Candidates of a search that JSON shows; the CSV has all.</summary>
    public const int MostCandidates = 50;

    private const double Gib = 1L << 30;

    /// <summary>The word of a class of links.</summary>
    public static string Word(LinkKind kind) =>
        kind switch
        {
            LinkKind.ScaleUp => "scale-up",
            LinkKind.HostLeaf => "host-leaf",
            LinkKind.LeafSpine => "leaf-spine",
            LinkKind.SpineSuperSpine => "spine-super-spine",
            _ => "latency",
        };

    /// <summary>The word of a kind of communication: <c>tp</c>, <c>pp</c> ...</summary>
    public static string Word(CommunicationKind kind) =>
        kind switch
        {
            CommunicationKind.Tensor => "tp",
            CommunicationKind.Pipeline => "pp",
            CommunicationKind.Data => "dp",
            CommunicationKind.Expert => "ep",
            _ => "cp",
        };

    /// <summary>Writes the document.</summary>
    /// <param name="stream">Where to; left open.</param>
    public void WriteJson(Stream stream)
    {
        using Utf8JsonWriter json = new(stream, JsonText.Options);
        TrainingPlan plan = result.Plan;
        StepTime step = result.Step;
        json.WriteStartObject();
        json.WriteString("model", plan.Model.Name);
        json.WriteNumber("parameters", Math.Round(plan.Model.Parameters));
        json.WriteNumber("active_parameters", Math.Round(plan.Model.ActiveParameters));
        json.WriteNumber("xpus", plan.Parallelism.Xpus);
        WriteParallelism(json, "parallelism", plan.Parallelism);
        json.WriteNumber("global_batch", plan.GlobalBatch);
        json.WriteNumber("micro_batch", plan.MicroBatch);
        json.WriteNumber("micro_batches", plan.MicroBatches);
        json.WriteNumber("sequence", plan.Model.Sequence);
        json.WriteString("precision", plan.Precision == Precision.Fp8 ? "fp8" : "bf16");
        json.WriteString("recompute", plan.Recompute.ToString().ToLowerInvariant());
        json.WriteNumber("zero", plan.Zero);
        json.WriteString("stack", plan.Stack.Id);
        json.WriteString("engine", result.Engine);
        json.WriteString("placement", plan.Placement.ToWord());
        WriteFaults(json);
        WriteStep(json, step);
        WriteCalibrated(json);
        WriteMemory(json, "memory_gib", result.Memory);
        WriteNetwork(json, step);
        WriteCost(json);
        WriteScaling(json, "scaling", result.Scaling);
        WriteScaling(json, "scaling_repeated", result.Beyond);
        WriteGoodput(json);
        WriteCandidates(json);
        json.WriteStartArray("assumptions");
        foreach (Assumption a in result.Assumptions)
        {
            json.WriteStartObject();
            json.WriteString("name", a.Name);
            json.WriteNumber("value", a.Value);
            json.WriteString("text", a.Text);
            json.WriteString("source", a.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDiagnostics(json);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes one row a candidate of the search.</summary>
    public void WriteCandidates(TextWriter text)
    {
        text.Write("rank,tp,pp,dp,ep,cp,vpp,micro_batch,recompute,step_s,mfu,exposed_s,bubble_s,memory_gib,has_gib,why_not\n");
        for (int i = 0; i < result.Candidates.Count; i++)
        {
            Candidate c = result.Candidates[i];
            Parallelism p = c.Plan.Parallelism;
            text.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i + 1},{p.Tensor},{p.Pipeline},{p.Data},{p.Expert},{p.Context},{p.Chunks},{c.Plan.MicroBatch},"
                )
            );
            text.Write(c.Plan.Recompute.ToString().ToLowerInvariant());
            text.Write(
                c.Step is { } s
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $",{s.Step:0.######},{s.Mfu:0.####},{s.Exposed:0.######},{s.Bubble:0.######}"
                    )
                    : ",,,,"
            );
            text.Write(string.Create(CultureInfo.InvariantCulture, $",{c.Memory.Total / Gib:0.##},{c.Memory.Has / Gib:0.##},"));
            text.Write(c.WhyNot is { } why ? "\"" + why.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : "");
            text.Write('\n');
        }
    }

    private void WriteCalibrated(Utf8JsonWriter json)
    {
        if (result is not { Real: { } real, Terms: { } terms })
        {
            return;
        }

        json.WriteStartObject("ideal");
        json.WriteNumber("step_s", Rounded(result.Step.Step));
        json.WriteNumber("mfu", Rounded(result.Step.Mfu));
        json.WriteEndObject();
        json.WriteStartObject("as");
        json.WriteString("transport", terms.Transport);
        json.WriteString("load_balancing", terms.LoadBalancing);
        json.WriteNumber("step_s", Rounded(real.Step));
        json.WriteNumber("mfu", Rounded(real.Mfu));
        json.WriteNumber("mean_error", terms.Error);
        json.WriteEndObject();
    }

    private static void WriteScaling(Utf8JsonWriter json, string name, IReadOnlyList<(long Xpus, double Mfu)> points)
    {
        json.WriteStartArray(name);
        foreach ((long xpus, double mfu) in points)
        {
            json.WriteStartObject();
            json.WriteNumber("xpus", xpus);
            json.WriteNumber("mfu", Rounded(mfu));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        if (result.Faults.Count == 0)
        {
            return;
        }

        json.WriteStartArray("faults");
        foreach (string fault in result.Faults)
        {
            json.WriteStringValue(fault);
        }

        json.WriteEndArray();
        json.WriteNumber("sound_step_s", Rounded(result.Sound.Step));
    }

    private void WriteStep(Utf8JsonWriter json, StepTime step)
    {
        json.WriteNumber("step_s", Rounded(step.Step));
        json.WriteNumber("ideal_network_step_s", Rounded(result.Ideal.Step));
        json.WriteNumber("compute_s", Rounded(step.Compute));
        json.WriteNumber("bubble_s", Rounded(step.Bubble));
        json.WriteNumber("optimizer_s", Rounded(step.Optimizer));
        json.WriteNumber("overhead_s", Rounded(step.Overhead));
        json.WriteStartObject("exposed_s");
        foreach (CommunicationShare c in step.Communication)
        {
            json.WriteNumber(Word(c.Kind), Rounded(c.Exposed));
        }

        json.WriteEndObject();
        json.WriteStartObject("overlapped_s");
        foreach (CommunicationShare c in step.Communication)
        {
            json.WriteNumber(Word(c.Kind), Rounded(c.Overlapped));
        }

        json.WriteEndObject();
        json.WriteNumber("mfu", Rounded(step.Mfu));
        json.WriteNumber("mfu_causal", Rounded(step.CausalMfu));
        json.WriteNumber("tflops_per_xpu", Rounded(step.FlopsPerXpu / 1e12));
        json.WriteNumber("tflops_executed_per_xpu", Rounded(step.ExecutedFlopsPerXpu / 1e12));
        json.WriteNumber("tokens_per_s", Rounded(step.TokensPerSecond));
    }

    private static void WriteMemory(Utf8JsonWriter json, string name, MemoryNeed memory)
    {
        json.WriteStartObject(name);
        json.WriteNumber("weights", Rounded(memory.Weights / Gib));
        json.WriteNumber("gradients", Rounded(memory.Gradients / Gib));
        json.WriteNumber("optimizer", Rounded(memory.Optimizer / Gib));
        json.WriteNumber("activations", Rounded(memory.Activations / Gib));
        json.WriteNumber("reserve", Rounded(memory.Reserve / Gib));
        json.WriteNumber("total", Rounded(memory.Total / Gib));
        json.WriteNumber("has", Rounded(memory.Has / Gib));
        json.WriteEndObject();
    }

    private void WriteNetwork(Utf8JsonWriter json, StepTime step)
    {
        json.WriteString("binds", result.Binds is { } binds ? Word(binds) : "compute");
        json.WriteStartArray("links");
        foreach (BindingLink link in result.Links)
        {
            json.WriteStartObject();
            json.WriteString("class", Word(link.Kind));
            json.WriteNumber("twice_as_fast_saves_s", Rounded(link.Saves));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("communication");
        foreach (CommunicationShare c in step.Communication.Where(c => c.Group.Size > 1))
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(c.Kind));
            json.WriteString("fabric", c.Backend ? "backend" : "scale-up");
            json.WriteNumber("ranks", c.Group.Size);
            json.WriteNumber("ranks_in_domain", c.Group.Local);
            json.WriteNumber("crosses_leaves", Rounded(c.Kind == CommunicationKind.Expert ? c.Group.AllLeafShare : c.Group.RingLeafShare));
            json.WriteNumber("exposed_s", Rounded(c.Exposed));
            json.WriteNumber("overlapped_s", Rounded(c.Overlapped));
            json.WriteString("binds", Word(c.Binds));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("fabrics");
        foreach (bool backend in new[] { false, true })
        {
            json.WriteStartObject(backend ? "backend" : "scale-up");
            json.WriteNumber("exposed_s", Rounded(step.Communication.Where(c => c.Backend == backend).Sum(c => c.Exposed)));
            json.WriteNumber("overlapped_s", Rounded(step.Communication.Where(c => c.Backend == backend).Sum(c => c.Overlapped)));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("placements");
        foreach (PlacementStep p in result.Placements)
        {
            json.WriteStartObject();
            json.WriteString("name", p.Rule.ToWord());
            json.WriteNumber("step_s", Rounded(p.Seconds));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("pools");
        foreach (PoolStep p in result.Pools)
        {
            json.WriteStartObject();
            json.WriteString("name", p.Pool.Name);
            json.WriteString("xpu", p.Pool.Xpu.Name);
            json.WriteNumber("xpus", p.Xpus);
            json.WriteNumber("step_s", Rounded(p.Step.Step));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("by_rate_step_s", Rounded(result.ByRate));
    }

    private void WriteCost(Utf8JsonWriter json)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("energy_kwh", Rounded(result.Cost.EnergyKwh));
        json.WriteNumber("energy_usd", result.Cost.Energy.Dollars);
        json.WriteNumber("network_usd", result.Cost.Network.Dollars);
        json.WriteStartArray("power_unknown");
        foreach (string node in result.Cost.PowerUnknown)
        {
            json.WriteStringValue(node);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteGoodput(Utf8JsonWriter json)
    {
        if (result.Goodput is not { } g)
        {
            return;
        }

        json.WriteStartObject("goodput");
        json.WriteNumber("share", Rounded(g.Share));
        json.WriteNumber("tokens_per_month", Rounded(g.TokensPerMonth));
        Finite("mean_time_between_interruptions_h", g.MeanTimeBetweenInterruptions / 3600);
        json.WriteNumber("checkpoint_gib", Rounded(g.CheckpointSize / Gib));
        Finite("checkpoint_s", g.CheckpointTime);
        Finite("checkpoint_interval_s", g.CheckpointInterval);
        json.WriteString("checkpoint_network", g.CheckpointNetwork);
        json.WriteNumber("restart_s", Rounded(g.Restart));
        json.WriteStartArray("faults");
        foreach (FaultClassCost f in g.Faults)
        {
            json.WriteStartObject();
            json.WriteString("kind", f.Name);
            json.WriteNumber("parts", f.Parts);
            if (f.PerMonth is { } rate)
            {
                json.WriteNumber("per_month", Rounded(rate));
            }
            else
            {
                json.WriteNull("per_month");
            }

            json.WriteBoolean("interrupts", f.Interrupts);
            json.WriteNumber("step_factor", Rounded(f.StepFactor));
            json.WriteNumber("lost_share", Rounded(f.Lost));
            json.WriteString("basis", f.Basis);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Finite(string name, double value)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumber(name, Rounded(value));
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }

    private void WriteCandidates(Utf8JsonWriter json)
    {
        if (result.Candidates.Count == 0)
        {
            return;
        }

        json.WriteNumber("candidates_fit", result.Candidates.Count(c => c.WhyNot is null));
        json.WriteNumber("candidates_rejected", result.Candidates.Count(c => c.WhyNot is not null));
        json.WriteStartArray("candidates");
        IEnumerable<Candidate> shown = result
            .Candidates.Where(c => c.WhyNot is null)
            .Take(MostCandidates)
            .Concat(result.Candidates.Where(c => c.WhyNot is not null).Take(MostCandidates));
        foreach (Candidate c in shown)
        {
            json.WriteStartObject();
            WriteParallelism(json, "parallelism", c.Plan.Parallelism);
            json.WriteNumber("micro_batch", c.Plan.MicroBatch);
            json.WriteString("recompute", c.Plan.Recompute.ToString().ToLowerInvariant());
            json.WriteNumber("memory_gib", Rounded(c.Memory.Total / Gib));
            if (c.Step is { } s)
            {
                json.WriteNumber("step_s", Rounded(s.Step));
                json.WriteNumber("mfu", Rounded(s.Mfu));
            }

            if (c.WhyNot is { } why)
            {
                json.WriteString("why_not", why);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteDiagnostics(Utf8JsonWriter json)
    {
        json.WriteStartArray("diagnostics");
        foreach (Diagnostic d in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", d.Id);
            json.WriteString("severity", d.Severity.ToString().ToLowerInvariant());
            json.WriteString("message", d.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParallelism(Utf8JsonWriter json, string name, Parallelism p)
    {
        json.WriteStartObject(name);
        json.WriteNumber("tp", p.Tensor);
        json.WriteNumber("pp", p.Pipeline);
        json.WriteNumber("dp", p.Data);
        json.WriteNumber("ep", p.Expert);
        json.WriteNumber("cp", p.Context);
        json.WriteNumber("vpp", p.Chunks);
        json.WriteEndObject();
    }

    // Six figures: what is printed is the same on every machine, and a model knows no more.
    private static double Rounded(double value) =>
        value == 0 || !double.IsFinite(value)
            ? 0
            : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
