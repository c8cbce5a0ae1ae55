using Lightloom.Experiments.Faults;

namespace Lightloom.Experiments.Tests.Faults;

public class GoodputModelTest
{
    private static GoodputClass Part(
        long population,
        double perYear,
        double repair,
        double lost = 0,
        double slowdown = 1,
        bool global = false,
        double interrupts = 0
    ) =>
        new()
        {
            Name = "part",
            Population = population,
            FailuresPerYear = perYear,
            RepairHours = repair,
            LostShare = lost,
            Slowdown = slowdown,
            IsGlobal = global,
            InterruptShare = interrupts,
        };

    [Fact]
    public void OnePartIsThereForItsAvailability()
    {
        // MTBF 730.5 h, MTTR 48 h: out for 6.2 % of the time.
        GoodputModel model = new([Part(1, 12, 48, lost: 1)]);
        double exact = 730.5 / (730.5 + 48);
        model.ExpectedCapacity().ShouldBe(exact, 1e-12);
        GoodputEstimate estimate = model.Sample(2000, 1);
        exact.ShouldBeInRange(estimate.Low, estimate.High);
        (estimate.High - estimate.Low).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void ManyPartsFollowTheClosedFormOfIndependentRenewal()
    {
        GoodputModel model = new([Part(2000, 0.5, 24, lost: 0.004), Part(50, 0.2, 72, lost: 0.03), Part(4, 1, 100, lost: 0.25)]);
        GoodputEstimate estimate = model.Sample(500, 3);
        model.ExpectedCapacity().ShouldBeInRange(estimate.Low, estimate.High);
    }

    [Fact]
    public void GlobalSlowdownsFollowTheirGeneratingFunction()
    {
        GoodputClass spines = Part(16, 2, 48, slowdown: 1.0667, global: true);
        double u = spines.Unavailability;
        double exact = Math.Pow(1 - u + u / 1.0667, 16);
        GoodputEstimate estimate = new GoodputModel([spines]).Sample(2000, 5);
        exact.ShouldBeInRange(estimate.Low, estimate.High);
    }

    [Fact]
    public void TheTailOfGlobalSlowdownsComesOnce()
    {
        GoodputClass spine = Part(4, 1, 1, slowdown: 1.6, global: true) with { Bandwidth = 4.0 / 3 },
            plane = Part(2, 1, 1, slowdown: 1.5, global: true) with { Bandwidth = 3 };
        GoodputModel model = new([spine, plane, Part(9, 1, 1, slowdown: 1.1)]);
        model.Goodput([1, 0, 0]).ShouldBe(1 / 1.6, 1e-12);
        model.Goodput([2, 0, 0]).ShouldBe(1 / (1.6 * 4 / 3), 1e-12);
        // Bandwidth explains no more than there is to explain.
        model.Goodput([1, 1, 0]).ShouldBe(1 / (1.6 * 1.5), 1e-12);
        model.Goodput([1, 0, 5]).ShouldBe(1 / (1.6 * 1.1), 1e-12);
        GoodputModel.Combine(spine, spine).ShouldBe(1.6 * 4 / 3, 1e-12);
    }

    [Fact]
    public void OfLocalSlowdownsTheWorstCounts()
    {
        GoodputClass ports = Part(100, 2, 48, slowdown: 2);
        double sound = Math.Pow(1 - ports.Unavailability, 100);
        GoodputEstimate estimate = new GoodputModel([ports]).Sample(1000, 5);
        (sound + (1 - sound) / 2).ShouldBeInRange(estimate.Low, estimate.High);
    }

    [Fact]
    public void NineteenOfTwentyIntervalsHoldTheTruth()
    {
        GoodputModel model = new([Part(40, 0.7, 30, lost: 0.01), Part(20, 0.5, 60, lost: 0.05)]);
        double exact = model.ExpectedCapacity();
        int held = Enumerable.Range(0, 400).Count(seed => model.Sample(40, (ulong)seed) is { } e && e.Low <= exact && exact <= e.High);
        // Binomial with 0.95: 380 expected, standard deviation 4.4.
        held.ShouldBeInRange(364, 396);
    }

    [Fact]
    public void EachInterruptionCostsItsHours()
    {
        GoodputModel model = new([Part(1000, 0.05, 1, interrupts: 0.5)]) { InterruptionHours = 2 };
        GoodputEstimate estimate = model.Sample(2000, 9);
        estimate.FailuresPerYear[0].ShouldBe(50, 1);
        estimate.InterruptionsPerYear.ShouldBe(25, 0.5);
        estimate.Mean.ShouldBe(1 - estimate.InterruptionsPerYear * 2 / 8766, 1e-6);
    }

    [Fact]
    public void AYearDoesNotDependOnThreads()
    {
        GoodputModel model = new([
            Part(300, 0.5, 24, lost: 0.001, slowdown: 1.3),
            Part(20, 0.5, 60, slowdown: 1.1, global: true, interrupts: 1),
        ])
        {
            InterruptionHours = 0.5,
        };
        model.Sample(100, 7, 1).ShouldBeEquivalentTo(model.Sample(100, 7, 3));
        model.Sample(100, 8, 1).Mean.ShouldNotBe(model.Sample(100, 7, 1).Mean);
    }

    [Fact]
    public void SlowdownsActOnTheShareThatWaitsForTheNetwork()
    {
        GoodputModel model = new([Part(10, 1, 1, slowdown: 2)]) { NetworkShare = 0.25 };
        model.Goodput([1]).ShouldBe(1 / 1.25, 1e-12);
        model.Goodput([0]).ShouldBe(1);
    }

    [Fact]
    public void AClassOutOfRangeIsRefused()
    {
        Should.Throw<ArgumentException>(() => new GoodputModel([Part(1, -1, 1)]));
        Should.Throw<ArgumentException>(() => new GoodputModel([Part(1, 1, 0)]));
        Should.Throw<ArgumentException>(() => new GoodputModel([Part(1, 1, 1, lost: 1.5)]));
        Should.Throw<ArgumentException>(() => new GoodputModel([Part(1, 1, 1, slowdown: 0.9)]));
    }
}
