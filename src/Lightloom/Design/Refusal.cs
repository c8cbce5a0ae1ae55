using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>What is said of the attempt that came closest: its errors, the first with the nearest value that works.</summary>
internal static class Refusal
{
    /// <summary>
    /// The attempt's diagnostics. Where a network could be sized and failed by its ports or cables, the keys of its section are varied until
    /// a file becomes a design, and the first error about it says which.
    /// </summary>
    /// <param name="spec">What was asked.</param>
    /// <param name="attempt">How far it came.</param>
    /// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
    public static IReadOnlyList<Diagnostic> WithNearest(ClusterSpec spec, Attempt attempt, Func<ClusterSpec, Carried> carry)
    {
        if (attempt.Stage == AttemptStage.Drawn)
        {
            return WithFloor(spec, attempt, carry);
        }

        if (attempt.Stage is not (AttemptStage.Sized or AttemptStage.Placed) || PoolReader.Read(spec, new()) is not { } pools)
        {
            return attempt.Diagnostics;
        }

        if (WithAllMedia(spec, attempt, carry) is { } withMedia)
        {
            return withMedia;
        }

        return new RefusalOfNetworks(spec, attempt, pools, carry).Diagnostics();
    }

    /// <summary>
    /// Where kinds of interconnect that the file does not allow would serve: the kinds of each tier that serve all its links, in place of those
    /// that serve the one at hand. Null where none would, or the file is no design with all of them.
    /// </summary>
    private static IReadOnlyList<Diagnostic>? WithAllMedia(ClusterSpec spec, Attempt attempt, Func<ClusterSpec, Carried> carry)
    {
        if (attempt.MediaThatServe.Count == 0)
        {
            return null;
        }

        IReadOnlyDictionary<string, IReadOnlyList<string>> asked = spec.Interconnect.Media.ByTier;
        MediaSpec media = spec.Interconnect.Media;
        // Only the kinds are carried through here: what else might serve single links is not said.
        IReadOnlyList<Diagnostic> said = [.. attempt.Diagnostics.Select(d => OfMedia(attempt, d))];
        foreach (IGrouping<string, (string Tier, InterconnectKind Kind)> tier in attempt.MediaThatServe.GroupBy(m => m.Tier))
        {
            string[] all = [.. asked[tier.Key], .. tier.Select(m => m.Kind.ToWord())];
            media = media.With(tier.Key, all);
            foreach (string one in tier.Select(m => m.Kind.ToWord()))
            {
                string alone = MediaPolicy.InWords(tier.Key, [.. asked[tier.Key], one]);
                said =
                [
                    .. said.Select(d =>
                        d with
                        {
                            Message = d.Message.Replace(alone, MediaPolicy.InWords(tier.Key, all), StringComparison.Ordinal),
                        }
                    ),
                ];
            }
        }

        return carry(spec with { Interconnect = spec.Interconnect with { Media = media } }).Lacks is null ? said : null;
    }

    private static Diagnostic OfMedia(Attempt attempt, Diagnostic said) =>
        attempt.Unserved.FirstOrDefault(u => u.Error == said) is { } links
            ? said with
            {
                Message = links.Message([.. links.Remedies.Where(r => r.Kind == CableRemedy.Media)], null, isMended: true),
            }
            : said;

    private static IReadOnlyList<Diagnostic> WithFloor(ClusterSpec spec, Attempt attempt, Func<ClusterSpec, Carried> carry)
    {
        Diagnostic[] said = [.. attempt.Diagnostics];
        if (attempt.LeastRack is { } least)
        {
            // Racks that hold every device, and beside them whatever the floor lacks then: one remedy for all that was said.
            ClusterSpec larger = spec with
            {
                Floor = least.In(spec.Floor),
            };
            bool alone = carry(larger).Lacks is null;
            string? beside = alone ? null : NearestFloor.Change(larger, changed => carry(changed).Lacks is null);
            if (alone || beside is not null)
            {
                string works = $"it works with {least.Keys}{(beside is null ? "" : ", " + beside)}";
                said = [.. said.Select(d => d with { Message = d.Message.Replace($"say {least.Keys}", works, StringComparison.Ordinal) })];
            }

            return said;
        }

        int first = Array.FindIndex(said, d => d is { Severity: Severity.Error, Id: "LL5901" or "LL5904" });
        if (first >= 0 && NearestFloor.Change(spec, changed => carry(changed).Lacks is null) is { } change)
        {
            said[first] = said[first] with { Message = $"{said[first].Message}; it works with {change}" };
        }

        return said;
    }
}
