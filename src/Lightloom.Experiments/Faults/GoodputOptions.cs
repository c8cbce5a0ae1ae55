using System.Globalization;
using Lightloom.Simulation.Model;

namespace Lightloom.Experiments.Faults;

/// <summary>What a year is reckoned with. Immutable.</summary>
public sealed record GoodputOptions
{
    /// <summary>Years to sample.</summary>
    public int Years { get; init; } = 1000;

    /// <summary>Seeds the years.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; does not change results.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The user's repair times in hours, by class.</summary>
    public IReadOnlyDictionary<FaultClass, double> RepairHours { get; init; } = new Dictionary<FaultClass, double>();

    /// <summary>
    /// Minutes from an interruption until the job runs again, without the nodes that are cut off. The default is an assumption.
    /// </summary>
    public double RestartMinutes { get; init; } = 15;

    /// <summary>Minutes between checkpoints; half of them are lost on the average. The default is an assumption.</summary>
    public double CheckpointMinutes { get; init; } = 30;

    /// <summary>Share of a step that waits for the network; 1 reckons with a job that only communicates, the worst case.</summary>
    public double NetworkShare { get; init; } = 1;

    /// <summary>What a text of <see cref="TryReadRepair"/> must be.</summary>
    public static string RepairGrammar { get; } =
        "CLASS=HOURS with one of " + string.Join(", ", FaultKind.Words) + " and above 0 to 100,000 hours, for example leaf=6";

    /// <summary>Reads the hours until a part of a class is repaired, as <c>leaf=6</c> or <c>leaf=6h</c>.</summary>
    public static bool TryReadRepair(string text, out FaultClass one, out double hours)
    {
        (one, hours) = (default, 0);
        return text.Split('=', 2, StringSplitOptions.TrimEntries) is [var word, var written]
            && FaultKind.TryParse(word, out one)
            && double.TryParse(
                written.EndsWith('h') ? written[..^1] : written,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out hours
            )
            && hours is > 0 and <= 1e5;
    }

    /// <summary>Repair times by class.</summary>
    /// <param name="given">Texts of <see cref="TryReadRepair"/>.</param>
    /// <exception cref="RefusedException">A text is none, or a class has two.</exception>
    public static IReadOnlyDictionary<FaultClass, double> RepairTimes(IEnumerable<string> given)
    {
        var times = new Dictionary<FaultClass, double>();
        foreach (string text in given)
        {
            if (!TryReadRepair(text, out FaultClass one, out double hours))
            {
                throw new RefusedException($"--repair '{text}' must be {RepairGrammar}");
            }

            if (!times.TryAdd(one, hours))
            {
                throw new RefusedException($"--repair {FaultKind.Words[(int)one]} is given twice; leave one of the two out");
            }
        }

        return times;
    }

    /// <summary>
    /// Hours of repair when the user says nothing: assumptions. A spare module, cable or port needs a technician; a switch a swap and its
    /// configuration.
    /// </summary>
    public static double AssumedRepairHours(FaultClass one) =>
        one switch
        {
            FaultClass.Transceiver => 2,
            FaultClass.Cable => 4,
            FaultClass.NicPort => 8,
            FaultClass.Plane => 4,
            _ => 6,
        };
}
