using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Bill;

/// <summary>What one piece of a line without a price would cost, by the catalogue's medians of its like.</summary>
/// <param name="catalogue">Prices and parts.</param>
internal sealed class UnitEstimates(Catalogue catalogue)
{
    private FibreMedians? _fibres;

    /// <summary>The catalogue's medians a gigabit.</summary>
    public Pricing Medians { get; } = new(catalogue);

    /// <summary>Dollars a piece; null for what has neither price nor rate to estimate by: no trunk, panel or shuffle has a public price.</summary>
    public double? Of(BillLine line) =>
        catalogue.Switches.TryGetValue(line.PartId, out SwitchModel? box) ? Medians.UsdOf(box)
        : catalogue.Interconnects.TryGetValue(line.PartId, out InterconnectModel? module) ? Medians.UsdOf(module)
        : catalogue.Passives.TryGetValue(line.PartId, out PassiveModel? passive)
            ? (_fibres ??= new(catalogue)).UsdOf(passive, line.OrderLength)
        : null;
}
