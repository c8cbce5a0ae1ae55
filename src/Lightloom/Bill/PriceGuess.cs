using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// What a bill would come to with the catalogue's median a gigabit in the place of every price that nobody has published: for comparing
/// designs, never for buying one.
/// </summary>
/// <param name="Total">The bill and the guess.</param>
/// <param name="Guessed">The part of it that is guess.</param>
/// <param name="LeftOut">Pieces that have neither price nor rate to guess by, such as fibre and panels; they count zero.</param>
public readonly record struct PriceGuess(Money Total, Money Guessed, long LeftOut)
{
    /// <summary>The share of the total that is guess, 0 to 1.</summary>
    public double Share => Total.Dollars > 0 ? Guessed.Dollars / Total.Dollars : 0;

    /// <summary>Guesses for the lines of a bill that have no price. Spares are left out, as the bill's cost leaves them out.</summary>
    public static PriceGuess Of(BillOfMaterials bill, Catalogue catalogue)
    {
        var pricing = new Pricing(catalogue);
        double guessed = 0;
        long left = 0;
        foreach (BillLine line in bill.Lines.Where(l => l.UnitPrice is null && !l.IsSpare))
        {
            if (catalogue.Switches.TryGetValue(line.PartId, out SwitchModel? box))
            {
                guessed += line.Quantity * pricing.UsdOf(box);
            }
            else if (catalogue.Interconnects.TryGetValue(line.PartId, out InterconnectModel? module))
            {
                guessed += line.Quantity * pricing.UsdOf(module);
            }
            else
            {
                left += line.Quantity;
            }
        }

        return new(Money.FromDollars(bill.Capex.Dollars + guessed), Money.FromDollars(guessed), left);
    }
}
