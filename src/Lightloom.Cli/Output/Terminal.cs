using Spectre.Console;

namespace Lightloom.Cli.Output;

/// <summary>The console that commands print tables to: colours on a terminal only, NO_COLOR honoured, at most 100 columns.</summary>
public static class Terminal
{
    /// <summary>The widest line.</summary>
    public const int Width = 100;

    /// <summary>A console over standard output.</summary>
    public static IAnsiConsole Out()
    {
        bool plain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(
            new()
            {
                Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Out = new AnsiConsoleOutput(Console.Out),
            }
        );
        console.Profile.Width = Console.IsOutputRedirected ? Width : Math.Clamp(WindowWidth(), 40, Width);
        return console;
    }

    /// <summary>Columns of the terminal that progress is shown on; 80 when it does not say.</summary>
    public static int ErrorWidth() => WindowWidth(80);

    // A terminal may not know its width, under a debugger for example.
    private static int WindowWidth(int otherwise = Width)
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }
}
