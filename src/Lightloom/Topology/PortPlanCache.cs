using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>
/// Divisions of faceplates, each worked out once: hundreds of candidates pair the same leaves with other spines, and ask the same.
/// </summary>
/// <remarks>Belongs to one search; not safe to use from several threads.</remarks>
internal sealed class PortPlanCache
{
    private readonly record struct Division(
        string Switch,
        DataRate Down,
        Breakout Up,
        double Oversubscription,
        int Wanted,
        bool Cells,
        HeldPorts Held,
        DataRate? Lane,
        int Multiple
    );

    private readonly record struct TopDivision(string Switch, DataRate Rate, PortPurpose Purpose, HeldPorts Held, DataRate? Lane);

    private readonly record struct Answer(PortPlan? Plan, string Why);

    private readonly Dictionary<Division, Answer> _divisions = [];
    private readonly Dictionary<TopDivision, Answer> _tops = [];
    private readonly Dictionary<string, HashSet<long>> _laneRates = [];

    /// <summary>As <see cref="PortPlan.Divide"/>, with network ports down and, for cells, fabric ports up.</summary>
    public PortPlan? Divide(
        SwitchModel model,
        DataRate downRate,
        Breakout up,
        double oversubscription,
        int wantedDownPorts,
        bool cells,
        HeldPorts held,
        out string why,
        DataRate? lane = null,
        int multiple = 1
    )
    {
        Division key = new(model.Id, downRate, up, oversubscription, wantedDownPorts, cells, held, lane, multiple);
        if (!_divisions.TryGetValue(key, out Answer answer))
        {
            PortPurpose upPurpose = cells ? PortPurpose.Fabric : PortPurpose.Network;
            PortPlan? plan = PortPlan.Divide(
                model,
                downRate,
                up,
                oversubscription,
                wantedDownPorts,
                PortPurpose.Network,
                upPurpose,
                held,
                lane,
                out string reason,
                multiple
            );
            _divisions[key] = answer = new(plan, reason);
        }

        why = answer.Why;
        return answer.Plan;
    }

    /// <summary>As <see cref="PortPlan.AllDown"/>.</summary>
    public PortPlan? AllDown(SwitchModel model, DataRate rate, PortPurpose purpose, HeldPorts held, out string why, DataRate? lane = null)
    {
        TopDivision key = new(model.Id, rate, purpose, held, lane);
        if (!_tops.TryGetValue(key, out Answer answer))
        {
            PortPlan? plan = PortPlan.AllDown(model, rate, purpose, held, out string reason, lane);
            _tops[key] = answer = new(plan, reason);
        }

        why = answer.Why;
        return answer.Plan;
    }

    /// <summary>Rates, in bits a second, of the electrical lanes of a switch's network cages.</summary>
    public IReadOnlySet<long> LaneRates(SwitchModel model)
    {
        if (!_laneRates.TryGetValue(model.Id, out HashSet<long>? rates))
        {
            _laneRates[model.Id] = rates = [
                .. model.Cages.Where(c => c.Purpose == PortPurpose.Network).Select(c => c.LaneRate.BitsPerSecond),
            ];
        }

        return rates;
    }
}
