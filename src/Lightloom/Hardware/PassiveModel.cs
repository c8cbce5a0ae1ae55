using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A passive part of the fibre plant: a fibre cable between modules, a trunk, a panel.</summary>
public sealed record PassiveModel : CableEntry
{
    /// <summary>What it is.</summary>
    [Key("kind", "What it is.", Required = true)]
    public required PassiveKind Kind { get; init; }

    /// <summary>Fibre grade, or null for a panel of any grade.</summary>
    [Key("medium", "Fibre grade; none for a panel of any grade.")]
    public Figure<Medium>? Medium { get; init; }

    /// <summary>Connector at the Z ends, or tails; equal to <see cref="CableEntry.Connector"/> for a plain cable.</summary>
    [Key("tail_connector", "Connector at the Z ends, or tails; equal to connector for a plain cable.")]
    public Figure<string>? TailConnector { get; init; }

    /// <summary>Tails: 1 for a plain cable, 2 for a 1:2 splitter.</summary>
    [Key("tails", "Tails: 1 for a plain cable, 2 for a 1:2 splitter.", Minimum = 1, Maximum = 64)]
    public Figure<int>? Tails { get; init; }

    /// <summary>Ports of a panel, or null.</summary>
    [Key("ports", "Ports of a panel.", Minimum = 1, Maximum = 10000)]
    public Figure<int>? Ports { get; init; }

    /// <summary>Height of a panel in rack units, or null.</summary>
    [Key("rack_units", "Height of a panel in rack units.", Minimum = 1, Maximum = 60, After = "U")]
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Jacket of the cable where a file asks for none; null when not known.</summary>
    [Key("jacket", "Jacket of the cable where a file asks for none: lszh, ofnr or ofnp.")]
    public Figure<FibreJacket>? Jacket { get; init; }

    internal override CatalogueItem Complete(EntryContext context)
    {
        context.DemandAscending("lengths_m", CatalogueLengths?.Value);
        context.DemandWord("connector", Connector?.Value, Connectors.Known);
        context.DemandWord("tail_connector", TailConnector?.Value, Connectors.Known);
        Figure<string>? connector = MpoPolish.OfPassive(Connector);
        return ((PassiveModel)base.Complete(context)) with
        {
            Connector = connector,
            TailConnector = MpoPolish.OfPassive(TailConnector) ?? connector,
        };
    }
}
