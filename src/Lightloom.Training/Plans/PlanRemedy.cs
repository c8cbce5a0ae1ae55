using System.Globalization;

namespace Lightloom.Training.Plans;

/// <summary>
/// What to change of a parallelism whose parts do not divide: for each key its nearest value with which all rules hold, and two keys where one
/// does not suffice. Every value that is named has been tried.
/// </summary>
/// <param name="plan">What was asked.</param>
/// <param name="xpus">XPUs of the job.</param>
/// <param name="works">True when a plan can be run: all divides and fits.</param>
public sealed class PlanRemedy(TrainingPlan plan, long xpus, Func<TrainingPlan, bool> works)
{
    private const int MostValues = 64;

    /// <summary>As in <c>take ep 25, or dp 32</c>; that nothing works where nothing of what was tried does.</summary>
    public string InWords() =>
        Words()
        ?? (
            new PlanRemedy(plan, xpus, p => PlanRules.Fault(p) is null && p.MicroBatches > 0).Words() is { } divides
                ? divides + " for it to divide; nothing near it fits the memory as well, so leave some parts out, and they are searched"
                : "no other value of tp, pp, dp, ep, cp, vpp or the batch works, nor two of them; leave them out, and they are searched"
        );

    private string? Words()
    {
        string[] single = [.. Keys().Select(First).OfType<string>()];
        if (single.Length > 0)
        {
            return "take " + string.Join(", or ", single);
        }

        foreach (IEnumerable<(string Words, TrainingPlan Plan)> key in Keys())
        {
            foreach ((string words, TrainingPlan changed) in key)
            {
                if (
                    new PlanRemedy(changed, xpus, works).Keys().Select(second => First(second)).FirstOrDefault(f => f is not null) is
                    { } also
                )
                {
                    return $"take {words} and {also}";
                }
            }
        }

        return null;
    }

    private string? First(IEnumerable<(string Words, TrainingPlan Plan)> values)
    {
        foreach ((string words, TrainingPlan changed) in values)
        {
            if (changed.Parallelism.Xpus <= xpus && works(changed))
            {
                return words;
            }
        }

        return null;
    }

    private IEnumerable<IEnumerable<(string Words, TrainingPlan Plan)>> Keys()
    {
        Parallelism p = plan.Parallelism;
        int most = (int)Math.Min(int.MaxValue, xpus * p.Data / Math.Max(1, p.Xpus));
        yield return Batches().Select(n => (Say($"a batch of {n}"), plan with { GlobalBatch = n }));
        yield return Near(p.Expert, Math.Max(1, plan.Model.Experts)).Select(n => ("ep", n, p with { Expert = n })).Select(Changed);
        yield return Near(p.Data, most).Select(n => ("dp", n, p with { Data = n })).Select(Changed);
        yield return Near(p.Tensor, plan.Model.Heads).Select(n => ("tp", n, p with { Tensor = n })).Select(Changed);
        yield return Near(p.Pipeline, plan.Model.AllLayers).Select(n => ("pp", n, p with { Pipeline = n })).Select(Changed);
        yield return Near(p.Context, plan.Model.Sequence).Select(n => ("cp", n, p with { Context = n })).Select(Changed);
        yield return Near(p.Chunks, plan.Model.AllLayers).Select(n => ("vpp", n, p with { Chunks = n })).Select(Changed);
    }

    private (string Words, TrainingPlan Plan) Changed((string Key, int Value, Parallelism Parallelism) to) =>
        (Say($"{to.Key} {to.Value}"), plan with { Parallelism = to.Parallelism });

    // The multiples on both sides of what was asked, the nearer first.
    private IEnumerable<int> Batches()
    {
        int each = plan.Parallelism.Data * plan.MicroBatch;
        int below = plan.GlobalBatch / each * each;
        return new[] { below, below + each }.Where(b => b > 0 && b != plan.GlobalBatch).OrderBy(b => Math.Abs(b - plan.GlobalBatch));
    }

    private static IEnumerable<int> Near(int value, int most) =>
        Enumerable.Range(1, Math.Max(value, most)).Where(n => n != value && n <= most).OrderBy(n => Math.Abs(n - value)).Take(MostValues);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
