using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Catalog;
using Lightloom.Topology;

namespace Lightloom.Bill;

/// <summary>Failures a year by class of component, from what was published. A part with a rated MTBF counts with it; an optical module without one counts with the field rate of
/// pluggable optics; what nobody published stays unknown.</summary>
internal static class ExpectedFailures
{
    private const string OpticFact = "afr-optical-module-pct-per-year";

    public static IReadOnlyList<FailureClass> Of(Catalogue catalogue, Network network, PluggedModules plugged, CablePlan cables, CableCount[] bought)
    {
        List<FailureClass> result = [];
        foreach (IGrouping<SwitchModel, DeviceGroup> model in network.Groups.Where(g => !g.IsNode).GroupBy(g => g.Switch!))
        {
            result.Add(Rated("switch " + model.Key.Id, model.Sum(g => (long)g.Count), model.Key.MtbfHours, model.Key));
        }

        foreach (IGrouping<InterconnectModel, long> count in plugged.Modules.GroupBy(m => m.Key.Model, m => m.Value).OrderBy(g => g.Key.Id, StringComparer.Ordinal))
        {
            result.Add(Module(catalogue, count.Key, count.Sum()));
        }

        foreach (IGrouping<InterconnectModel, CableCount> count in bought.Where(b => cables.Products[b.Product].A.IsAssembly)
            .GroupBy(b => cables.Products[b.Product].A).OrderBy(g => g.Key.Id, StringComparer.Ordinal))
        {
            result.Add(Rated("assembly " + count.Key.Id, count.Sum(c => c.Quantity), count.Key.MtbfHours, count.Key));
        }

        long fibres = bought.Where(b => !cables.Products[b.Product].A.IsAssembly).Sum(b => b.Quantity);
        if (fibres > 0)
        {
            result.Add(new("fibre cable", fibres, null, "no public failure rate found", []));
        }

        return result;
    }

    private static FailureClass Module(Catalogue catalogue, InterconnectModel module, long count)
    {
        if (module.MtbfHours is not null)
        {
            return Rated("module " + module.Id, count, module.MtbfHours, module);
        }

        if (!catalogue.Facts.TryGetValue(OpticFact, out Fact? fact))
        {
            return new("module " + module.Id, count, null, "no public failure rate found", []);
        }

        string basis = fact.Assumed ?? fact.Notes ?? "field rate of pluggable optics";
        return new("module " + module.Id, count, fact.Value / 100, basis, fact.SourceIds);
    }

    private static FailureClass Rated(string name, long count, double? mtbfHours, CatalogueEntry entry)
    {
        if (mtbfHours is not { } hours)
        {
            return new(name, count, null, "no public failure rate found", []);
        }

        string basis = string.Create(CultureInfo.InvariantCulture, $"MTBF {hours:#,0} h as its vendor states it");
        return new(name, count, OperatingCost.HoursPerYear / hours, basis, entry.SourcesOf("mtbf_h"));
    }
}
