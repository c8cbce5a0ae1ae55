namespace Lightloom.Training.Plans;

/// <summary>Into how many parts a training job is divided in each way. Immutable; all at least 1.</summary>
/// <param name="Tensor">XPUs that share one layer.</param>
/// <param name="Pipeline">Stages of layers.</param>
/// <param name="Data">Replicas.</param>
/// <param name="Expert">XPUs that share the experts of a layer, cut out of <paramref name="Data"/> and <paramref name="Context"/>.</param>
/// <param name="Context">XPUs that share one sequence.</param>
/// <param name="Chunks">Chunks of layers a stage (interleaving).</param>
public sealed record Parallelism(int Tensor, int Pipeline, int Data, int Expert, int Context, int Chunks)
{
    /// <summary>XPUs that take part.</summary>
    public long Xpus => (long)Tensor * Pipeline * Data * Context;

    /// <summary>As people write it: <c>tp8 pp16 dp128</c>; what is 1 is left out.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        foreach ((string word, int n) in Parts)
        {
            if (n > 1)
            {
                parts.Add(word + n.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return parts.Count == 0 ? "dp1" : string.Join(' ', parts);
    }

    private IEnumerable<(string, int)> Parts =>
        [("tp", Tensor), ("pp", Pipeline), ("dp", Data), ("ep", Expert), ("cp", Context), ("vpp", Chunks)];
}
