using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// How long runs of the packet engine may take together, by an estimate that is made before they begin: so that a question that would take
/// days is refused at once and in words.
/// </summary>
/// <param name="minutes">What they may take, above 0.</param>
/// <param name="option">The option that gives it, for the refusal.</param>
/// <remarks>Not safe to share between threads.</remarks>
public sealed class RunBudget(double minutes, string option)
{
    /// <summary>Links that packets cross in a second on one thread, on the slower side of what docs/performance.md has.</summary>
    public const double LinksPerSecond = 3e6;

    /// <summary>Acknowledgements beside the data: a small packet for every four.</summary>
    private const double WithAnswers = 1.25;

    private double _links;

    /// <summary>Links that the packets of a traffic cross, by estimate: every packet takes the longest way.</summary>
    public static double LinksOf(NetworkDescription network, DataSize traffic, SimulationOptions options)
    {
        int tiers = network.Switches.Count == 0 ? 1 : network.Switches.Max(s => s.Tier) + 1;
        return options.PacketsOf(traffic) * 2.0 * tiers * WithAnswers;
    }

    /// <summary>Counts what is to be run next.</summary>
    /// <param name="links">Links that its packets cross.</param>
    /// <param name="threads">Threads that share them.</param>
    /// <exception cref="TooLargeException">With what was counted before it takes longer than it may.</exception>
    public void Take(double links, int threads)
    {
        _links += links;
        double needed = _links / LinksPerSecond / threads / 60;
        if (needed > minutes)
        {
            throw new TooLargeException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"packets would cross {_links:0.0e0} links, which takes about {InWords(needed)} on {threads} threads, and {option} "
                        + $"allows {InWords(minutes)}; take --engine hybrid (packets until rates are steady) or fluid, a smaller model or "
                        + $"fewer XPUs, or {option} {Math.Ceiling(needed):0}"
                )
            );
        }
    }

    private static string InWords(double minutes) =>
        minutes < 120 ? string.Create(CultureInfo.InvariantCulture, $"{minutes:0.#} minutes")
        : minutes < 48 * 60 ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:0.#} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes / 1440:#,0.#} days");
}
