using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments.Faults;

/// <summary>One thing that goes wrong, or several at once.</summary>
/// <param name="Label">What kind it is: <c>leaf</c>, <c>cable leaf-spine + spine</c>, or the user's own words.</param>
/// <param name="Name">Which instance it is.</param>
/// <param name="Kinds">The kinds of its faults; empty for the user's own.</param>
/// <param name="Parts">The faults, at time 0: links and the fraction of their rate that is left.</param>
public sealed record FaultScenario(string Label, string Name, IReadOnlyList<FaultKind> Kinds, IReadOnlyList<Fault> Parts)
{
    /// <summary>A component or several that fail together.</summary>
    public static FaultScenario Of(FaultInventory inventory, params IReadOnlyList<FaultComponent> components) =>
        new(
            string.Join(" + ", components.Select(c => c.Kind.Word(inventory.Designed.Fabric))),
            string.Join(" + ", components.Select(inventory.NameOf)),
            [.. components.Select(c => c.Kind)],
            [.. components.Select(c => new Fault(SimTime.Zero, c.Links, 0))]
        );

    /// <summary>By link: the fraction of its rate that is left, the least where faults overlap.</summary>
    public double[] FractionsOf(NetworkDescription network)
    {
        var fractions = new double[network.Links.Count];
        Array.Fill(fractions, 1);
        foreach (Fault part in Parts)
        {
            foreach (int link in part.Links)
            {
                fractions[link] = Math.Min(fractions[link], part.RateFraction);
            }
        }

        return fractions;
    }

    /// <summary>Its faults for the engine, striking at one time; each link once, so that overlapping faults agree.</summary>
    public IReadOnlyList<Fault> Strike(NetworkDescription network, SimTime time) =>
        [.. Grouped(network).Select(g => new Fault(time, g.Links, g.Fraction))];

    /// <summary>Its repair for the engine.</summary>
    public IReadOnlyList<Fault> Repair(NetworkDescription network, SimTime time) =>
        [.. Grouped(network).Select(g => new Fault(time, g.Links, 1))];

    private IEnumerable<(double Fraction, int[] Links)> Grouped(NetworkDescription network)
    {
        double[] fractions = FractionsOf(network);
        return Parts
            .SelectMany(p => p.Links)
            .Distinct()
            .Order()
            .GroupBy(l => fractions[l])
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, g.ToArray()));
    }
}
