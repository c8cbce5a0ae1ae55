using System.Globalization;
using Lightloom.Bill;
using Lightloom.Catalog;
using Lightloom.Design;

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
    /// <exception cref="ArgumentException">An item cannot be read.</exception>
    public FailureRates(ClusterDesign design, IEnumerable<string> given)
    {
        _design = design;
        _bill = design.Bill.Failures.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (string item in given)
        {
            string[] parts = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["all", "assumed"])
            {
                _assume.UnionWith(Enum.GetValues<FaultClass>());
            }
            else if (parts.Length != 2 || !FaultKind.TryParse(parts[0], out FaultClass one))
            {
                throw new ArgumentException(
                    $"'{item}' is no failure rate; write CLASS=RATE with one of {string.Join(", ", FaultKind.Words)}, for example leaf=0.03 (failures of one a year), leaf=300000h (hours between failures), leaf=assumed, or all=assumed"
                );
            }
            else if (parts[1] == "assumed")
            {
                _assume.Add(one);
            }
            else
            {
                bool hours = parts[1].EndsWith('h');
                if (
                    !double.TryParse(hours ? parts[1][..^1] : parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    || !double.IsFinite(value)
                    || value < 0
                    || (hours && value <= 0)
                    || value > 1e12
                )
                {
                    throw new ArgumentException(
                        $"'{item}': the rate must be failures of one part a year, such as 0.03, or hours between failures, such as 300000h"
                    );
                }

                _given[one] = hours ? GoodputModel.HoursPerYear / value : value;
            }
        }
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
                $"nothing published; the catalogue assumes {rate.Value.ToString("0.####", CultureInfo.InvariantCulture)} a year, which --rate {FaultKind.Words[(int)kind]}=assumed takes"
            );
    }

    private (double? Rate, string Basis, bool Assumed) Catalogued(FaultComponent component)
    {
        if (component.Part == "nic")
        {
            return _design.Spec.Catalogue.Facts.TryGetValue("mtbf-nic-h", out Fact? fact)
                ? (
                    GoodputModel.HoursPerYear / fact.Value,
                    $"a card's MTBF of {fact.Value.ToString("#,0", CultureInfo.InvariantCulture)} h, counted for each port",
                    fact.Assumed is not null
                )
                : (null, "no public failure rate found", false);
        }

        return _bill.TryGetValue(component.Part, out FailureClass? found) && found.AnnualRate is { } rate
            ? (rate, found.Basis, found.Assumed)
            : (null, "no public failure rate found", false);
    }
}
