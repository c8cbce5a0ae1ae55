using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Tests.Cabling;

/// <summary>Short words for link questions.</summary>
internal static class Question
{
    public static readonly CageUse Osfp800 = Cage(FormFactor.Osfp, 800, 8, 1);
    public static readonly CageUse Osfp2X400 = Cage(FormFactor.Osfp, 800, 8, 2);
    public static readonly CageUse Osfp4X200 = Cage(FormFactor.Osfp, 800, 8, 4);
    public static readonly CageUse Osfp8X100 = Cage(FormFactor.Osfp, 800, 8, 8);
    public static readonly CageUse Qsfp400 = Cage(FormFactor.Qsfp112, 400, 4, 1);
    public static readonly CageUse Qsfp200 = Cage(FormFactor.Qsfp112, 200, 2, 1);
    public static readonly CageUse Nic400 = Cage(FormFactor.Osfp, 400, 4, 1, ThermalType.Rhs);

    public static CageUse Cage(FormFactor form, int gbps, int lanes, int ways, ThermalType thermal = ThermalType.Any) =>
        new(form, thermal, DataRate.FromGbps(gbps), lanes, new(ways, DataRate.FromGbps(gbps) / ways));

    public static LinkQuestion Of(double metres, CageUse? a = null, CageUse? z = null, LinkShape? shape = null, int panels = 0)
    {
        CageUse left = a ?? Osfp800;
        CageUse right = z ?? left;
        return new()
        {
            Length = Length.FromMetres(metres),
            Rate = left.Breakout.Rate,
            A = left,
            Z = right,
            Shape = shape ?? LinkQuestion.ShapeOf(left, right),
            Panels = panels,
        };
    }

    /// <summary>The built-in catalogue's selector; rated reaches unless a derating is given.</summary>
    public static InterconnectSelector Selector(
        InterconnectObjective objective = InterconnectObjective.Cost,
        double derating = 1,
        string fibre = "om4",
        Catalogue? catalogue = null,
        params string[] exclude
    ) =>
        new(
            catalogue ?? Catalogue.Default,
            new InterconnectSpec
            {
                Objective = objective,
                ReachDerating = derating,
                Exclude = exclude,
                Fibre = new() { Multimode = fibre },
            }
        );

    /// <summary>The built-in catalogue with other interconnects.</summary>
    public static Catalogue With(Func<IEnumerable<InterconnectModel>, IEnumerable<InterconnectModel>> change)
    {
        Catalogue basis = Catalogue.Default;
        return new()
        {
            Switches = basis.Switches,
            Nodes = basis.Nodes,
            Nics = basis.Nics,
            Interconnects = change(basis.Interconnects.Values).ToDictionary(m => m.Id),
            Facts = basis.Facts,
            Sources = basis.Sources,
            Passives = basis.Passives,
            ArticleClasses = basis.ArticleClasses,
            Differences = basis.Differences,
            Rules = basis.Rules,
        };
    }

    public static InterconnectModel Part(string id) => Catalogue.Default.Interconnects[id];

    public static IReadOnlyList<Rejection> Rejections(this InterconnectSelector selector, LinkQuestion question, string id) =>
        selector.Rank(question).Single(c => c.Head.Id == id).Rejections;
}
