using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Which kinds of interconnect the file allows a tier, in order of preference.</summary>
internal sealed class MediaPolicy(MediaSpec media)
{
    private readonly Dictionary<string, IReadOnlyList<InterconnectKind>> _kinds = media.ByTier.ToDictionary(
        t => t.Key,
        t =>
            (IReadOnlyList<InterconnectKind>)
                [
                    .. t
                        .Value.Select(w => InterconnectKindWords.TryParse(w, out InterconnectKind kind) ? (InterconnectKind?)kind : null)
                        .OfType<InterconnectKind>(),
                ]
    );

    /// <summary>True when the file says nothing of any tier.</summary>
    public bool IsEmpty => _kinds.Count == 0;

    /// <summary>The kinds of a tier, the preferred first; null for any. One object a tier.</summary>
    public IReadOnlyList<InterconnectKind>? Of(Tier from, Tier to) =>
        IsEmpty ? null : _kinds.GetValueOrDefault($"{from.ToWord()}-{to.ToWord()}");

    /// <summary>The kinds of a class of links; null for any. The management network takes what serves.</summary>
    public IReadOnlyList<InterconnectKind>? Of(LinkClass links) => links.Fabric == FabricRole.Oob ? null : Of(links.From, links.To);

    /// <summary>As a file says them: <c>interconnect.media: {host-leaf: [dac, aec]}</c>.</summary>
    public static string InWords(string tier, IEnumerable<InterconnectKind> kinds) => InWords(tier, kinds.Select(k => k.ToWord()));

    /// <summary>The same of kinds as a file writes them.</summary>
    public static string InWords(string tier, IEnumerable<string> kinds) => $"interconnect.media: {{{tier}: [{string.Join(", ", kinds)}]}}";

    /// <summary>What a file says with one kind more for a tier, the last in preference.</summary>
    public static MediaSpec Adding(MediaSpec media, string tier, InterconnectKind kind)
    {
        string[] kinds = [.. media.ByTier.GetValueOrDefault(tier) ?? []];
        return kinds.Contains(kind.ToWord()) ? media : media.With(tier, [.. kinds, kind.ToWord()]);
    }
}
