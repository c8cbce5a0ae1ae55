using Lightloom.Spec;

namespace Lightloom.Cabling;

/// <summary>A change of the file with which something would serve links that nothing serves, judged link by link.</summary>
/// <param name="Kind">Which key it is about; of several of one kind, one is enough.</param>
/// <param name="Keys">The keys as a file writes them: <c>interconnect.exclude: [fr]</c>.</param>
/// <param name="Words">What would serve, and the keys.</param>
/// <param name="In">The file with the change.</param>
internal sealed record CableRemedy(string Kind, string Keys, string Words, Func<ClusterSpec, ClusterSpec> In)
{
    /// <summary>The kind of a remedy that allows a tier more kinds of interconnect.</summary>
    public const string Media = "media";
}
