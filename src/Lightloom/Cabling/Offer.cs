using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>One product, or pair of modules, judged by everything but length.</summary>
internal sealed class Offer
{
    public required InterconnectModel Head { get; init; }

    public required InterconnectModel Tail { get; init; }

    public required ArticleClass? Class { get; init; }

    public required bool IsAssembly { get; init; }

    /// <summary>Rules broken whatever the length.</summary>
    public required IReadOnlyList<Rejection> Broken { get; init; }

    public Medium? Medium { get; init; }

    /// <summary>Rated reach of the weaker end in millimetres.</summary>
    public long Rated { get; init; }

    /// <summary>What may be used of it.</summary>
    public long Allowed { get; init; }

    /// <summary>Shortest link.</summary>
    public long Minimum { get; init; }

    /// <summary>Lengths that are sold, ascending; empty for modules.</summary>
    public int[] Sold { get; init; } = [];

    /// <summary>Price of the assembly by sold length, in the order of <see cref="Sold"/>.</summary>
    public Money?[] SoldPrices { get; init; } = [];

    /// <summary>Public prices of an assembly with these plugs.</summary>
    public IReadOnlyList<Price> Prices { get; init; } = [];

    public double? Budget { get; init; }

    /// <summary>True where the budget is that of the module's class, because its own is not published.</summary>
    public bool BudgetAssumed { get; init; }

    /// <summary>The connector at patch panels on the way.</summary>
    public string? PanelConnector { get; init; }

    /// <summary>
    /// Price of the head module and its share of tails, as asked for the plugs that go into these cages; null for assemblies, whose price
    /// depends on the length.
    /// </summary>
    public Money? ModulePrice { get; init; }

    public Power? Power { get; init; }

    public SimTime? ModuleLatency { get; init; }

    public SimTime HostFec { get; init; }

    public SimTime PropagationPerMetre { get; init; }

    /// <summary>How the sockets of two modules meet; null for an assembly.</summary>
    public LinkSockets? Sockets { get; init; }

    /// <summary>The shuffle between sockets whose legs part ways at both ends; null where cords or harnesses do.</summary>
    public PassiveModel? Shuffle { get; init; }

    /// <summary>True where a cage takes flat tops only and no source says that the product is sold so; it ranks after those that are.</summary>
    public bool IsFlatTopUnknown { get; init; }

    /// <summary>
    /// Of two unlike modules the one whose error correction nobody publishes where the other's is known; null where both are known to agree,
    /// or are one product.
    /// </summary>
    public string? FecUnknownOf =>
        IsAssembly || ReferenceEquals(Head, Tail) || (Head.Fec is null) == (Tail.Fec is null) ? null
        : Head.Fec is null ? Head.Id
        : Tail.Id;

    public bool HeadCoPackaged { get; init; }

    public bool TailCoPackaged { get; init; }

    /// <summary>The length to order for a route, or -1 when none is sold that is long enough.</summary>
    public long Order(long millimetres, FibrePlant plant)
    {
        if (!IsAssembly)
        {
            return plant.Order(millimetres, Allowed, Minimum);
        }

        foreach (int sold in Sold)
        {
            if (sold >= millimetres && sold >= Minimum)
            {
                return sold;
            }
        }

        return -1;
    }

    /// <summary>
    /// The fibre cable that joins the modules, where the catalogue knows one for their connector; and how many of them leave one head.
    /// </summary>
    public (PassiveModel? Cable, int Count) Fibre { get; init; }

    /// <summary>
    /// What is asked for the head, its share of tails and the fibre at an ordered length, by the rule of the bill
    /// (<see cref="ChosenPrice.Holding"/>): null where no price holds for an assembly's length. Fibre without a price counts nothing.
    /// </summary>
    public Money? PriceHolding(long ordered)
    {
        Length length = Length.FromMillimetres(ordered);
        return IsAssembly ? ChosenPrice.Holding(Prices, length)?.Price.Amount.Value
            : ModulePrice is { } modules && FibrePrice(length) is { } each ? modules + (each * Fibre.Count)
            : ModulePrice;
    }

    /// <summary>True where the price is that of the modules alone, because none holds for the fibre between them.</summary>
    public bool LeavesFibreOut(long ordered) =>
        !IsAssembly && ModulePrice is not null && FibrePrice(Length.FromMillimetres(ordered)) is null;

    private Money? FibrePrice(Length length) => ChosenPrice.Holding(Fibre.Cable?.Prices ?? [], length)?.Price.Amount.Value;

    /// <summary>
    /// What ranks the offer by cost: the price of these plugs, or of others where these have none; and where no price holds for the length,
    /// that of the nearest length that has one. It is never shown as a price.
    /// </summary>
    public Money? RankPriceAt(long ordered)
    {
        if (IsAssembly)
        {
            return Array.BinarySearch(Sold, (int)ordered) is >= 0 and int at ? SoldPrices[at] : null;
        }

        return
            ModulePrice is { } modules
            && Fibre is { Cable.Prices.Count: > 0 } fibre
            && fibre.Cable.BestPrice(Length.FromMillimetres(ordered)) is { } each
            ? modules + (each.Amount.Value * fibre.Count)
            : ModulePrice;
    }

    public SimTime? LatencyOver(long ordered) =>
        ModuleLatency is { } modules ? modules + HostFec + Length.FromMillimetres(ordered).PropagationTime(PropagationPerMetre) : null;
}
