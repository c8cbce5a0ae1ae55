using Lightloom.Bill;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// The order of a search's backends: by estimates with assumed lengths at first; once one was carried through, by estimates with the lengths
/// that it measured, put right by the bills of those that came to one.
/// </summary>
/// <remarks>
/// The estimate of a backend that came to a bill is that of the first one and the difference of their bills: the rest of the network is the same.
/// Those with its planes and tiers are off by about as much as it was. Not safe to use from several threads.
/// </remarks>
/// <param name="choices">The backends, in their first order.</param>
/// <param name="judge">Estimates them anew.</param>
internal sealed class BilledRanking(NetworkChoices choices, LinkJudge judge)
{
    /// <summary>
    /// An estimate may be off by so much where nothing of its planes and tiers was billed: what is dearer by less is compared by its bill.
    /// </summary>
    private const double Margin = 0.03;

    /// <summary>Differences below this share are none: equal parts are added up in another order.</summary>
    private const double Equal = 1e-4;

    private readonly Dictionary<BackendPlan, (double Usd, double Watts)> _bills = [];
    private readonly Dictionary<BackendPlan, NetworkEstimate> _estimates = [];
    private BackendPlan? _first;

    /// <summary>The backends as they are known now, the feasible ones first, best first.</summary>
    public IReadOnlyList<BackendCandidate> Backends { get; private set; } = choices.Backends;

    /// <summary>True for one that came to a bill.</summary>
    public bool IsBilled(BackendPlan plan) => _bills.ContainsKey(plan);

    /// <summary>Takes in a design.</summary>
    public void Note(Attempt attempt)
    {
        ClusterDesign design = attempt.Design!;
        BackendPlan plan = attempt.Selection.Backend.Plan!;
        if (_first is null)
        {
            _first = plan;
            DraftBill draft = judge.Draft(
                TierLengths.Measured(design.Network, design.Cables, FabricRole.Backend, design.Placement.Racks.Count)
            );
            foreach (BackendCandidate c in Backends)
            {
                if (c.Plan is { } sized && (c.IsFeasible || ReferenceEquals(sized, plan)))
                {
                    _estimates[sized] = draft.Of(sized.Switches, sized.LinkKinds);
                }
            }
        }

        _bills[plan] = (design.Bill.Estimate.Total.Dollars, design.Bill.NetworkPowerTypical.Watts);
        Dictionary<object, (double Usd, double Watts)> off = [];
        foreach (BackendPlan billed in _bills.Keys)
        {
            NetworkEstimate said = _estimates[billed];
            (double usd, double watts) = Billed(billed);
            off.TryAdd(Class(billed), (usd - said.Usd, watts - said.Watts));
        }

        List<BackendCandidate> corrected = [.. Backends.Select(c => Corrected(c, off))];
        List<BackendCandidate> ranked = BackendRanking.Rank([.. corrected.Where(c => !c.IsResort)], choices.Spec.Objectives);
        ranked.InsertRange(ranked.Count(c => c.IsFeasible), corrected.Where(c => c.IsResort));
        Backends = ranked;
    }

    /// <summary>A candidate with what is known of it now.</summary>
    public BackendCandidate Now(BackendCandidate candidate) => Backends.First(c => ReferenceEquals(c.Plan, candidate.Plan));

    /// <summary>
    /// The best that was not billed yet and is better than one that was, or about as good in planes and tiers of which none was; null where there
    /// is none.
    /// </summary>
    /// <param name="best">The best so far.</param>
    /// <param name="may">Whether one may be carried through.</param>
    public BackendCandidate? NextToCompare(BackendPlan best, Func<BackendCandidate, bool> may)
    {
        HashSet<object> classes = [.. _bills.Keys.Select(Class)];
        BackendCandidate mark = Backends.First(c => ReferenceEquals(c.Plan, best));
        double its = Measure(mark.Alternative);
        bool sold = mark.Alternative.NotSold.Length == 0 || choices.Spec.Objectives.Availability != SwitchAvailability.Shipping;
        foreach (BackendCandidate c in Backends)
        {
            if (!c.IsFeasible || c.IsResort || (sold && IsSoldLater(c)) || Measure(c.Alternative) > its * (1 + Margin))
            {
                break;
            }

            bool isOpen = !classes.Contains(Class(c.Plan!));
            if (!IsBilled(c.Plan!) && Measure(c.Alternative) < its * (isOpen ? 1 + Margin : 1 - Equal) && may(c))
            {
                return c;
            }
        }

        return null;
    }

    /// <summary>True where one comes before another by their bills.</summary>
    public bool IsBetter(BackendPlan one, BackendPlan other) =>
        Backends.First(c => ReferenceEquals(c.Plan, one) || ReferenceEquals(c.Plan, other)).Plan == one;

    private bool IsSoldLater(BackendCandidate c) =>
        choices.Spec.Objectives.Availability == SwitchAvailability.Shipping && c.Alternative.NotSold.Length > 0;

    private double Measure(Alternative a) => BackendRanking.Measure(a, choices.Spec.Objectives.Minimize);

    private (double Usd, double Watts) Billed(BackendPlan plan)
    {
        NetworkEstimate first = _estimates[_first!];
        (double usd, double watts) = _bills[plan];
        (double usdOfFirst, double wattsOfFirst) = _bills[_first!];
        return (first.Usd + usd - usdOfFirst, first.Watts + watts - wattsOfFirst);
    }

    private BackendCandidate Corrected(BackendCandidate c, Dictionary<object, (double Usd, double Watts)> off)
    {
        if (!c.IsFeasible || !_estimates.TryGetValue(c.Plan!, out NetworkEstimate said))
        {
            return c;
        }

        (double usd, double watts) = off.GetValueOrDefault(Class(c.Plan!));
        (double Usd, double Watts) now = IsBilled(c.Plan!) ? Billed(c.Plan!) : (said.Usd + usd, said.Watts + watts);
        return c with
        {
            Alternative = c.Alternative with { EstimatedUsd = now.Usd, AssumedShare = said.AssumedShare, EstimatedWatts = now.Watts },
        };
    }

    private static object Class(BackendPlan plan) => (plan.Paradigm, plan.Layout, plan.Planes, plan.Tiers);
}
