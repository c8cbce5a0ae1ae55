using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Finds the first choice of networks, in the order of the objective, that becomes a design. A network whose switches fail at a later stage
/// (room, cables, limits) gives way to the next candidate of its own. What cannot become a design is refused as early as it can be told: by
/// lower bounds, by a like shape that found no room or no cable, and by what was measured of another.
/// </summary>
/// <param name="choices">The candidates of every network, best first.</param>
/// <param name="judge">Asked which management switches have optics that reach, and what networks come to once lengths are known.</param>
/// <param name="carry">Carries one choice as far as it goes; told what was passed over before it.</param>
internal sealed partial class DesignSearch(NetworkChoices choices, LinkJudge judge, Func<NetworkSelection, DesignSearch, Attempt> carry)
{
    /// <summary>Above this expected excess a backend is not carried through for hope, only to name the nearest value.</summary>
    private const double Hopeless = 1.25;

    /// <summary>
    /// All backends share the frontends. When the last of them finds no cables beside so many backends of different shape, the backend is
    /// not what stands in the way, and the search ends.
    /// </summary>
    private const int MostFrontendFailures = 2;

    /// <summary>Candidates of a network that are tried although they have a kind of link that found no cable.</summary>
    private const int MostLike = 4;

    /// <summary>How many are carried through to name the nearest value that works; of every limit, where several are set.</summary>
    private const int TriesForNearest = 3;

    /// <summary>What is expected may be off by so much: a choice that is expected to be farther than this from the nearest is not carried through.</summary>
    private const double NearMargin = 1.02;

    /// <summary>Backends and frontends that are paired to come near a limit.</summary>
    private const int PairedForNearest = 8;

    /// <summary>
    /// Nodes from which a backend waits where one of its planes and tiers, or with its kinds of link, found no cable: an attempt takes seconds
    /// there, and the like of it fail alike.
    /// </summary>
    private const int NodesOfLongAttempts = 4096;

    /// <summary>Logical links of those that are carried through to compare bills, in all: a measure of work that is the same on every machine.</summary>
    private const long MostComparedLinks = 1_000_000;

    private readonly LimitsSpec _limits = choices.Spec.Objectives.Limits;
    private readonly LimitBound _bound = new(choices.Spec);
    private readonly Dictionary<(string Shape, FrontendPlan? Frontend, int Management), string> _shapesThatFail = [];
    private readonly Dictionary<BackendPlan, string> _failedBackends = [];
    private readonly Dictionary<BackendPlan, string> _notTried = [];
    private readonly BilledRanking _ranking = new(choices, judge);
    private readonly HashSet<LinkEnds> _endsWithoutCable = [];
    private readonly Dictionary<BackendPlan, bool> _mayPart = [];
    private readonly HashSet<(PlaneLayout Layout, int Planes, int Tiers)> _shapesWithoutCable = [];
    private readonly List<Attempt> _billed = [];
    private readonly HashSet<(BackendPlan Backend, FrontendPlan? Frontend)> _tried = [];
    private readonly HashSet<string> _endsThatFail = [];

    /// <summary>Plans of networks beside the backend that failed, and such as would fail alike.</summary>
    private readonly HashSet<PlanePlan> _gone = new(ReferenceEqualityComparer.Instance);

    /// <summary>By network beside the backend: candidates that were tried although they have a kind of link that found no cable.</summary>
    private readonly Dictionary<FabricRole, int> _triedAlike = [];

    /// <summary>By network beside the backend: kinds of link of which some found no cable.</summary>
    private readonly Dictionary<FabricRole, HashSet<LinkEnds>> _lacking = [];
    private readonly List<PassedOver> _passedOver = [];
    private readonly long _nodes = choices.Pools.Sum(p => (long)p.Count);
    private int _left = MostTries(choices.Pools.Sum(p => (long)p.Count));
    private int _frontend;
    private int _management;
    private bool _leavesOutFarManagement;
    private readonly int[] _further = new int[choices.Further.Count];
    private int _frontendFailures;
    private Attempt? _closest;
    private LimitExpectation? _expectation;

    /// <summary>
    /// The backends to choose from, best first: by what is assumed of lengths until one is carried through, then by the lengths and bills of
    /// those that were.
    /// </summary>
    public IReadOnlyList<BackendCandidate> Backends => _ranking.Backends;

    /// <summary>What there is to choose, as it is known now.</summary>
    public NetworkChoices Choices => choices;

    /// <summary>What was carried through, and why it did not become a design; frontends and management networks.</summary>
    public IReadOnlyList<PassedOver> PassedOver => _passedOver;

    /// <summary>True while another attempt may be made.</summary>
    public bool MayTry => _left > 0;

    /// <summary>Why a backend that was carried through did not become a design; null for one that was not, or that did.</summary>
    public string? FailureOf(BackendCandidate backend) => backend.Plan is { } plan ? _failedBackends.GetValueOrDefault(plan) : null;

    /// <summary>Why a backend was not carried through although it can be sized and cabled; null for one that was, or that is after the one built.</summary>
    public string? WhyNotTried(BackendCandidate backend) => backend.Plan is { } plan ? _notTried.GetValueOrDefault(plan) : null;

    /// <summary>True for a backend that became a design.</summary>
    public bool IsProven(BackendCandidate backend) => backend.Plan is { } plan && _ranking.IsBilled(plan);

    /// <summary>Those that came to a bill and broke a limit.</summary>
    public IReadOnlyList<Attempt> Billed => _billed;

    /// <summary>
    /// What of a limit a backend's switches alone break, whatever is placed and cabled; null where they break none, or there is no plan.
    /// </summary>
    public string? BreaksByItself(BackendCandidate backend)
    {
        if (_limits == new LimitsSpec() || backend.Plan is null)
        {
            return null;
        }

        return Broken(_bound.Of(With(backend)), "its switches alone come to");
    }

    /// <summary>
    /// True where another backend with as many planes and tiers, or with links between the same cages, found no cable in a cluster so large
    /// that each attempt counts: it may be built all the same, and is tried last.
    /// </summary>
    public bool IsDoubtful(BackendCandidate backend) =>
        MayPartAtPanels(backend)
        || _shapesWithoutCable.Contains(PlanesAndTiers(backend))
        || (_endsWithoutCable.Count > 0 && backend.Plan!.LinkEnds.Any(_endsWithoutCable.Contains));

    private bool MayPartAtPanels(BackendCandidate backend)
    {
        if (backend.Plan is not { } plan || !choices.HasBackend)
        {
            return false;
        }

        if (!_mayPart.TryGetValue(plan, out bool may))
        {
            _mayPart[plan] = may = judge.Estimate(plan.Switches, plan.LinkKinds).MayPartAtPanels;
        }

        return may;
    }

    /// <summary>True for a cluster so large that an attempt takes seconds: what would mend a refusal is then not looked for among ten files.</summary>
    public bool IsOfLongAttempts => _nodes >= NodesOfLongAttempts;

    /// <summary>Lets as many more attempts be made as a search starts with.</summary>
    public void Renew() => _left = MostTries(_nodes);

    /// <summary>How many backends are carried through at most: more of a small cluster's, for each takes longer in a large one.</summary>
    private static int MostTries(long nodes) =>
        nodes <= 512 ? 24
        : nodes <= 4096 ? 16
        : 8;

    /// <summary>How many backends are carried through after the first that became a design, to compare bills.</summary>
    private static int MostCompared(long nodes) =>
        nodes <= 512 ? 6
        : nodes <= 4096 ? 3
        : 2;

    /// <summary>The best design, or of those that were tried the attempt that came closest.</summary>
    /// <param name="compare">False where any design will do: the first is taken, and no bills are compared.</param>
    public Attempt Run(bool compare = true)
    {
        // Where no interconnect joins the cages of any backend, the first is carried through to say which links lack what.
        List<BackendCandidate> feasible = [.. choices.Backends.Where(c => c.IsFeasible)];
        feasible =
            feasible.Count > 0
                ? feasible
                : [.. choices.Backends.Where(c => c.Plan is not null).OrderBy(c => c.Plan!.FaultsOf(judge)).Take(1)];
        List<BackendCandidate> open = [.. feasible.Where(c => _bound.Of(With(c)).Excess(_limits) <= 1)];
        if ((First(open, doubtful: false) ?? First(open, doubtful: true) ?? OtherFrontends(feasible)) is { } done)
        {
            return compare ? CheapestOf(WithBestFrontends(done)) : done;
        }

        // What is left is expected to break a limit. Expectations err, so the nearest are carried through all the same; where nothing
        // is near, or every backend is refused by its bound, a few are, so that the refusal can name a value that works.
        List<BackendCandidate> nearest =
        [
            .. (open.Count > 0 ? open : feasible)
                .Where(c => !_failedBackends.ContainsKey(c.Plan!))
                .OrderBy(c => Expected(With(c)))
                .ThenBy(c => c.Alternative.Switches),
        ];
        int forNearest = TriesForNearest;
        for (int i = 0; i < nearest.Count && _left > 0; i++)
        {
            if (Expected(With(nearest[i])) > Hopeless && --forNearest < 0)
            {
                break;
            }

            if (Try(nearest[i]) is { } late)
            {
                return Noted(late);
            }
        }

        if (_closest!.Stage != AttemptStage.Billed)
        {
            Attempt closest = WithoutBystanders(_closest!);
            return closest.Stage == AttemptStage.Complete ? Noted(closest) : closest;
        }

        return NearestOfEachLimit(feasible) is { } found ? Noted(found) : _closest!;

        Attempt Noted(Attempt done)
        {
            Note(done);
            return done;
        }
    }

    /// <summary>
    /// The best by its bill of the first that became a design and of those that its lengths say are better, or about as good in another number of
    /// planes or tiers. How many are carried through goes by the size of the cluster.
    /// </summary>
    private Attempt CheapestOf(Attempt first)
    {
        Note(first);
        Attempt best = first;
        HashSet<BackendPlan> apart = [];
        int left = MostCompared(_nodes);
        long links = 0;
        while (
            left-- > 0
            && _ranking.NextToCompare(best.Selection.Backend.Plan!, MayCompare) is { } next
            && (links += next.Plan!.Links) <= MostComparedLinks
        )
        {
            _left = Math.Max(_left, 1);
            int passed = _passedOver.Count;
            Attempt? attempt = Try(next);
            if (attempt is null || !HasSameOthers(attempt.Selection, first.Selection))
            {
                // Beside another frontend, or without its far management links, a bill says nothing of the backend.
                Choose(first.Selection);
                _passedOver.RemoveRange(passed, _passedOver.Count - passed);
                apart.Add(next.Plan!);
                continue;
            }

            Note(attempt);
            best = _ranking.IsBetter(attempt.Selection.Backend.Plan!, best.Selection.Backend.Plan!) ? attempt : best;
        }

        return best with
        {
            Selection = best.Selection with { Backend = _ranking.Now(best.Selection.Backend) },
        };

        static bool HasSameOthers(NetworkSelection one, NetworkSelection other) =>
            ReferenceEquals(one.Frontend, other.Frontend)
            && ReferenceEquals(one.Management, other.Management)
            && one.LeavesOutFarManagement == other.LeavesOutFarManagement
            && one.Further.SequenceEqual(other.Further, ReferenceEqualityComparer.Instance);

        bool MayCompare(BackendCandidate c) =>
            !_failedBackends.ContainsKey(c.Plan!)
            && !apart.Contains(c.Plan!)
            && !IsDoubtful(c)
            && _bound.Of(With(c)).Excess(_limits) <= 1
            && Expected(With(c)) <= 1;
    }

    /// <summary>Takes in the lengths and the bill of one that became a design: the order of the backends goes by them from now on.</summary>
    public void Note(Attempt attempt)
    {
        _ranking.Note(attempt);
        // It may have failed beside another frontend.
        _failedBackends.Remove(attempt.Selection.Backend.Plan!);
        _notTried.Remove(attempt.Selection.Backend.Plan!);
    }

    /// <summary>The first of some backends that becomes a design: those that are doubtful, or the others.</summary>
    private Attempt? First(List<BackendCandidate> open, bool doubtful)
    {
        for (int i = 0; i < open.Count && _left > 0; i++)
        {
            if (_failedBackends.ContainsKey(open[i].Plan!) || IsDoubtful(open[i]) != doubtful)
            {
                if (!doubtful)
                {
                    _notTried[open[i].Plan!] = MayPartAtPanels(open[i])
                        ? "not tried: legs of one socket would part behind panels of different halls, where no shuffle joins them"
                        : "not tried: another backend of its planes and tiers, or with links between the same cages, found no cable";
                }

                continue;
            }

            if (Expected(With(open[i])) > 1)
            {
                _notTried[open[i].Plan!] = "not tried: " + Broken(ExpectedValues(With(open[i])), "it is expected to have");
            }
            else if (Try(open[i]) is { } done)
            {
                return done;
            }
        }

        return null;
    }

    /// <summary>
    /// Of every limit that no attempt keeps, carries through the choices of backend and frontend that are expected to come nearest in that
    /// one, so that what is named as nearest is; a design where one of them keeps all limits after all.
    /// </summary>
    private Attempt? NearestOfEachLimit(List<BackendCandidate> backends)
    {
        int first = _frontend;
        foreach (LimitKind kind in Enum.GetValues<LimitKind>())
        {
            if (_billed[0].Values!.Value.Ratio(kind, _limits) is null)
            {
                continue;
            }

            // What is nearest in one limit must not hang on the others: what is expected goes by the nearest in it, its lengths and all.
            Attempt nearest = _billed.MinBy(a => a.Values!.Value.Ratio(kind, _limits)!.Value)!;
            LimitExpectation expectation = new(judge, _bound);
            int most = Math.Max(1, choices.Frontends.Count);
            List<(BackendCandidate Backend, int Frontend, double Ratio)> pairs =
            [
                .. backends
                    .Where(b => b.Plan is not null)
                    .Select(b => (b, Ratio: Ratio(b, first)))
                    .OrderBy(b => b.Ratio)
                    // Parts without a price make many alike: the one of fewest switches stands for them.
                    .ThenBy(b => b.b.Alternative.Switches)
                    .Take(PairedForNearest)
                    .SelectMany(b => Enumerable.Range(0, most).Select(f => (b.b, f, Ratio(b.b, f))))
                    .OrderBy(p => p.Item3),
            ];
            int left = TriesForNearest;
            foreach ((BackendCandidate backend, int frontend, double ratio) in pairs)
            {
                // No attempt can come nearer than the nearest so far where what is expected does not by far.
                if (left == 0 || ratio >= NearMargin * _billed.Min(a => a.Values!.Value.Ratio(kind, _limits)!.Value) || IsKept(kind))
                {
                    break;
                }

                if (_tried.Contains((backend.Plan!, FrontendAt(frontend))))
                {
                    continue;
                }

                // Those that are expected to keep the limit are tried for that.
                left -= ratio > 1 || _left <= 0 ? 1 : 0;
                _frontend = frontend;
                _left = Math.Max(_left, 1);
                if (Try(backend) is { } done)
                {
                    return done;
                }
            }

            double Ratio(BackendCandidate backend, int frontend) =>
                expectation.Of(With(backend) with { Frontend = FrontendAt(frontend) }, nearest).Ratio(kind, _limits)!.Value;
        }

        _frontend = first;
        return null;
    }

    private bool IsKept(LimitKind kind) => _billed.Exists(a => a.Values!.Value.Ratio(kind, _limits) <= 1);

    /// <summary>
    /// Carries one backend through, with the next frontend or management network wherever the present one is what fails. The attempt when
    /// it is complete; null when it failed, or is not worth making.
    /// </summary>
    public Attempt? Try(BackendCandidate backend)
    {
        (string Shape, FrontendPlan? Frontend, int Management) shape = (backend.Plan!.Shape, FrontendAt(_frontend), _management);
        if (_shapesThatFail.TryGetValue(shape, out string? known))
        {
            _failedBackends[backend.Plan] = known;
            return null;
        }

        while (true)
        {
            _left--;
            _tried.Add((backend.Plan, FrontendAt(_frontend)));
            Attempt attempt = carry(With(backend), this);
            if (attempt.Stage == AttemptStage.Billed)
            {
                _billed.Add(attempt);
            }

            if (IsOfLongAttempts)
            {
                _endsWithoutCable.UnionWith(attempt.EndsWithoutCable[FabricRole.Backend]);
                if (attempt.Stage == AttemptStage.Placed && attempt.Blames(FabricRole.Backend))
                {
                    _shapesWithoutCable.Add(PlanesAndTiers(backend));
                }
            }

            if (attempt.Stage == AttemptStage.Complete)
            {
                return attempt;
            }

            if (_closest is null || attempt.Excess < _closest.Excess)
            {
                _closest = attempt;
            }

            bool ofFrontend = attempt.Stage < AttemptStage.Billed && attempt.Blames(FabricRole.Frontend);
            bool moved = MoveOn(attempt);
            if (moved && !attempt.Blames(FabricRole.Backend) && _left > 0)
            {
                continue;
            }

            _failedBackends[backend.Plan] = attempt.Failure!;
            if (attempt.Stage < AttemptStage.Billed)
            {
                _shapesThatFail[(shape.Shape, FrontendAt(_frontend), _management)] = attempt.Failure!;
            }

            _left = ofFrontend && !moved && ++_frontendFailures >= MostFrontendFailures ? 0 : _left;
            return null;
        }
    }

    /// <summary>Moves every network but the backend on to its next candidate where an attempt failed by it; false where none can.</summary>
    private bool MoveOn(Attempt attempt)
    {
        if (attempt.Stage >= AttemptStage.Billed)
        {
            return false;
        }

        bool moved = attempt.Blames(FabricRole.Frontend) && NextFrontend(attempt);
        for (int i = 0; i < _further.Length; i++)
        {
            FabricRole network = choices.Further[i][0].Network.Role;
            moved |= attempt.Blames(network) && NextFurther(i, attempt);
        }

        return moved | (attempt.Blames(FabricRole.Oob) && NextManagement(attempt));
    }

    /// <summary>
    /// The attempt that came closest, where its backend and others find no cables: with the others moved on to candidates that find theirs, so
    /// that nothing is said of a network that another of its own candidates would mend.
    /// </summary>
    private Attempt WithoutBystanders(Attempt closest)
    {
        if (closest.Stage != AttemptStage.Placed || !closest.Blames(FabricRole.Backend) || closest.BlamesOnly(FabricRole.Backend))
        {
            return closest;
        }

        Choose(closest.Selection);
        Attempt least = closest;
        Attempt last = closest;
        for (int left = MostTries(_nodes); left > 0 && !last.BlamesOnly(FabricRole.Backend) && MoveOn(last); left--)
        {
            last = carry(With(closest.Selection.Backend), this);
            if (last.Stage == AttemptStage.Complete)
            {
                return last;
            }

            if (last.Stage == AttemptStage.Placed && last.BlamesOutside(FabricRole.Backend) < least.BlamesOutside(FabricRole.Backend))
            {
                least = last;
            }
        }

        return least;
    }

    /// <summary>Goes back to the candidates of an attempt.</summary>
    private void Choose(NetworkSelection selection)
    {
        _frontend = Math.Max(0, choices.Frontends.ToList().FindIndex(f => ReferenceEquals(f, selection.Frontend)));
        _management = Math.Max(0, choices.Managements.ToList().FindIndex(m => ReferenceEquals(m, selection.Management)));
        for (int i = 0; i < _further.Length; i++)
        {
            _further[i] = Math.Max(0, choices.Further[i].ToList().FindIndex(f => ReferenceEquals(f, selection.Further[i])));
        }

        _leavesOutFarManagement = selection.LeavesOutFarManagement;
    }

    /// <summary>
    /// Where limits or room bind, other frontends beside the nearest backends: one may draw less, or stand in fewer racks, than the
    /// cheapest.
    /// </summary>
    private Attempt? OtherFrontends(List<BackendCandidate> backends)
    {
        if (choices.Frontends.Count < 2 || _closest is not (null or { Stage: AttemptStage.Billed or AttemptStage.Drawn }))
        {
            return null;
        }

        int first = _frontend;
        double units = choices.Frontends[first].RackUnits;
        bool room = _closest?.Stage == AttemptStage.Drawn;
        List<(BackendCandidate Backend, int Frontend)> pairs =
        [
            .. backends
                .OrderBy(b => Expected(With(b)))
                .Take(8)
                .SelectMany(b =>
                    Enumerable
                        .Range(0, choices.Frontends.Count)
                        .Where(f =>
                            f != first && !_gone.Contains(choices.Frontends[f].Plane) && (!room || choices.Frontends[f].RackUnits < units)
                        )
                        .Select(f => (b, f))
                )
                .OrderBy(p => Expected(With(p.b) with { Frontend = choices.Frontends[p.f] }))
                .ThenBy(p => room ? choices.Frontends[p.f].RackUnits : 0),
        ];
        foreach ((BackendCandidate backend, int frontend) in pairs)
        {
            _frontend = frontend;
            if (_passedOver.TrueForAll(p => p.Switches != choices.Frontends[first].Names))
            {
                PassOver(choices.Frontends[first].Names, FabricRole.Frontend, _closest?.Failure ?? "it is bound to break a limit");
            }

            if (_left <= TriesForNearest)
            {
                break;
            }

            // What one came to moves what is expected of the next, so that those after it may be expected to keep the limits all the same.
            if (Expected(With(backend)) <= 1 && Try(backend) is { } done)
            {
                return done;
            }
        }

        _frontend = first;
        return null;
    }

    private static (PlaneLayout Layout, int Planes, int Tiers) PlanesAndTiers(BackendCandidate backend) =>
        (backend.Plan!.Layout, backend.Plan.Planes, backend.Plan.Tiers);

    private FrontendPlan? FrontendAt(int index) => choices.Frontends.Count == 0 ? null : choices.Frontends[index];

    private NetworkSelection With(BackendCandidate backend) =>
        new(
            backend,
            FrontendAt(_frontend),
            [.. choices.Further.Select((plans, i) => plans[_further[i]])],
            _management < choices.Managements.Count ? choices.Managements[_management] : null
        )
        {
            LeavesOutFarManagement = _leavesOutFarManagement,
        };

    /// <summary>
    /// Moves on to the next frontend of another shape; false when there is none. One that found no cable is not followed by one with the
    /// same cages, and one that has the kinds of link that found none comes after all others.
    /// </summary>
    private bool NextFrontend(Attempt attempt)
    {
        FrontendPlan failed = choices.Frontends[_frontend];
        if (attempt.Stage == AttemptStage.Placed)
        {
            _endsThatFail.Add(failed.Ends);
        }

        if (NextOf(choices.Frontends, _frontend, attempt) is not { } next)
        {
            return false;
        }

        PassOver(failed.Names, FabricRole.Frontend, attempt.FailureOf(FabricRole.Frontend));
        _frontend = next;
        return true;
    }

    /// <summary>
    /// After a plan that failed the first, by rank, that does not fail alike: such as have none of the kinds of link that found no cable so far, then a
    /// few of the others, as lengths differ little. Null where there is none.
    /// </summary>
    private int? NextOf(IReadOnlyList<FrontendPlan> plans, int failed, Attempt attempt)
    {
        FabricRole network = plans[failed].Network.Role;
        Lacking(network).UnionWith(attempt.EndsWithoutCable[network]);
        _gone.UnionWith(
            plans
                .Where(p => p.Shape == plans[failed].Shape || (network == FabricRole.Frontend && _endsThatFail.Contains(p.Ends)))
                .Select(p => p.Plane)
        );
        int[] open = [.. Enumerable.Range(0, plans.Count).Where(i => !_gone.Contains(plans[i].Plane))];
        int next = Array.FindIndex(open, i => !HasLacking(plans[i]));
        if (next < 0 && open.Length > 0 && _triedAlike.GetValueOrDefault(network) < MostLike)
        {
            _triedAlike[network] = _triedAlike.GetValueOrDefault(network) + 1;
            next = 0;
        }

        return next < 0 ? null : open[next];
    }

    private HashSet<LinkEnds> Lacking(FabricRole network) =>
        _lacking.TryGetValue(network, out HashSet<LinkEnds>? known) ? known : _lacking[network] = [];

    /// <summary>True where a plan has a kind of link of which some found no cable.</summary>
    private bool HasLacking(FrontendPlan plan) =>
        Lacking(plan.Network.Role) is { Count: > 0 } lacking
        && plan.Plane.LinkKinds(plan.Protocol, planesOfNic: 1).Any(k => lacking.Contains(k.Ends));

    private bool NextFurther(int network, Attempt attempt)
    {
        IReadOnlyList<FrontendPlan> plans = choices.Further[network];
        FrontendPlan failed = plans[_further[network]];
        if (NextOf(plans, _further[network], attempt) is not { } next)
        {
            return false;
        }

        PassOver(failed.Names, failed.Network.Role, attempt.FailureOf(failed.Network.Role));
        _further[network] = next;
        return true;
    }

    /// <summary>
    /// Moves on to the next management switches whose optics reach as far as the links that found none; where there are none, such links are
    /// left out from now on. False when that was so already.
    /// </summary>
    private bool NextManagement(Attempt failed)
    {
        if (_leavesOutFarManagement)
        {
            return false;
        }

        int next = _management + 1;
        while (
            next < choices.Managements.Count
            && failed.FarManagement is { } far
            && !choices.Managements[next].Ends.All(e => judge.Serves(e, far))
        )
        {
            next++;
        }

        if (failed.FarManagement is not null && next < choices.Managements.Count)
        {
            PassOver(choices.Managements[_management].Names, FabricRole.Oob, failed.Failure!);
            _management = next;
            return true;
        }

        return _leavesOutFarManagement = true;
    }

    private void PassOver(string switches, FabricRole network, string reason) => _passedOver.Add(new(network, switches, reason));

    /// <summary>
    /// The excess that a choice is expected to have: by its bound, and by what the closest attempt came to beside its own estimate.
    /// </summary>
    private double Expected(NetworkSelection selection) => ExpectedValues(selection).Excess(_limits);

    private LimitValues ExpectedValues(NetworkSelection selection) => (_expectation ??= new(judge, _bound)).Of(selection, _closest);

    // The first limit that values break, in words; null where they break none.
    private string? Broken(LimitValues values, string has)
    {
        foreach (LimitKind kind in Enum.GetValues<LimitKind>())
        {
            if (values.Ratio(kind, _limits) > 1)
            {
                return $"{has} {LimitWords.Above(kind, values, _limits)} of objectives.limits.{LimitWords.Key(kind)}";
            }
        }

        return null;
    }
}
