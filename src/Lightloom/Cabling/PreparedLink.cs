using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>A link question answered for every length at once: what remains is to compare the length with each offer's figures.</summary>
/// <remarks>Immutable; safe to use from several threads.</remarks>
internal sealed class PreparedLink(
    FibrePlant plant,
    InterconnectObjective objective,
    double derating,
    int panels,
    bool headAtZ,
    int ways,
    IReadOnlyList<Offer> offers,
    IReadOnlyList<InterconnectKind>? kinds = null
)
{
    private readonly int[] _usable =
    [
        .. Enumerable.Range(0, offers.Count).Where(i => offers[i].Broken.Count == 0 && offers[i].Medium is not null),
    ];
    private long[]? _breakpoints;

    public IReadOnlyList<Offer> Offers => offers;

    public bool HeadAtZ => headAtZ;

    public int Panels => panels;

    /// <summary>The longest that any offer may serve, in millimetres; null where none does.</summary>
    public long? Longest => _usable.Length == 0 ? null : _usable.Max(i => offers[i].Allowed);

    /// <summary>The offer that ranks first for a length, or -1.</summary>
    public int Best(long millimetres)
    {
        int best = -1;
        Key bestKey = default;
        foreach (int i in _usable)
        {
            Offer offer = offers[i];
            if (!LengthFits(offer, millimetres))
            {
                continue;
            }

            Key key = KeyOf(offer, millimetres);
            if (best < 0 || key.CompareTo(bestKey) < 0)
            {
                (best, bestKey) = (i, key);
            }
        }

        return best;
    }

    /// <summary>All feasible offers for a length, best first.</summary>
    public IReadOnlyList<int> Feasible(long millimetres)
    {
        List<(Key Key, int Offer)> ranked = [];
        foreach (int i in _usable)
        {
            if (LengthFits(offers[i], millimetres))
            {
                ranked.Add((KeyOf(offers[i], millimetres), i));
            }
        }

        ranked.Sort((x, y) => x.Key.CompareTo(y.Key));
        return [.. ranked.Select(r => r.Offer)];
    }

    /// <summary>All offers, chosen first, then feasible by rank, then rejected, those that came closest first.</summary>
    public IReadOnlyList<InterconnectCandidate> Rank(long millimetres)
    {
        var judged = new List<(Offer Offer, List<Rejection> Broken, Key Key)>(offers.Count);
        foreach (Offer offer in offers)
        {
            List<Rejection> broken = [.. offer.Broken, .. LengthRejections(offer, millimetres)];
            judged.Add((offer, broken, broken.Count == 0 ? KeyOf(offer, millimetres) : default));
        }

        // One row a head product: its best partner speaks for it.
        var rows = judged
            .GroupBy(j => j.Offer.Head.Id, StringComparer.Ordinal)
            .Select(g => g.OrderBy(j => j, Comparer<(Offer, List<Rejection>, Key)>.Create(Compare)).First())
            .ToList();
        rows.Sort(Compare);
        var result = new List<InterconnectCandidate>(rows.Count);
        Offer? first = null;
        foreach ((Offer offer, List<Rejection> broken, Key _) in rows)
        {
            ProductVerdict verdict =
                broken.Count > 0 ? ProductVerdict.Rejected
                : first is null ? ProductVerdict.Chosen
                : ProductVerdict.Feasible;
            first ??= broken.Count == 0 ? offer : null;
            result.Add(Describe(offer, broken, verdict, first, millimetres));
        }

        return result;

        static int Compare((Offer Offer, List<Rejection> Broken, Key Key) x, (Offer Offer, List<Rejection> Broken, Key Key) y)
        {
            if (x.Broken.Count == 0 || y.Broken.Count == 0)
            {
                return x.Broken.Count == 0 && y.Broken.Count == 0 ? x.Key.CompareTo(y.Key) : x.Broken.Count.CompareTo(y.Broken.Count);
            }

            return NearestMiss.Of(x.Broken).CompareTo(NearestMiss.Of(y.Broken)) is var c and not 0 ? c : Key.CompareIds(x.Offer, y.Offer);
        }
    }

    /// <summary>True when the length alone does not rule the offer out.</summary>
    public bool LengthFits(Offer offer, long millimetres)
    {
        if (millimetres > offer.Allowed || offer.Medium is null)
        {
            return false;
        }

        long ordered = Order(offer, millimetres);
        return ordered >= 0
            && (offer.IsAssembly || plant.NextSold(millimetres) >= offer.Minimum)
            && !(
                offer.Budget is { } budget
                && plant.LossDb(offer.Medium.Value, offer.PanelConnector, ordered, panels, offer.Head) > budget + 1e-9
            );
    }

    /// <summary>The length to order.</summary>
    public long Order(Offer offer, long millimetres) =>
        panels > 0 && !offer.IsAssembly ? Math.Max(millimetres, offer.Minimum) : offer.Order(millimetres, plant);

    /// <summary>
    /// Lengths in millimetres in (<paramref name="low"/>, <paramref name="high"/>] after which the answer may change, ascending,
    /// <paramref name="high"/> last.
    /// </summary>
    public ReadOnlySpan<long> Breakpoints(long low, long high)
    {
        long[] all = _breakpoints ??= AllBreakpoints();
        int from = Array.BinarySearch(all, low + 1);
        from = from < 0 ? ~from : from;
        int to = from;
        while (to < all.Length && all[to] < high)
        {
            to++;
        }

        return to == from ? new long[] { high } : [.. all.AsSpan(from, to - from), high];
    }

    /// <summary>What is said of one offer that fits, as the chosen one.</summary>
    public IReadOnlyList<string> ReasonsFor(int offer, long millimetres) =>
        Describe(offers[offer], [], ProductVerdict.Chosen, null, millimetres).Reasons;

    private long[] AllBreakpoints()
    {
        SortedSet<long> points = [];
        foreach (int i in _usable)
        {
            Offer offer = offers[i];
            points.Add(offer.Allowed);
            foreach (int sold in offer.Sold)
            {
                points.Add(sold);
            }

            if (offer.Budget is { } budget && offer.Medium is { } medium)
            {
                // The longest fibre within the budget; attenuation is linear in the length.
                double perMillimetre = (plant.LossDb(medium, null, 1_000_000, 0, offer.Head) ?? 0) / 1e6;
                double room = budget + 1e-9 - (plant.LossDb(medium, offer.PanelConnector, 0, panels, offer.Head) ?? 0);
                if (perMillimetre > 0 && room > 0)
                {
                    points.Add((long)(room / perMillimetre));
                }
            }

            if (!offer.IsAssembly)
            {
                // Close to its reach fibre is made as long as the reach allows; those steps end at these lengths.
                foreach (int step in (ReadOnlySpan<int>)[1000, 500, 100, 10])
                {
                    points.Add(offer.Allowed / step * step);
                }
            }

            if (offer.Class is { } c)
            {
                points.Add(c.MaxLength.Millimetres);
            }
        }

        foreach (int sold in plant.Ladder)
        {
            points.Add(sold);
        }

        return [.. points];
    }

    private List<Rejection> LengthRejections(Offer offer, long millimetres)
    {
        List<Rejection> broken = [];
        if (offer.Medium is not { } medium)
        {
            return broken;
        }

        double metres = millimetres / 1000.0;
        if (offer.IsAssembly)
        {
            if (offer.Order(millimetres, plant) is var sold && (sold < 0 || millimetres > offer.Allowed))
            {
                broken.Add(
                    new(
                        RejectionCode.Reach,
                        FormattableString.Invariant(
                            $"sold to {offer.Allowed / 1000.0:0.###} m, the link needs {Needs(metres, offer.Allowed)} m"
                        ),
                        metres - (offer.Allowed / 1000.0),
                        Doublings(millimetres, offer.Allowed)
                    )
                );
            }

            return broken;
        }

        if (plant.NextSold(millimetres) is var cable && cable < offer.Minimum)
        {
            broken.Add(
                new(
                    RejectionCode.MinimumReach,
                    FormattableString.Invariant(
                        $"needs at least {offer.Minimum / 1000.0:0.##} m of fibre, the link takes {cable / 1000.0:0.##} m"
                    ),
                    (offer.Minimum - cable) / 1000.0,
                    Doublings(offer.Minimum, cable)
                )
            );
        }

        if (millimetres > offer.Allowed)
        {
            string derated = derating < 1 ? FormattableString.Invariant($" x {derating:0.###} = {offer.Allowed / 1000.0:0.##} m") : "";
            string extra = Amplified(offer, medium) + derated;
            broken.Add(
                new(
                    RejectionCode.Reach,
                    FormattableString.Invariant(
                        $"reaches {offer.Rated / 1000.0:0.##} m on {medium.InWords()}{extra}, the link needs {Needs(metres, offer.Allowed)} m"
                    ),
                    metres - (offer.Allowed / 1000.0),
                    ReachMiss(offer, medium, millimetres)
                )
            );
        }

        // Beyond the reach fibre loses too much as well; that is one miss, not two.
        if (
            millimetres <= offer.Allowed
            && offer.Budget is { } budget
            && plant.LossDb(medium, offer.PanelConnector, Order(offer, millimetres), panels, offer.Head) is { } loss
            && loss > budget + 1e-9
        )
        {
            broken.Add(
                new(
                    RejectionCode.Loss,
                    FormattableString.Invariant(
                        $"fibre and {panels} panel{(panels == 1 ? "" : "s")} lose {loss:0.##} dB, {Allows(offer)} {budget:0.##} dB"
                    ),
                    loss - budget,
                    (loss - budget) / 3
                )
            );
        }

        return broken;
    }

    private static string Amplified(Offer offer, Medium medium) =>
        offer.Head.AmplifiedReach.OrEmpty().TryGetValue(medium, out Length reach)
            ? FormattableString.Invariant($" without amplifiers ({reach.Metres:0.##} m over a line system, which is not designed here)")
            : "";

    // Where a line system would do, that alone is missing: half a rule.
    private static double ReachMiss(Offer offer, Medium medium, long millimetres) =>
        offer.Head.AmplifiedReach.OrEmpty().TryGetValue(medium, out Length reach) && reach.Millimetres >= millimetres
            ? 0.5
            : Doublings(millimetres, offer.Allowed);

    private static double Doublings(long needed, long allowed) => Math.Max(0, Math.Log2((double)needed / Math.Max(1, allowed)));

    private InterconnectCandidate Describe(Offer offer, List<Rejection> broken, ProductVerdict verdict, Offer? chosen, long millimetres)
    {
        Length length = Length.FromMillimetres(millimetres);
        bool fits = broken.Count == 0;
        long ordered = fits ? Order(offer, millimetres) : 0;
        Money? price = fits ? offer.PriceHolding(ordered) : null;
        SimTime? latency = fits ? offer.LatencyOver(ordered) : null;
        double? loss = fits && offer.Medium is { } m ? plant.LossDb(m, offer.PanelConnector, ordered, panels, offer.Head) : null;
        List<string> reasons;
        if (!fits)
        {
            reasons = [.. broken.Select(b => b.Reason)];
        }
        else
        {
            reasons = [ClassReason(offer, length), ReachReason(offer, ordered)];
            if (loss is { } decibels)
            {
                reasons.Add(
                    offer.Budget is { } budget
                        ? FormattableString.Invariant(
                            $"loses {decibels:0.##} dB of the {budget:0.##} dB {(offer.BudgetAssumed ? "assumed for its class" : "allowed")}"
                        )
                        : FormattableString.Invariant($"loses {decibels:0.##} dB; no loss budget is published, so it was not checked")
                );
            }

            if (offer.Tail.Id != offer.Head.Id)
            {
                reasons.Add($"meets {offer.Tail.Id} at the other end");
            }

            if (offer.Shuffle is { } shuffle)
            {
                reasons.Add($"its sockets hold several legs that part ways at both ends: a shuffle harness ({shuffle.Id}) joins them");
            }

            reasons.Add(RankReason(offer, price, latency, verdict, chosen, millimetres));
            if (offer.Head.IsLinear is { Value: true })
            {
                reasons.Add("has no signal processor: both hosts must be able to drive it; confirm with their vendors");
            }

            if (offer.LeavesFibreOut(ordered))
            {
                reasons.Add("the price is that of the modules: none is published for the fibre between them at this length");
            }

            if (offer.FecUnknownOf is { } unknown)
            {
                reasons.Add(
                    $"which error correction {unknown} needs is not published: confirm that both ends run the same, "
                        + $"{(unknown == offer.Head.Id ? offer.Tail : offer.Head).Fec!.Value}"
                );
            }

            if (offer.Head is { Optics: Optics.Coherent, HostLaneRate: null })
            {
                reasons.Add(
                    "its electrical lanes are not published: check that both hosts drive it, and whether the line needs amplifiers"
                );
            }

            if (offer.IsFlatTopUnknown)
            {
                reasons.Add("no source says that it is sold with a flat top, which the cage takes; ask before ordering");
            }
        }

        return new()
        {
            Head = offer.Head,
            Tail = offer.Tail,
            HeadAtZ = headAtZ,
            Verdict = verdict,
            Class = offer.Class,
            Medium = offer.Medium,
            RatedReach = Length.FromMillimetres(offer.Rated),
            Reach = Length.FromMillimetres(offer.Allowed),
            OrderLength = Length.FromMillimetres(Math.Max(0, ordered)),
            LossDb = loss,
            LossBudgetDb = offer.Budget,
            Price = price,
            Power = offer.Power,
            Latency = latency,
            Rejections = broken,
            Reasons = reasons,
        };
    }

    private static string Allows(Offer offer) => offer.BudgetAssumed ? "its class is assumed to allow" : "it allows";

    private static string ClassReason(Offer offer, Length length) =>
        offer.Class switch
        {
            null => "the article names no class for it",
            { } c when length <= c.MaxLength => $"class {c.Id}, which is usual up to {c.MaxLength}",
            { } c => $"class {c.Id} ends at {c.MaxLength} in the article; this product reaches farther",
        };

    private string ReachReason(Offer offer, long ordered) =>
        offer.IsAssembly
            ? FormattableString.Invariant($"sold in {ordered / 1000.0:0.##} m")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"reaches {offer.Rated / 1000.0:0.##} m on {offer.Medium!.Value.InWords()}"
                    + $"{(derating < 1 ? FormattableString.Invariant($", of which {offer.Allowed / 1000.0:0.##} m may be used") : "")}"
            );

    private string RankReason(Offer offer, Money? price, SimTime? latency, ProductVerdict verdict, Offer? chosen, long millimetres)
    {
        string figure = objective switch
        {
            InterconnectObjective.Cost => price is { } p ? FormattableString.Invariant($"${p.Dollars:#,0}")
            : offer.RankPriceAt(Order(offer, millimetres)) is { } near
                ? FormattableString.Invariant($"no price for its length, by that of the nearest about ${near.Dollars:#,0}")
            : "no public price",
            InterconnectObjective.Power => offer.Power is { } w ? FormattableString.Invariant($"{w.Watts:0.##} W") : "no published power",
            _ => latency is { } l ? FormattableString.Invariant($"{l.Nanoseconds:0} ns") : "no published latency",
        };
        string basis = ways > 1 ? $"head and {ways} tails" : "both ends";
        if (verdict == ProductVerdict.Chosen || chosen is null)
        {
            return $"{figure} for {basis}: first by class, then {objective.ToString().ToLowerInvariant()}";
        }

        Length length = Length.FromMillimetres(millimetres);
        if (PreferenceOf(offer) != PreferenceOf(chosen))
        {
            return $"{figure} for {basis}: interconnect.media prefers {chosen.Head.Kind.ToWord()}";
        }

        if (offer.IsFlatTopUnknown && !chosen.IsFlatTopUnknown && offer.Class == chosen.Class)
        {
            return $"{figure} for {basis}: {chosen.Head.Id} is known to be sold with a flat top";
        }

        return DistanceTable.Turn(offer.Class, length) != DistanceTable.Turn(chosen.Class, length)
            ? $"{figure} for {basis}: its class comes after that of {chosen.Head.Id}"
            : $"{figure} for {basis}: ranks after {chosen.Head.Id}";
    }

    private Key KeyOf(Offer offer, long millimetres)
    {
        long ordered = offer.IsAssembly ? offer.Order(millimetres, plant) : plant.NextSold(Math.Max(millimetres, offer.Minimum));
        double price = offer.RankPriceAt(ordered)?.Dollars ?? double.PositiveInfinity;
        double value = objective switch
        {
            InterconnectObjective.Power => offer.Power?.Watts ?? double.PositiveInfinity,
            InterconnectObjective.Latency => offer.LatencyOver(ordered)?.Nanoseconds ?? double.PositiveInfinity,
            _ => price,
        };
        return new(
            PreferenceOf(offer),
            DistanceTable.Turn(offer.Class, Length.FromMillimetres(millimetres)),
            offer.IsFlatTopUnknown ? 1 : 0,
            offer.Shuffle is null ? 0 : 1,
            value,
            price,
            offer
        );
    }

    private int PreferenceOf(Offer offer)
    {
        for (int i = 0; i < (kinds?.Count ?? 0); i++)
        {
            if (kinds![i] == offer.Head.Kind)
            {
                return i;
            }
        }

        return 0;
    }

    // What ranks two feasible offers: the order of kinds that the file gives, the article's class, whether it is known to be sold with the
    // heat sink that the cages take, whether cords alone join the sockets, the objective, the price, the id.
    private readonly record struct Key(int Preference, int Turn, int Open, int Shuffles, double Value, double Price, Offer Offer)
        : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            int c = Preference.CompareTo(other.Preference);
            c = c != 0 ? c : Turn.CompareTo(other.Turn);
            c = c != 0 ? c : Open.CompareTo(other.Open);
            c = c != 0 ? c : Shuffles.CompareTo(other.Shuffles);
            c = c != 0 ? c : Value.CompareTo(other.Value);
            c = c != 0 ? c : Price.CompareTo(other.Price);
            return c != 0 ? c : CompareIds(Offer, other.Offer);
        }

        public static int CompareIds(Offer x, Offer y)
        {
            int c = string.CompareOrdinal(x.Head.Id, y.Head.Id);
            return c != 0 ? c : string.CompareOrdinal(x.Tail.Id, y.Tail.Id);
        }
    }

    // Two decimals, more where those look like what is allowed.
    private static string Needs(double metres, long allowed) =>
        metres.ToString("0.##", CultureInfo.InvariantCulture) is var two && double.Parse(two, CultureInfo.InvariantCulture) * 1000 > allowed
            ? two
            : metres.ToString("0.###", CultureInfo.InvariantCulture);
}
