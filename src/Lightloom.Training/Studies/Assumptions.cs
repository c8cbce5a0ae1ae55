using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Training.Machines;
using Lightloom.Training.Plans;

namespace Lightloom.Training.Studies;

/// <summary>Lists the figures of generation and stack that an answer rests on, with where each comes from.</summary>
public static class Assumptions
{
    /// <summary>Those of a plan on some kinds of XPUs.</summary>
    public static IReadOnlyList<Assumption> Of(TrainingPlan plan, IEnumerable<XpuClass> xpus, Catalogue catalogue)
    {
        List<Assumption> all = [];
        foreach (XpuGeneration generation in xpus.Select(x => x.Generation).DistinctBy(g => g.Id))
        {
            Add(generation.Id, generation, catalogue, all);
        }

        Add(plan.Stack.Id, plan.Stack, catalogue, all);
        Fact reserve = catalogue.Fact(MemoryModel.ReserveFact);
        all.Add(new(MemoryModel.ReserveFact, reserve.Value, reserve.Value.ToString(CultureInfo.InvariantCulture), reserve.Figure.Citation));
        return all;
    }

    private static void Add(string owner, CatalogueItem item, Catalogue catalogue, List<Assumption> into)
    {
        foreach (ShownFigure figure in CatalogueFigures.Of(item))
        {
            if (figure.Key is "xpus" or "name")
            {
                continue;
            }

            bool number = double.TryParse(figure.Text.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            string source = figure.Assumed ?? string.Join("; ", figure.SourceIds.Select(id => Title(id, catalogue)));
            into.Add(new($"{owner}.{figure.Key}", number ? value : 0, figure.Text, source));
        }
    }

    private static string Title(string id, Catalogue catalogue) => catalogue.Sources.TryGetValue(id, out Source? s) ? s.Title : id;
}
