using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Bill;

/// <summary>
/// Failures a year by class of component. A part's own rating counts first, then the catalogue's figure for its class; what has neither
/// stays unknown.
/// </summary>
internal static class ExpectedFailures
{
    public static IReadOnlyList<FailureClass> Of(
        Catalogue catalogue,
        Network network,
        CablePlan cables,
        CableCount[] bought,
        IReadOnlyList<PieceArticle> pieces
    )
    {
        List<FailureClass> result = [];
        foreach (
            IGrouping<SwitchModel, DeviceGroup> model in network
                .Groups.Where(g => g.IsOurSwitch)
                .GroupBy(g => g.Switch!)
                .OrderBy(g => g.Key.Id, StringComparer.Ordinal)
        )
        {
            result.Add(
                Rated(catalogue, FailureClass.NameOf(model.Key), model.Sum(g => (long)g.Count), model.Key.MtbfHours, "mtbf-switch-h")
            );
        }

        foreach (
            IGrouping<InterconnectModel, long> count in cables
                .Modules.GroupBy(m => m.Model, m => m.Count)
                .OrderBy(g => g.Key.Id, StringComparer.Ordinal)
        )
        {
            result.Add(Rated(catalogue, FailureClass.NameOf(count.Key), count.Sum(), count.Key.MtbfHours, "mtbf-pluggable-h"));
        }

        foreach (
            IGrouping<InterconnectModel, CableCount> count in bought
                .Where(b => cables.Products[b.Product].A.IsAssembly)
                .GroupBy(b => cables.Products[b.Product].A)
                .OrderBy(g => g.Key.Id, StringComparer.Ordinal)
        )
        {
            InterconnectTraits traits = count.Key.Traits;
            result.Add(
                Rated(
                    catalogue,
                    FailureClass.NameOf(count.Key),
                    count.Sum(c => c.Quantity),
                    count.Key.MtbfHours?.To(hours => hours / traits.PartsThatFail),
                    traits.MtbfFact,
                    traits.PartsThatFail
                )
            );
        }

        long fibres = pieces
            .Where(a => a.Kind is PieceKind.Cord or PieceKind.Harness or PieceKind.Shuffle or PieceKind.Trunk)
            .Sum(a => a.Quantity);
        if (fibres > 0)
        {
            result.Add(Rated(catalogue, FailureClass.FibreCable, fibres, null, "mtbf-fibre-cable-h"));
        }

        return result;
    }

    private static FailureClass Rated(
        Catalogue catalogue,
        string name,
        long count,
        Figure<double>? mtbfHours,
        string? factKey,
        long parts = 1
    )
    {
        if (mtbfHours is { } rated)
        {
            double hours = rated.Value;
            return new(
                name,
                count,
                OperatingCost.HoursPerYear / hours,
                string.Create(CultureInfo.InvariantCulture, $"MTBF {hours:#,0} h, the part's own rating"),
                rated.SourceIds,
                rated.IsAssumed
            );
        }

        if (factKey is null || !catalogue.Facts.TryGetValue(factKey, out Fact? fact))
        {
            return new(name, count, null, "no public failure rate found", [], false);
        }

        string basis = string.Create(
            CultureInfo.InvariantCulture,
            $"MTBF {fact.Value:#,0} h; {fact.Assumed ?? fact.Notes ?? "the catalogue's figure for its class"}"
        );
        return new(name, count, parts * OperatingCost.HoursPerYear / fact.Value, basis, fact.SourceIds, fact.Assumed is not null);
    }
}
