using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A part of the catalogue that is sold.</summary>
public abstract record PricedEntry : CatalogueEntry
{
    /// <summary>Public prices of one (a module: one module; an assembly: one assembly); may be empty.</summary>
    [Key("prices_usd", "Public prices of one; in your own parts one number is enough.", OneOrMany = true)]
    public IReadOnlyList<Price> Prices { get; init; } = [];

    /// <summary>The price that a bill uses, or null when none is known.</summary>
    /// <param name="length">The length to be bought, for what is sold by length; null when it does not matter.</param>
    public virtual ChosenPrice? BestPrice(Length? length = null) => ChosenPrice.Of(Prices, length);

    internal override CatalogueItem Complete(EntryContext context)
    {
        var prices = new Price[Prices.Count];
        for (int i = 0; i < prices.Length; i++)
        {
            prices[i] = Prices[i].Complete(context);
        }

        return ((PricedEntry)base.Complete(context)) with
        {
            Prices = prices,
        };
    }
}
