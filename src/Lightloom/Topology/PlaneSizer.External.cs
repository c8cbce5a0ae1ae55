using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <content>Ports for links to what is outside the design: as many on each switch of a tier as its share of them.</content>
internal sealed partial class PlaneSizer
{
    // Each round holds more ports for each switch; a tier that grows by that needs fewer.
    private const int MostRounds = 12;

    private readonly Dictionary<string, PlaneSizer> _beside = [];

    private PlanePlan? SizeBeside(TierSwitches switches, out Rejection? rejection)
    {
        int[] each = [.. request.External.Select(_ => 1)];
        for (int round = 0; round < MostRounds; round++)
        {
            PlanePlan? plan = Holding(each).Size(switches, out rejection);
            if (plan is null)
            {
                rejection = rejection is null ? null : new(rejection.Code, rejection.Reason + Words());
                return null;
            }

            bool enough = true;
            for (int e = 0; e < each.Length; e++)
            {
                int tier = plan.CountOf(request.External[e].Tier) * request.PlanesOfExternal;
                if (tier == 0)
                {
                    rejection = new(
                        RejectionCode.Tiers,
                        $"external links to {request.External[e].Name} start from {request.External[e].Tier.ToWord()}s, and there are none"
                    );
                    return null;
                }

                int share = (request.External[e].Links + tier - 1) / tier;
                enough &= share <= each[e];
                each[e] = Math.Max(each[e], share);
            }

            if (enough)
            {
                return plan with { External = request.External };
            }
        }

        rejection = new(RejectionCode.Radix, "no number of switches has ports for all external links beside the rest" + Words());
        return null;
    }

    private string Words() => $" (beside {string.Join(", ", request.External.Select(e => $"{e.Links} x {e.Rate} to {e.Name}"))})";

    /// <summary>The sizer of the same plane whose switches hold so many ports for each external.</summary>
    private PlaneSizer Holding(int[] each)
    {
        string key = string.Join(' ', each.Select(e => e.ToString(CultureInfo.InvariantCulture)));
        if (!_beside.TryGetValue(key, out PlaneSizer? sizer))
        {
            _beside[key] = sizer = new(
                request with
                {
                    External = [],
                    LeastTiers = request.External.Max(e => (int)e.Tier),
                    Held = request.Held.Beside([
                        .. request.External.Select((e, i) => (e.Tier, new HeldOutward(e.Rate, each[i], OwnPlugs: !e.Breakout))),
                    ]),
                },
                cache
            );
        }

        return sizer;
    }
}
