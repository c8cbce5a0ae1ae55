namespace Lightloom.Cli.Tests;

public class CommandLineTest
{
    [Fact]
    public void A_command_that_is_not_there_is_named_with_the_nearest_one()
    {
        Cli.Run run = Cli.Execute("desing", "cluster.yaml");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("there is no command 'desing'; did you mean 'design'?");
        run.Error.ShouldNotContain("Required command");
    }

    [Fact]
    public void Without_a_command_the_commands_are_listed()
    {
        Cli.Run run = Cli.Execute();
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("name a command; commands are init, design, interconnect");
    }
}
