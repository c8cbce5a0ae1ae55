using Lightloom.Bill;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Design;

/// <content>Frontends and further networks by their bills, once lengths are known: as backends are, each beside the same other networks.</content>
internal sealed partial class DesignSearch
{
    /// <summary>How many of a network are carried through after the first, to compare bills: none where each takes seconds.</summary>
    private int MostComparedFrontends =>
        _nodes <= 512 ? 3
        : IsOfLongAttempts ? 0
        : 1;

    /// <summary>The first design with the frontend and the further networks that come first by the lengths and bills of those that were built.</summary>
    private Attempt WithBestFrontends(Attempt first)
    {
        Attempt best = first;
        for (int network = -1; network < _further.Length; network++)
        {
            best = PlansOf(network).Count > 1 && MostComparedFrontends > 0 ? WithBestOf(best, network) : best;
        }

        return best;
    }

    private IReadOnlyList<FrontendPlan> PlansOf(int network) => network < 0 ? choices.Frontends : choices.Further[network];

    private Attempt WithBestOf(Attempt built, int network)
    {
        IReadOnlyList<FrontendPlan> before = PlansOf(network);
        int taken = network < 0 ? _frontend : _further[network];
        FrontendPlan first = before[taken];
        ClusterDesign design = built.Design!;
        DraftBill draft = judge.Draft(
            TierLengths.Measured(design.Network, design.Cables, first.Network.Role, design.Placement.Racks.Count)
        );
        // Those before the one that was built became no design, and those with a kind of link that found no cable would become none.
        List<FrontendPlan> open =
        [
            .. before
                .Skip(taken)
                .Where(p => ReferenceEquals(p, first) || (!_gone.Contains(p.Plane) && !HasLacking(p)))
                .Select(p => p with { Estimate = draft.Of(p.Counts, p.Plane.LinkKinds(p.Protocol, planesOfNic: 1)) }),
        ];
        NetworkEstimate said = open[0].Estimate;
        Dictionary<PlanePlan, Attempt> billed = new(ReferenceEqualityComparer.Instance) { [first.Plane] = built };
        ObjectivesSpec objectives = choices.Spec.Objectives;
        int left = MostComparedFrontends;
        int failures = MostFrontendFailures;
        while (true)
        {
            open = [.. FrontendRanking.Rank(open, objectives)];
            Set(network, [.. before.Take(taken), .. open], taken);
            if (billed.ContainsKey(open[0].Plane) || left == 0 || failures == 0)
            {
                break;
            }

            FrontendPlan next = open[0];
            Attempt attempt = carry(With(built.Selection.Backend), this);
            open.RemoveAt(0);
            if (attempt.Stage != AttemptStage.Complete)
            {
                failures--;
                Lacking(next.Network.Role).UnionWith(attempt.EndsWithoutCable[next.Network.Role]);
                open.RemoveAll(HasLacking);
            }
            else
            {
                left--;
                billed[next.Plane] = attempt;
                open.Add(
                    next with
                    {
                        Estimate = next.Estimate with
                        {
                            Usd = said.Usd + attempt.Design!.Bill.Estimate.Total.Dollars - design.Bill.Estimate.Total.Dollars,
                            Watts = said.Watts + attempt.Design.Bill.NetworkPowerTypical.Watts - design.Bill.NetworkPowerTypical.Watts,
                        },
                    }
                );
            }
        }

        FrontendPlan best = open.First(p => billed.ContainsKey(p.Plane));
        open.Remove(best);
        Set(
            network,
            [
                .. before.Take(taken),
                best,
                .. open,
                .. before.Skip(taken).Where(p => open.TrueForAll(o => o.Plane != p.Plane) && p.Plane != best.Plane),
            ],
            taken
        );
        _shapesThatFail.Clear();
        Attempt chosen = billed[best.Plane];
        return chosen with { Selection = With(chosen.Selection.Backend) };
    }

    private void Set(int network, IReadOnlyList<FrontendPlan> plans, int taken)
    {
        if (network < 0)
        {
            choices = choices with { Frontends = plans };
            _frontend = taken;
            return;
        }

        choices = choices with { Further = [.. choices.Further.Select((p, i) => i == network ? plans : p)] };
        _further[network] = taken;
    }
}
