using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// Finds the first backend, in the order of the objective, that becomes a design. What cannot become one is refused as early as it can be
/// told: by lower bounds, by a like shape that found no room or no cable, and by what was measured of another backend.
/// </summary>
/// <param name="choices">The backends, best first.</param>
/// <param name="carry">Carries one backend as far as it goes.</param>
internal sealed class DesignSearch(NetworkChoices choices, Func<BackendCandidate, Attempt> carry)
{
    /// <summary>Above this expected excess a backend is not carried through for hope, only to name the nearest value.</summary>
    private const double Hopeless = 1.25;

    /// <summary>
    /// All backends share one frontend. When it finds no cables beside so many backends of different shape, the backend is not what stands
    /// in the way, and the search ends.
    /// </summary>
    private const int MostFrontendFailures = 2;

    /// <summary>How many are carried through to name the nearest value that works.</summary>
    private const int TriesForNearest = 3;

    private readonly LimitsSpec _limits = choices.Spec.Objectives.Limits;
    private readonly LimitBound _bound = new(choices.Spec, choices.Frontend);
    private readonly HashSet<string> _shapesThatFail = [];
    private readonly HashSet<BackendCandidate> _tried = new(ReferenceEqualityComparer.Instance);
    private int _left = MostTries(choices.Pools.Sum(p => (long)p.Count));
    private int _frontendFailures;
    private Attempt? _closest;

    /// <summary>How many backends are carried through at most: more of a small cluster's, for each takes longer in a large one.</summary>
    private static int MostTries(long nodes) =>
        nodes <= 512 ? 24
        : nodes <= 4096 ? 16
        : 8;

    /// <summary>The design, or of those that were tried the attempt that came closest.</summary>
    public Attempt Run()
    {
        List<BackendCandidate> feasible = [.. choices.Backends.Where(c => c.Plan is not null)];
        List<BackendCandidate> open = [.. feasible.Where(c => _bound.Of(c.Plan!).Excess(_limits) <= 1)];
        for (int i = 0; i < open.Count && _left > 0; i++)
        {
            if (Expected(open[i]) <= 1 && Try(open[i]) is { } done)
            {
                return done;
            }
        }

        // What is left is expected to break a limit. Expectations err, so the nearest are carried through all the same; where nothing
        // is near, or every backend is refused by its bound, a few are, so that the refusal can name a value that works.
        List<BackendCandidate> nearest = [.. (open.Count > 0 ? open : feasible).Where(c => !_tried.Contains(c)).OrderBy(Expected)];
        int forNearest = TriesForNearest;
        for (int i = 0; i < nearest.Count && _left > 0; i++)
        {
            if (Expected(nearest[i]) > Hopeless && --forNearest < 0)
            {
                break;
            }

            if (Try(nearest[i]) is { } done)
            {
                return done;
            }
        }

        return _closest!;
    }

    /// <summary>The attempt when it is complete; null when it failed, or is not worth making.</summary>
    private Attempt? Try(BackendCandidate backend)
    {
        string shape = backend.Plan!.Shape;
        _tried.Add(backend);
        if (_shapesThatFail.Contains(shape))
        {
            return null;
        }

        _left--;
        Attempt attempt = carry(backend);
        if (attempt.Stage == AttemptStage.Complete)
        {
            return attempt;
        }

        if (attempt.Stage < AttemptStage.Billed)
        {
            _shapesThatFail.Add(shape);
            string frontend = FabricRole.Frontend.ToWord();
            bool ofFrontend = attempt.Diagnostics.Any(d =>
                d.Severity == Severity.Error && d.Where?.StartsWith(frontend, StringComparison.Ordinal) == true
            );
            _left = ofFrontend && ++_frontendFailures >= MostFrontendFailures ? 0 : _left;
        }

        if (_closest is null || attempt.Excess < _closest.Excess)
        {
            _closest = attempt;
        }

        return null;
    }

    /// <summary>
    /// The excess that a backend is expected to have: by its bound, and by what the closest attempt came to beside its own bound.
    /// </summary>
    private double Expected(BackendCandidate backend)
    {
        LimitValues bound = _bound.Of(backend.Plan!);
        return (_closest?.Values is { } measured ? measured.Expect(_bound.Of(_closest.Backend.Plan!), bound) : bound).Excess(_limits);
    }
}
