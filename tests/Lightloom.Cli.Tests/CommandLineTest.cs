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
    public void A_folder_that_cannot_be_made_is_named_as_it_was_asked_for()
    {
        if (!Directory.Exists("/proc/self"))
        {
            return;
        }

        Cli.Run run = Cli.Execute("design", Path.Combine(Cli.Root, "examples", "lab-8.yaml"), "-o", "/proc/x");
        run.Code.ShouldBe(1);
        run.Error.ShouldBe("lightloom: '/proc/x' cannot be written: no folder can be made in /proc\n");
    }

    [Fact]
    public void Without_a_command_the_commands_are_listed()
    {
        Cli.Run run = Cli.Execute();
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("name a command; commands are init, design, interconnect");
    }
}
