using System.Globalization;
using Lightloom.Studies.Files;

namespace Lightloom.Studies.Points;

/// <summary>An axis with all that it may be: a list of values, or a range of numbers.</summary>
internal sealed class AxisValues
{
    private readonly AxisSpec _axis;

    public AxisValues(AxisSpec axis) => _axis = axis;

    public string Target => _axis.Vary;

    /// <summary>Values of a grid.</summary>
    public int Count => _axis.Values.Count > 0 ? _axis.Values.Count : _axis.Count ?? 2;

    /// <summary>A value of a grid.</summary>
    public StudyValue this[int index] => _axis.Values.Count > 0 ? _axis.Values[index] : At(index / (Count - 1.0));

    /// <summary>The value at a share of the axis.</summary>
    /// <param name="share">0 to 1, below 1 for a list.</param>
    public StudyValue At(double share)
    {
        if (_axis.Values.Count > 0)
        {
            return _axis.Values[Math.Min(_axis.Values.Count - 1, (int)(share * _axis.Values.Count))];
        }

        double from = _axis.From!.Value,
            to = _axis.To!.Value;
        double number =
            share >= 1 ? to
            : _axis.Scale == AxisScale.Log ? from * Math.Pow(to / from, share)
            : from + share * (to - from);

        // Twelve digits: libraries of mathematics differ in the last bits of a power.
        string text = _axis.Whole
            ? Math.Round(number, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture)
            : double.Parse(number.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                .ToString("0.############", CultureInfo.InvariantCulture);
        return StudyValue.Of(text + _axis.Unit, _axis.Mark);
    }
}
