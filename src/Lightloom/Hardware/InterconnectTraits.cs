using System.Collections.Frozen;
using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>
/// What holds for every product of one kind. Each kind describes itself here and nowhere else: selection, bill, latency and messages ask for
/// the trait and do not know the kinds.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record InterconnectTraits
{
    private static readonly FrozenDictionary<InterconnectKind, InterconnectTraits> ByKind = new Dictionary<
        InterconnectKind,
        InterconnectTraits
    >
    {
        [InterconnectKind.Dac] = new()
        {
            Family = "cr",
            InWords = "passive copper",
            Media = [Medium.Copper],
            IsAssembly = true,
            IsActive = false,
            ArticleClass = "passive-dac",
            MtbfFact = "mtbf-dac-h",
        },
        [InterconnectKind.Acc] = ActiveCopper("active copper"),
        [InterconnectKind.Aec] = ActiveCopper("active electrical"),
        [InterconnectKind.Aoc] = new()
        {
            Family = "sr",
            InWords = "active optical",
            FamilyNamesLane = true,
            Media = Multimode,
            Optics = Optics.Parallel,
            IsAssembly = true,
            ArticleClass = "aoc-or-sr8",
            MtbfFact = "mtbf-pluggable-h",
            PartsThatFail = 2,
        },
        [InterconnectKind.Sr] = new()
        {
            Family = "sr",
            FamilyNamesLane = true,
            Media = Multimode,
            Optics = Optics.Parallel,
            ArticleClass = "aoc-or-sr8",
        },
        [InterconnectKind.Dr] = new()
        {
            Family = "dr",
            FamilyNamesLane = true,
            Media = [Medium.Os2],
            Optics = Optics.Parallel,
            ArticleClass = "dr8",
            ReachNamesArticleClass = true,
        },
        [InterconnectKind.Fr] = new()
        {
            Family = "fr4",
            FamilyNamesLane = true,
            Media = [Medium.Os2],
            Optics = Optics.Multiplexed,
            ArticleClass = "2xdr4-or-2fr4",
        },
        [InterconnectKind.Lr] = new()
        {
            Family = "lr4",
            FamilyNamesLane = true,
            Media = [Medium.Os2],
            Optics = Optics.Multiplexed,
            ArticleClass = "lr8",
        },
        [InterconnectKind.Er] = LongReach("coherent-er1", "er4"),
        [InterconnectKind.Zr] = LongReach("coherent-zr", "zr4"),
        [InterconnectKind.Utp] = new()
        {
            Family = "base-t",
            Media = [Medium.TwistedPair],
            IsAssembly = true,
            IsActive = false,
            HasLanes = false,
            PassesPanels = true,
            Protocols = [Protocol.Ethernet],
        },
    }.ToFrozenDictionary();

    /// <summary>What the family of a product is called that names none: the whole, or the stem before the lane's rate.</summary>
    public required string Family { get; init; }

    /// <summary>What an assembly of the kind is called before the word that says what it does: <c>active copper splitter</c>; empty for modules.</summary>
    public string InWords { get; init; } = "";

    /// <summary>
    /// What the family of a coherent kind begins with where its lanes are slow enough for direct detection; null for every other kind.
    /// </summary>
    public string? DirectFamily { get; init; }

    /// <summary>True when lanes of another rate than 100 Gb/s make another family: <c>sr</c>, <c>sr-200g</c>.</summary>
    public bool FamilyNamesLane { get; init; }

    /// <summary>The media that it runs over. A rated reach on any other is a mistake of the entry.</summary>
    public required IReadOnlyList<Medium> Media { get; init; }

    /// <summary>How lanes share fibres.</summary>
    public Optics Optics { get; init; } = Optics.None;

    /// <summary>True when module and cable are one piece, bought by length.</summary>
    public bool IsAssembly { get; init; }

    /// <summary>False for a cable without electronics, which adds no latency of its own and carries lanes whatever the hosts make of them.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>False where it has no lanes of a cage: the pairs of a cord between RJ45 sockets.</summary>
    public bool HasLanes { get; init; } = true;

    /// <summary>True for an assembly that is patched through panels as a matter of course.</summary>
    public bool PassesPanels { get; init; }

    /// <summary>The class of the article's distance table, or null when the article does not speak of it.</summary>
    public string? ArticleClass { get; init; }

    /// <summary>True when a product's own reach decides among the article's single-mode classes.</summary>
    public bool ReachNamesArticleClass { get; init; }

    /// <summary>The fact that stands for a product without a rated MTBF; null where nobody publishes one for the kind.</summary>
    public string? MtbfFact { get; init; }

    /// <summary>How many parts with that rate one product has: the modules at both ends of an active optical cable.</summary>
    public int PartsThatFail { get; init; } = 1;

    /// <summary>What it carries, where that is not all that lanes do; null otherwise.</summary>
    public IReadOnlyList<Protocol>? Protocols { get; init; }

    private static IReadOnlyList<Medium> Multimode => [Medium.Om3, Medium.Om4, Medium.Om5];

    private static InterconnectTraits ActiveCopper(string words) =>
        new()
        {
            Family = "cr",
            InWords = words,
            Media = [Medium.Copper],
            IsAssembly = true,
            ArticleClass = "active-dac",
            MtbfFact = "mtbf-aec-h",
        };

    /// <summary>The traits of a kind.</summary>
    /// <exception cref="KeyNotFoundException">The kind does not describe itself: a defect of Lightloom.</exception>
    public static InterconnectTraits Of(InterconnectKind kind) => ByKind[kind];

    /// <summary>
    /// How lanes of a rate share the fibres. A long-reach module (ER, ZR) detects its light directly where a lane runs at 200 Gb/s or less,
    /// as 10GBASE-ER, 100GBASE-ER4 and 400GBASE-ER8 do (IEEE 802.3ae, 802.3ba, 802.3cn), each lane on a wavelength of its own; only where a
    /// lane carries more, or nobody says how much, is it taken for coherent.
    /// </summary>
    /// <param name="lane">The rate of one lane of the line, or null where it is not known.</param>
    public Optics OpticsOf(DataRate? lane) => Optics == Optics.Coherent && lane is { Gbps: <= 200 } ? Optics.Multiplexed : Optics;

    /// <summary>The family of a product that names none.</summary>
    /// <param name="lane">The rate of its lanes.</param>
    public string FamilyOf(DataRate lane) =>
        DirectFamily is { } direct && OpticsOf(lane) != Optics.Coherent ? FormattableString.Invariant($"{direct}-{lane.Gbps:0}g")
        : FamilyNamesLane && lane.Gbps != 100 ? FormattableString.Invariant($"{Family}-{lane.Gbps:0}g")
        : Family;

    private static InterconnectTraits LongReach(string family, string direct) =>
        new()
        {
            Family = family,
            DirectFamily = direct,
            Media = [Medium.Os2],
            Optics = Optics.Coherent,
            Protocols = [Protocol.Ethernet],
        };
}
