using System.CommandLine;
using Lightloom.Diagnostics;
using Lightloom.Experiments;
using Lightloom.Report;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Yaml;

namespace Lightloom.Cli;

/// <summary>Runs a command and turns whatever happens into the exit codes of <see cref="ExitCode"/>.</summary>
public static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="commands">Makes the commands; not asked where none is needed.</param>
    public static int Run(string[] args, Func<Command> commands)
    {
        try
        {
            // Asked often by scripts, so it is answered before anything is loaded.
            if (args is ["--version"])
            {
                Console.Out.WriteLine(Product.Version);
                return ExitCode.Done;
            }

            return Parsed(commands().Parse(args));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("lightloom: stopped; nothing half-written was left");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (TooLarge(e) is { } why)
        {
            Console.Error.WriteLine("lightloom: " + why);
            return ExitCode.Infeasible;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk behind standard output ends here as well.
            Console.Error.WriteLine($"lightloom: {e.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"lightloom: a defect of Lightloom itself, please report it: {e}");
            return ExitCode.Defect;
        }
    }

    // Runs that go on side by side throw theirs together.
    private static string? TooLarge(Exception e) =>
        e switch
        {
            TooLargeException => e.Message,
            OutOfMemoryException => "out of memory; take fewer XPUs or a machine with more memory",
            AggregateException several => several.InnerExceptions.Select(TooLarge).FirstOrDefault(t => t is not null),
            _ => null,
        };

    private static int Parsed(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            // Stages look for cancellation every few tenths of a second. On a busy machine they are given longer, as being cut off would leave
            // a partial folder behind until the next run.
            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
        }

        if (WithoutCommand(parsed) is { } message)
        {
            Console.Error.WriteLine("lightloom: see 'lightloom --help'");
            return Misused(message);
        }

        foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
        {
            Console.Error.WriteLine($"lightloom: {error.Message}");
        }

        // A value out of its range has said what it may be; help would only repeat that.
        if (!parsed.Errors.All(e => e.Message.StartsWith("--", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine("lightloom: see 'lightloom --help', or --help after a command");
        }

        return ExitCode.BadCommandLine;
    }

    /// <summary>Says what is wrong with the command line.</summary>
    public static int Misused(string message) => Misused(message, Console.Error);

    /// <summary>Says what is wrong with the command line, to <paramref name="errors"/>.</summary>
    public static int Misused(string message, TextWriter errors)
    {
        errors.WriteLine($"lightloom: {message}");
        return ExitCode.BadCommandLine;
    }

    // The parser says that a command is required, and calls each word unrecognised.
    private static string? WithoutCommand(ParseResult parsed)
    {
        if (parsed.CommandResult.Parent is not null)
        {
            return null;
        }

        string[] commands = [.. parsed.CommandResult.Command.Subcommands.Select(c => c.Name)];
        string choice = $"commands are {string.Join(", ", commands)}";
        return parsed.Tokens.FirstOrDefault(t => !t.Value.StartsWith('-'))?.Value is { } word
            ? $"there is no command '{PlainText.Of(word)}'{Nearest.Suggestion(word, commands, "; " + choice)}"
            : "name a command; " + choice;
    }

    /// <summary>Says what the engine did not accept.</summary>
    public static int Misused(RefusedException e) => Misused(e.Message);

    /// <summary>Writes what a reader of htsim's files found to standard error, one a line; the exit code of wrong input.</summary>
    public static int Report(IEnumerable<SourceDiagnostic> diagnostics)
    {
        foreach (SourceDiagnostic diagnostic in diagnostics)
        {
            Console.Error.WriteLine(diagnostic.ToString());
        }

        return ExitCode.BadInput;
    }

    /// <summary>Writes diagnostics to standard error, one a line; the exit code that they mean.</summary>
    public static int Report(IEnumerable<Diagnostic> diagnostics, Severity least)
    {
        bool errors = false,
            onlyInfeasible = true;
        foreach (Diagnostic d in diagnostics)
        {
            if (d.Severity >= least)
            {
                Console.Error.WriteLine(d.ToString());
            }

            if (d.Severity == Severity.Error)
            {
                errors = true;
                onlyInfeasible &= Design.Designer.MeansInfeasible(d.Id);
            }
        }

        return !errors ? ExitCode.Done
            : onlyInfeasible ? ExitCode.Infeasible
            : ExitCode.BadInput;
    }
}
