using Lightloom.Training.Studies;
using Lightloom.Training.Timing;

namespace Lightloom.Training.Choosing;

/// <summary>What one design does with the workload, and what it takes. Immutable; times in seconds.</summary>
public sealed record DesignScore
{
    /// <summary>Estimated cost of the backend in dollars, as it is ranked by.</summary>
    public required double Usd { get; init; }

    /// <summary>Share of it that rests on assumed prices, 0 to 1.</summary>
    public required double AssumedShare { get; init; }

    /// <summary>Estimated power of the backend in watts.</summary>
    public required double Watts { get; init; }

    /// <summary>Power of all else that runs, nodes and other networks, in watts.</summary>
    public required double OtherWatts { get; init; }

    /// <summary>Power of the site over that of its equipment.</summary>
    public required double Pue { get; init; }

    /// <summary>Price of a kilowatt-hour in dollars.</summary>
    public required double TariffUsdPerKwh { get; init; }

    /// <summary>Years over which the purchase is counted.</summary>
    public required double Years { get; init; }

    /// <summary>The step.</summary>
    public required StepTime Step { get; init; }

    /// <summary>A month with failures.</summary>
    public required Goodput Goodput { get; init; }

    /// <summary>What a million tokens cost in dollars: the backend's price over its years, and energy of everything.</summary>
    public double UsdPerMillionTokens => Weighed(new());

    /// <summary>The same with some of what it rests on changed.</summary>
    internal double Weighed(Weights w)
    {
        double step =
            Step.Step
            + ((w.Compute - 1) * Step.Compute)
            + ((w.Backend - 1) * Step.Communication.Where(c => c.Backend).Sum(c => c.Exposed))
            + ((w.ScaleUp - 1) * Step.Communication.Where(c => !c.Backend).Sum(c => c.Exposed));
        double month = HoursPerMonth * 3600;
        double tokens = Step.Tokens / step * month * ShareOf(w);
        double price = Usd * w.Price * (1 + ((w.AssumedPrice - 1) * AssumedShare)) / (Years * w.Years * 12);
        double energy = ((Watts * w.NetworkPower) + (OtherWatts * w.OtherPower)) / 1000 * Pue * HoursPerMonth * TariffUsdPerKwh * w.Tariff;
        return (price + energy) / (tokens / 1e6);
    }

    // Goodput by the rule of GoodputStudy, with other rates: interruptions, checkpoints as often as costs least, steps that faults slow.
    private double ShareOf(Weights w)
    {
        double month = HoursPerMonth * 3600;
        double stops = Goodput
            .Faults.Where(f => f.Interrupts)
            .Select(f => (f.PerMonth ?? 0) * (IsXpu(f) ? w.XpuFailures : w.PartFailures))
            .Sum();
        double slow = Goodput.Faults.Where(f => !f.Interrupts).Sum(f => f.Lost) * w.PartFailures;
        if (stops <= 0 || Goodput.CheckpointTime <= 0)
        {
            return Math.Max(0, 1 - slow - (stops * Goodput.Restart * w.Restart / month));
        }

        double between = month / stops,
            interval = Math.Max(Goodput.CheckpointTime, Math.Sqrt(2 * Goodput.CheckpointTime * between));
        double lost = (Goodput.CheckpointTime / interval) + (((interval / 2) + (Goodput.Restart * w.Restart)) / between);
        return Math.Max(0, 1 - lost - slow);
    }

    private bool IsXpu(FaultClassCost fault) => ReferenceEquals(fault, Goodput.Faults[0]);

    private const double HoursPerMonth = 730.5;
}
