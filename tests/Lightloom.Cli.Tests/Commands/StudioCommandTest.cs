using Lightloom.Cli.Commands;

namespace Lightloom.Cli.Tests.Commands;

/// <summary>What the Studio is asked for is checked before it starts.</summary>
public sealed class StudioCommandTest
{
    [Theory]
    [InlineData("--bind", "0.0.0.0")]
    [InlineData("--bind", "::")]
    [InlineData("--bind", "nowhere")]
    [InlineData("--port", "70000")]
    [InlineData("--bind", "0.0.0.0", "--token", "short")]
    [InlineData("--database", "mysql://x/y")]
    public void What_would_not_be_safe_or_cannot_be_is_refused(params string[] options) =>
        CommandLine.Run(["studio", "--no-open", .. options], RootOfCommands.Create).ShouldBe(ExitCode.BadCommandLine);
}
