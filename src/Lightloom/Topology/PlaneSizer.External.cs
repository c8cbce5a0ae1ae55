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
            PlanePlan? plan = Holding(each, switches.Border is not null).Size(switches, out rejection);
            if (plan is null)
            {
                rejection = rejection is null ? null : new(rejection.Code, rejection.Reason + Words());
                return null;
            }

            bool enough = true;
            for (int e = 0; e < each.Length; e++)
            {
                int tier = plan.SwitchesFor(request.External[e]).Count() * request.PlanesOfExternal;
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
    /// <param name="each">By external: ports on each switch.</param>
    /// <param name="border">True where those of leaves are on leaves of their own.</param>
    private PlaneSizer Holding(int[] each, bool border)
    {
        string key = string.Join(' ', each.Select(e => e.ToString(CultureInfo.InvariantCulture))) + (border ? " border" : "");
        if (!_beside.TryGetValue(key, out PlaneSizer? sizer))
        {
            (Tier Tier, HeldOutward Ports)[] held =
            [
                .. request.External.Select((e, i) => (e.Tier, new HeldOutward(e.Rate, each[i], OwnPlugs: !e.Breakout))),
            ];
            (Tier Tier, HeldOutward Ports)[] own = border ? [.. held.Where(h => h.Tier == Tier.Leaf)] : [];
            _beside[key] = sizer = new(
                request with
                {
                    External = [],
                    LeastTiers = request.External.Max(e => (int)e.Tier),
                    Held = request.Held.Beside([.. held.Where(h => !border || h.Tier != Tier.Leaf)]),
                    Border =
                        own.Length == 0
                            ? null
                            : (request.Held.Leaf.Holding([.. own.Select(h => h.Ports)]), own.Max(h => h.Ports.Rate!.Value)),
                },
                cache
            );
        }

        return sizer;
    }
}
