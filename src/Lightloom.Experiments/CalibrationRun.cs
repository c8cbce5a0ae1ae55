using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>Calibrates the fluid engine for a network: rates and delays are its own, the networks that are run are small.</summary>
/// <param name="Bed">The network.</param>
/// <param name="Seeds">Seeds that each figure is the mean of.</param>
public sealed record CalibrationRun(Testbed Bed, int Seeds = 3)
{
    /// <summary>Rates and delays of the network's first host and first link between switches.</summary>
    /// <exception cref="RefusedException">It has no host.</exception>
    public CalibrationShape Shape
    {
        get
        {
            NetworkDescription network = Bed.Network;
            LinkDescription? host = network.Links.Cast<LinkDescription?>().FirstOrDefault(l => l!.Value.A.IsHost);
            LinkDescription? up = network.Links.Cast<LinkDescription?>().FirstOrDefault(l => !l!.Value.A.IsHost);
            if (host is not { } down)
            {
                throw new RefusedException("a network without hosts has nothing to calibrate");
            }

            LinkDescription above = up ?? down;
            SimTime latency = network.Switches[down.Z.Index].Latency;
            return new(down.Rate, above.Rate, above.Delay, latency);
        }
    }

    /// <summary>Measures one pair.</summary>
    /// <param name="transport">The word of the transport.</param>
    /// <param name="loadBalancing">The word of the load balancing.</param>
    /// <param name="progress">Told what is run next, or null.</param>
    /// <param name="cancellation">Stops between runs.</param>
    /// <exception cref="RefusedException">The pair does not bring its packets through one of the networks.</exception>
    public CalibrationResult Of(
        string transport,
        string loadBalancing,
        Action<string>? progress = null,
        CancellationToken cancellation = default
    )
    {
        EngineChoices choices = new()
        {
            Transport = transport,
            LoadBalancing = loadBalancing,
            CellFabric = false,
        };
        return new Calibrator(
            Shape,
            (network, paths, seed) =>
                (
                    choices with
                    {
                        Other = new() { Paths = paths, Seed = seed },
                    }
                ).On(Testbed.Of(network)),
            Seeds
        )
        {
            Progress = progress,
            Cancellation = cancellation,
        }.Run();
    }

    /// <summary>The terms that hold for choices on a network; null where packets or cells are run or the pair is not in the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="choices">What was chosen.</param>
    /// <param name="bed">The network.</param>
    public static FluidTerms? TermsFor(FluidTermsTable table, EngineChoices choices, Testbed bed)
    {
        if (choices.RunsCells(bed))
        {
            return null;
        }

        SimulationOptions options = choices.On(bed);
        return table.Find(options.Transport, options.LoadBalancing);
    }
}
