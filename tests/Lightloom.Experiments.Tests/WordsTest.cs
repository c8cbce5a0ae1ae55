using System.Reflection;
using Lightloom.Keys;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;

namespace Lightloom.Experiments.Tests;

public class WordsTest
{
    [Fact]
    public void The_words_of_the_cluster_file_are_those_that_the_engine_lists()
    {
        Words(nameof(BackendSpec.Transport)).ShouldBe(Transports.Words);
        Words(nameof(BackendSpec.LoadBalancing)).ShouldBe(LoadBalancings.Words);
    }

    private static string[] Words(string property) =>
        typeof(BackendSpec).GetProperty(property)!.GetCustomAttribute<KeyAttribute>()!.OneOf!.Split('|');
}
