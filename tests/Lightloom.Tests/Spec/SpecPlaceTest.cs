using Lightloom.Spec;

namespace Lightloom.Tests.Spec;

public class SpecPlaceTest
{
    [Theory]
    [InlineData("backend.planes", null)]
    [InlineData("pools[0].nodes", null)]
    [InlineData("networks.storage.oversubscription.leaf", null)]
    [InlineData("catalog.switches.mine.power_w", null)]
    [InlineData("prices.nvidia-sn5610", null)]
    [InlineData("backend.plnes", "did you mean 'backend.planes'?")]
    [InlineData("oversubscription.leaf", "did you mean 'backend.oversubscription'?")]
    [InlineData("pools.nodes", "pools[0].nodes")]
    [InlineData("", "names a key")]
    public void A_path_is_known_or_refused_with_the_nearest(string path, string? says)
    {
        string? problem = SpecPlace.Problem(path);
        if (says is null)
        {
            problem.ShouldBeNull();
        }
        else
        {
            problem.ShouldNotBeNull().ShouldContain(says);
        }
    }
}
