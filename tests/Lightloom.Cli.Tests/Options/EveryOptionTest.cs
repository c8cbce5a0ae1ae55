using System.CommandLine;
using Lightloom.Cli.Commands;
using Lightloom.Cli.Options;

namespace Lightloom.Cli.Tests.Options;

/// <summary>What holds for every option of every command; read from the commands themselves, so that a new option is covered.</summary>
public class EveryOptionTest
{
    /// <summary>Text that is no number, no size, no word and no list of anything; a file or directory may be called so.</summary>
    private static readonly string[] Nonsense =
    [
        "nan",
        "NaN",
        "inf",
        "Infinity",
        "-inf",
        "-1",
        "-5",
        "1e999",
        "99999999999999999999999",
        "0x10",
    ];

    /// <summary>Text that names nothing at all.</summary>
    private static readonly string[] Empty = ["", "  "];
    private static readonly string[] OnlyCommas = [",", ",,,", " , "];

    public static TheoryData<string, string> Options()
    {
        TheoryData<string, string> all = [];
        foreach ((string command, Option option) in Walk(RootOfCommands.Create(), ""))
        {
            if (TakesValue(option))
            {
                all.Add(command, option.Name);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void ChecksItsValueItself(string command, string name) =>
        Find(command, name)
            .ShouldBeAssignableTo<ICheckedOption>($"{command} {name}: make it with {nameof(Value)}, which checks it")!
            .Expects.ShouldNotBeNullOrWhiteSpace();

    [Theory]
    [MemberData(nameof(Options))]
    public void RefusesInWordsWhatIsNoValueOfIt(string command, string name)
    {
        foreach (string text in Empty)
        {
            Refused(command, name, text);
        }

        Option option = Find(command, name);
        if (option is CheckedOption<string?> { HelpName: not ("NAME" or "NETWORK") })
        {
            // A file or directory: anything that is not empty may be the name of one.
            return;
        }

        foreach (string text in OnlyCommas)
        {
            Refused(command, name, text);
        }

        if (option is CheckedOption<string?> { HelpName: "NETWORK" })
        {
            // A network may have any name; the file tells which there are.
            return;
        }

        if (option is CheckedOption<string[]> { HelpName: "LIST" } || option is RepeatedOption { HelpName: "JOB" or "CLASS" or "KIND|ID" })
        {
            // Words are checked at once; a class or a job may be called anything; faults and kinds are checked by who knows the network or the catalogue.
            return;
        }

        foreach (string text in Nonsense)
        {
            Refused(command, name, text);
        }
    }

    [Theory]
    [InlineData("simulate", "--end-us", "0")]
    [InlineData("simulate", "--window", "0")]
    [InlineData("simulate", "--queue-bytes", "0")]
    [InlineData("simulate", "--initial-window-bytes", "0")]
    [InlineData("simulate", "--buffer-bytes", "0")]
    [InlineData("simulate", "--xpus", "0")]
    [InlineData("simulate", "--planes", "0")]
    [InlineData("simulate", "--threads", "0")]
    [InlineData("simulate", "--degrade-spines", "0")]
    [InlineData("simulate", "--linkspeed-gbps", "0")]
    [InlineData("faults", "--runs", "0")]
    [InlineData("faults", "--years", "0")]
    [InlineData("compare", "--seeds", "0")]
    [InlineData("interconnect", "--rate-gbps", "0")]
    public void RefusesAZeroThatWouldMeanTheDefault(string command, string name, string text) => Refused(command, name, text);

    [Theory]
    [InlineData("4mib")]
    [InlineData("4MiB")]
    [InlineData("4 MiB")]
    [InlineData("1KB")]
    [InlineData("4096")]
    public void SizesHaveOneGrammar(string text)
    {
        int seen = 0;
        foreach ((string command, Option option) in Walk(RootOfCommands.Create(), ""))
        {
            if (option is CheckedOption<long?> && option.Name == "--size")
            {
                seen++;
                RootOfCommands.Create().Parse([command, "a.yaml", option.Name, text]).Errors.ShouldBeEmpty(command);
            }
        }

        seen.ShouldBe(4);
    }

    [Fact]
    public void ADefaultIsWithinItsOwnRange()
    {
        foreach ((string command, Option option) in Walk(RootOfCommands.Create(), ""))
        {
            string help = option.Description ?? "";
            int at = help.LastIndexOf("; default ", StringComparison.Ordinal);
            if (at >= 0)
            {
                string usual = help[(at + 10)..^1].Replace(",", "", StringComparison.Ordinal);
                RootOfCommands
                    .Create()
                    .Parse([.. command.Split(' '), option.Name, usual])
                    .Errors.ShouldNotContain(e => e.Message.StartsWith(option.Name, StringComparison.Ordinal), $"{command} {help}");
            }
        }
    }

    private static void Refused(string command, string name, string text)
    {
        string[] messages =
        [
            .. RootOfCommands
                .Create()
                .Parse([.. command.Split(' '), name, text])
                .Errors.Select(e => e.Message)
                .Where(m => m.StartsWith(name, StringComparison.Ordinal)),
        ];
        messages.ShouldHaveSingleItem($"{command} {name} '{text}'").ShouldContain(" must be ");
    }

    private static bool TakesValue(Option option) =>
        option.ValueType != typeof(bool) && option is not System.CommandLine.Help.HelpOption and not VersionOption;

    private static Option Find(string command, string name) =>
        Walk(RootOfCommands.Create(), "").Single(o => o.Command == command && o.Option.Name == name).Option;

    private static IEnumerable<(string Command, Option Option)> Walk(Command command, string path)
    {
        foreach (Option option in command.Options)
        {
            yield return (path, option);
        }

        foreach (Command below in command.Subcommands)
        {
            foreach ((string, Option) found in Walk(below, $"{path} {below.Name}".Trim()))
            {
                yield return found;
            }
        }
    }
}
