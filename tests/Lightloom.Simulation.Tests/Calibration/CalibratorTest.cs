using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Fluid;

namespace Lightloom.Simulation.Tests.Calibration;

/// <summary>A calibration, against what is known of the pair that is measured.</summary>
public sealed class CalibratorTest
{
    [Fact]
    public void Switches_that_take_every_link_in_turn_add_next_to_nothing()
    {
        CalibrationResult result = new Calibrator(
            CalibrationShape.Usual,
            (_, paths, seed) =>
                new()
                {
                    LoadBalancing = "switch-rr",
                    Paths = paths,
                    Seed = seed,
                },
            seeds: 1
        ).Run();
        // One acknowledgement of 64 bytes for 16 KiB comes back over each link.
        result.Terms.Host.ShouldBe(64.0 / (16 << 10), 0.002);
        result.Terms.Spreads.ShouldAllBe(s => s.Even + s.Uneven < 0.1);
        result.Terms.Cases.ShouldBe(result.Cases.Count);
        result.Terms.Error.ShouldBe(result.Cases.Average(c => Math.Abs(c.Error)));
        result.Cases.ShouldAllBe(c => c.Calibrated >= c.Ideal);
    }
}
