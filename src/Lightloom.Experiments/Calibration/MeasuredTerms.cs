using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Experiments.Calibration;

/// <summary>The table of fluid terms that comes with Lightloom, and the pairs that it has.</summary>
public static class MeasuredTerms
{
    private const string Resource = "catalog/fluid-terms.csv";

    // Read once: every run asks.
    private static readonly Lazy<FluidTermsTable> Shipped = new(() =>
    {
        using Stream stream = typeof(MeasuredTerms).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return FluidTermsTable.Read(Resource, reader.ReadToEnd());
    });

    /// <summary>The table; <c>catalog/fluid-terms.csv</c> says how it was measured.</summary>
    public static FluidTermsTable Table => Shipped.Value;

    /// <summary>
    /// Pairs that are in use: every load balancing for transports that keep packets in any order, those of one path for the others.
    /// </summary>
    public static IReadOnlyList<(string Transport, string LoadBalancing)> Pairs { get; } =
    [
        .. from transport in Transports.All
        from balancing in LoadBalancings.All
        where !transport.InOrder || balancing.OnePath
        where transport.Name != "fixed-window"
        select (transport.Name, balancing.Name),
    ];

    /// <summary>Reads a table of a user's own.</summary>
    /// <exception cref="RefusedException">It cannot be read, or is no such table.</exception>
    public static FluidTermsTable Read(string file)
    {
        try
        {
            return FluidTermsTable.Read(file, File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--calibration {file}: {e.Message}; `lightloom calibrate CLUSTER.yaml -o DIR` writes such a file");
        }
    }
}
