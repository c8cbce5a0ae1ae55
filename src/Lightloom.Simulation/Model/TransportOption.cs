using System.Globalization;

namespace Lightloom.Simulation.Model;

/// <summary>
/// A constant of a transport that a user may set: its word, unit, range, default and where the default is published. Each transport states
/// its own beside its equations. Immutable.
/// </summary>
public sealed record TransportOption
{
    /// <summary>The word before the equals sign: lower case, with dashes.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, without a full stop.</summary>
    public required string Help { get; init; }

    /// <summary>The unit of every value that is given: <c>us</c>, <c>bytes</c>, <c>Mb/s</c>; empty for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The smallest value, allowed.</summary>
    public required double Least { get; init; }

    /// <summary>The largest value, allowed.</summary>
    public required double Most { get; init; }

    /// <summary>The value must be a whole number.</summary>
    public bool Whole { get; init; }

    /// <summary>The switch among the same transport's options that must be on for this one to do anything; null for none.</summary>
    public TransportOption? OnlyWith { get; init; }

    /// <summary>The option of the same transport whose value this one's may not exceed; null for none.</summary>
    public TransportOption? NotAbove { get; init; }

    /// <summary>The default, in <see cref="Unit"/> or as a multiple of what <see cref="Scale"/> says.</summary>
    public required double Default { get; init; }

    /// <summary>What the default grows with.</summary>
    public ValueScale Scale { get; init; }

    /// <summary>Where the default is published.</summary>
    public required string Source { get; init; }

    /// <summary>The range in words, with the unit.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"{Least:#,0.########} to {Most:#,0.########}") + Suffix;

    /// <summary>The default in words.</summary>
    public string DefaultText => Words(Default, Scale);

    private string Suffix => Unit.Length > 0 ? " " + Unit : "";

    /// <summary>Whether the option takes this value.</summary>
    public bool Takes(double value) => value >= Least && value <= Most && (!Whole || Math.Floor(value) == value);

    /// <summary>The value nearest to this one, which must be a number, that the option takes.</summary>
    public double Nearest(double value) => Math.Clamp(Whole ? Math.Round(value) : value, Least, Most);

    /// <summary>A figure with what it grows with, in words.</summary>
    public string Words(double figure, ValueScale scale)
    {
        string number = figure.ToString("#,0.########", CultureInfo.InvariantCulture);
        return scale switch
        {
            ValueScale.LineRate => number + Suffix + " at 100 Gb/s",
            ValueScale.RoundTrip => number + " round trips",
            ValueScale.BandwidthDelay => number + " BDP",
            ValueScale.BandwidthDelayPackets => number + " BDP in whole packets",
            ValueScale.VerbsExponent => $"smallest beyond {number} loaded round trips",
            _ => number + Suffix,
        };
    }

    /// <summary>A number without a unit.</summary>
    internal static TransportOption Plain(string name, string help, double least, double most, double usual, string source) =>
        new()
        {
            Name = name,
            Help = help,
            Least = least,
            Most = most,
            Default = usual,
            Source = source,
        };

    /// <summary>A time in microseconds, from a nanosecond to a second.</summary>
    internal static TransportOption Time(string name, string help, double microseconds, string source) =>
        Plain(name, help, 0.001, 1e6, microseconds, source) with
        {
            Unit = "us",
        };

    /// <summary>A rate in Mb/s that grows with the line's, given for 100 Gb/s.</summary>
    internal static TransportOption Rate(string name, string help, double atHundred, string source) =>
        Plain(name, help, 0, 1e7, atHundred, source) with
        {
            Unit = "Mb/s",
            Scale = ValueScale.LineRate,
        };

    /// <summary>0 for off, which holds unless it is given, or 1 for on.</summary>
    internal static TransportOption Switch(string name, string help, string source) =>
        Plain(name, help, 0, 1, 0, source) with
        {
            Whole = true,
        };
}
