using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Topology;

/// <summary>Draws links to what is outside the design: dealt out over the switches of their tier, all planes together.</summary>
/// <remarks>
/// The far end is drawn as a box with a cage for each link: like ours where a cage holds one, else of the form that ports of that rate on such
/// lanes usually have. It stands for the panel at which the outsider takes over: one rack unit for 32 cages, no power, no price, no management
/// port.
/// </remarks>
internal static class ExternalWiring
{
    private const int CagesPerUnit = 32;

    /// <summary>A switch of the tier and the cages that it holds for the links.</summary>
    /// <param name="Device">Its number.</param>
    /// <param name="Plane">Its plane.</param>
    /// <param name="Ports">Its division.</param>
    /// <param name="Outward">The ports for these links.</param>
    internal readonly record struct From(int Device, int Plane, PortPlan Ports, OutwardPorts Outward);

    /// <summary>Adds the far end to the devices and draws the links.</summary>
    /// <param name="external">What they lead to.</param>
    /// <param name="role">The network.</param>
    /// <param name="switches">The switches of the tier, in the order in which links are dealt out.</param>
    /// <param name="devices">Receives the far end.</param>
    public static IEnumerable<LinkClass> Draw(ExternalLinks external, FabricRole role, IReadOnlyList<From> switches, DeviceList devices)
    {
        int border = devices.Count;
        Dictionary<(int Plane, CageUse Use), List<Link>> links = [];
        List<CageBlock> cages = [];
        int cage = 0;
        for (int s = 0; s < switches.Count; s++)
        {
            From from = switches[s];
            int share = (external.Links / switches.Count) + (s < external.Links % switches.Count ? 1 : 0);
            if (share == 0)
            {
                continue;
            }

            int ways = from.Outward.Division.Ways;
            CageUse use = from.Ports.UseOf(from.Outward);
            if (!links.TryGetValue((from.Plane, use), out List<Link>? drawn))
            {
                links[(from.Plane, use)] = drawn = [];
            }

            for (int port = 0; port < share; port++)
            {
                drawn.Add(new(from.Device, border, from.Outward.Cages[port / ways], port % ways, cage + port + 1, 0, -1));
            }

            cages.Add(Cages(from.Outward.Block, Outside(use, external.Rate)) with { FirstNumber = cage + 1, Count = Figures.Own(share) });
            cage += share;
        }

        SwitchModel box = Box(external, switches[0].Ports.Switch, Merged(cages), cage);
        devices.Add(
            1,
            first =>
                new()
                {
                    First = first,
                    Count = 1,
                    Switch = box,
                    Fabric = role,
                    Tier = Tier.External,
                    NamePrefix = external.Name,
                }
        );
        return links.Select(l => new LinkClass
        {
            Fabric = role,
            Plane = Math.Max(0, l.Key.Plane),
            From = external.Tier,
            To = Tier.External,
            Rate = external.Rate,
            ACages = l.Key.Use,
            ZCages = Outside(l.Key.Use, external.Rate),
            OwnPlugs = !external.Breakout,
            Links = [.. l.Value],
        });
    }

    /// <summary>The far end's cage for one link.</summary>
    /// <param name="ours">Our cage and its division.</param>
    /// <param name="rate">Rate of the link.</param>
    public static CageUse Outside(CageUse ours, DataRate rate)
    {
        if (ours.Ways == 1 && ours.CageRate == rate)
        {
            return ours;
        }

        // A port of 100G is a QSFP28 nearly everywhere: its modules make one lane of light of four of copper, where ours have one.
        double lane = ours.LaneRate.Gbps;
        (FormFactor form, double laneGbps) = rate.Gbps switch
        {
            10 => (FormFactor.SfpPlus, 10),
            25 => (FormFactor.Sfp28, 25),
            40 => (FormFactor.QsfpPlus, 10),
            50 => (FormFactor.Sfp56, 50),
            100 => (FormFactor.Qsfp28, 25),
            200 => ours.Ways == 1 || lane <= 50 ? (FormFactor.Qsfp56, 50) : (FormFactor.Qsfp112, lane),
            400 when lane == 100 => (FormFactor.Qsfp112, lane),
            _ => (ours.FormFactor, lane),
        };
        int lanes = Math.Max(1, (int)Math.Round(rate.Gbps / laneGbps));
        return new(form, form == ours.FormFactor ? ours.Thermal : ThermalType.Any, rate, lanes, new(1, rate));
    }

    // Blocks of the box are of our block's making, but for what its cages are.
    private static CageBlock Cages(CageBlock ours, CageUse outside) =>
        outside.CageRate == ours.CageRate.Value
            ? ours
            : ours with
            {
                FormFactor = Figures.Assume(outside.FormFactor, "The form that ports of that rate usually have."),
                CageRate = Figures.Assume(outside.CageRate, "A cage for one link."),
                Lanes = Figures.Assume(outside.Lanes, "A cage for one link."),
                Breakouts = Figures.Assume<IReadOnlyList<Breakout>>([outside.Breakout], "A cage for one link."),
                LaneRates = null,
                Takes = null,
                Restrictions = null,
            };

    /// <summary>Note of what is taken for granted at the far end.</summary>
    public static string Note(ExternalLinks external, FabricRole role) =>
        $"the {Counted.Of(external.Links, "link")} of the {role.ToWord()} to {external.Name} {(external.Links == 1 ? "ends" : "end")} at a panel that is taken to stand beside the switches; their "
        + "modules at our end and the fibre as far as there are bought, what lies beyond is the outsider's; where it is far, name the optics in "
        + $"interconnect.media: {{{external.Tier.ToWord()}-external: [fr, lr]}}";

    // Neighbouring blocks of one kind are one.
    private static IReadOnlyList<CageBlock> Merged(List<CageBlock> cages)
    {
        List<CageBlock> merged = [];
        foreach (CageBlock block in cages)
        {
            if (merged.Count > 0 && merged[^1] with { FirstNumber = block.FirstNumber, Count = block.Count } == block)
            {
                merged[^1] = merged[^1] with { Count = Figures.Own(merged[^1].Count.Value + block.Count.Value) };
            }
            else
            {
                merged.Add(block);
            }
        }

        return merged;
    }

    private static SwitchModel Box(ExternalLinks external, SwitchModel ours, IReadOnlyList<CageBlock> cages, int count) =>
        new()
        {
            Id = "outside-" + external.Name,
            Name = external.Name + ", outside the design",
            Role = ours.Role,
            Protocols = ours.Protocols,
            Cages = cages,
            RackUnits = Figures.Assume((count + CagesPerUnit - 1) / CagesPerUnit, "A panel of one rack unit for 32 cages."),
            PowerMaximum = Figures.Assume(Power.Zero, "A panel draws no power."),
            Weight = Figures.Assume(Mass.Zero, "Not ours."),
        };
}
