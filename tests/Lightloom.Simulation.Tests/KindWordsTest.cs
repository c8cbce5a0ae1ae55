using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Tests;

public class KindWordsTest
{
    [Fact]
    public void EveryKindHasItsOwnWordAndTheWordLeadsBack()
    {
        KindWords.Transports.ShouldBe(["nscc", "rccc", "nscc+rccc", "ndp", "eqds", "dcqcn", "roce", "hpcc", "swift", "ideal"]);
        KindWords.LoadBalancings.ShouldBe([
            "ecmp",
            "flowlet",
            "oblivious",
            "bitmap",
            "reps",
            "mixed",
            "switch-rr",
            "switch-ar",
            "switch-ar-flow",
        ]);
        Enum.GetValues<TransportKind>().ShouldAllBe(k => KindWords.Transport(KindWords.Of(k)) == k);
        Enum.GetValues<LoadBalancingKind>().ShouldAllBe(k => KindWords.LoadBalancing(KindWords.Of(k)) == k);
        Should.Throw<ArgumentException>(() => KindWords.Transport("nsccrccc")).Message.ShouldContain("nscc+rccc");
    }
}
