using System.Globalization;
using Lightloom.Bill;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Faults;

/// <summary>
/// Rates of failure by kind: the user's first, then the catalogue's where it has a source. What has neither is unknown and is left out,
/// never made up.
/// </summary>
public sealed class FailureRates
{
    private readonly Dictionary<FaultClass, double?> _given = [];
    private readonly HashSet<FaultClass> _assume = [];
    private readonly ClusterDesign _design;
    private readonly Dictionary<string, FailureClass> _bill;

    /// <summary>The rates of a design's parts, with the user's on top.</summary>
    /// <param name="design">The design.</param>
    /// <param name="given">Items <c>CLASS=RATE</c>: failures of one part a year, <c>…h</c> for hours between failures, or <c>assumed</c>
    /// for the catalogue's own assumption; CLASS may be <c>all</c> with <c>assumed</c>.</param>
    /// <exception cref="RefusedException">An item cannot be read.</exception>
    public FailureRates(ClusterDesign design, IEnumerable<string> given)
    {
        _design = design;
        _bill = design.Bill.Failures.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (string item in given)
        {
            if (!TryRead(item, out FaultClass? one, out double? rate))
            {
                throw new RefusedException(
                    $"'{item}' is no failure rate; write CLASS=RATE with one of {string.Join(", ", FaultKind.Words)}, for example "
                        + "leaf=0.03 (failures of one a year), leaf=300000h (hours between failures), leaf=assumed, or all=assumed"
                );
            }

            if (rate is null)
            {
                _assume.UnionWith(one is { } assumed ? [assumed] : Enum.GetValues<FaultClass>());
            }
            else if (!_given.TryAdd(one!.Value, rate))
            {
                throw new RefusedException($"--rate {FaultKind.Words[(int)one.Value]} is given twice; leave one of the two out");
            }
        }
    }

    /// <summary>Whether a text is a rate, as <c>leaf=0.03</c>.</summary>
    public static bool IsRate(string item) => TryRead(item, out _, out _);

    // All classes when there is no class, the catalogue's assumption when there is no rate.
    private static bool TryRead(string item, out FaultClass? one, out double? perYear)
    {
        (one, perYear) = (null, null);
        if (item.Split('=', 2, StringSplitOptions.TrimEntries) is not [var word, var text])
        {
            return false;
        }

        if (word == "all" && text == "assumed")
        {
            return true;
        }

        if (!FaultKind.TryParse(word, out FaultClass named))
        {
            return false;
        }

        one = named;
        if (text == "assumed")
        {
            return true;
        }

        bool hours = text.EndsWith('h');
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (
            !double.TryParse(hours ? text[..^1] : text, Style, CultureInfo.InvariantCulture, out double value)
            || !(value >= 0 && value <= 1e12)
            || (hours && value == 0)
        )
        {
            return false;
        }

        perYear = hours ? GoodputModel.HoursPerYear / value : value;
        return true;
    }

    /// <summary>The rate of one part.</summary>
    public FailureRate Of(FaultComponent component)
    {
        FaultClass kind = component.Kind.Class;
        if (_given.TryGetValue(kind, out double? given))
        {
            return new(given, "yours");
        }

        (double? rate, string basis, bool assumed) = Catalogued(component);
        return rate is null ? new(null, basis)
            : !assumed ? new(rate, basis)
            : _assume.Contains(kind) ? new(rate, basis, true)
            : new(
                null,
                $"nothing published; the catalogue assumes {rate.Value.ToString("0.####", CultureInfo.InvariantCulture)} a year, "
                    + $"which --rate {FaultKind.Words[(int)kind]}=assumed takes"
            );
    }

    private (double? Rate, string Basis, bool Assumed) Catalogued(FaultComponent component)
    {
        if (component.Kind.Class == FaultClass.NicPort)
        {
            return _design.Spec.Catalogue.Facts.TryGetValue("mtbf-nic-h", out Fact? fact)
                ? (
                    GoodputModel.HoursPerYear / fact.Value,
                    $"a card's MTBF of {fact.Value.ToString("#,0", CultureInfo.InvariantCulture)} h, counted for each port",
                    fact.Assumed is not null
                )
                : (null, "no public failure rate found", false);
        }

        // A plane is no part; any other is in the bill, or the bill and the inventory do not speak of the same design.
        return component.Kind.Class != FaultClass.Plane && _bill[component.Part] is { AnnualRate: { } rate } found
            ? (rate, found.Basis, found.Assumed)
            : (null, "no public failure rate found", false);
    }
}
