using Spectre.Console;

namespace Lightloom.Cli.Output;

/// <summary>The console that commands print tables to: colours on a terminal only, NO_COLOR honoured, at most 100 columns.</summary>
public static class Terminal
{
    /// <summary>The widest line.</summary>
    public const int Width = 100;

    // The console wraps what it is given, so that its writers cannot be told by their type.
    private static Guarding? _output;
    private static Guarding? _error;

    /// <summary>A console over standard output.</summary>
    public static IAnsiConsole Out()
    {
        bool plain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(
            new()
            {
                Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Out = new AnsiConsoleOutput(Raw(Console.Out)),
            }
        );
        console.Pipeline.Attach(new PlainRendering());
        console.Profile.Width = Console.IsOutputRedirected ? Width : Math.Clamp(WindowWidth(), 40, Width);
        return console;
    }

    /// <summary>
    /// Makes standard output and standard error safe for names from files: no control character reaches the terminal but our own.
    /// </summary>
    public static void Guard()
    {
        if (_output is not { } output || !ReferenceEquals(output.Guarded, Console.Out))
        {
            TextWriter inner = Console.Out;
            Console.SetOut(new PlainWriter(inner));
            _output = new(Console.Out, inner);
        }

        if (_error is not { } error || !ReferenceEquals(error.Guarded, Console.Error))
        {
            TextWriter inner = Console.Error;
            Console.SetError(new PlainWriter(inner));
            _error = new(Console.Error, inner);
        }
    }

    /// <summary>The writer for what the command line itself does to a terminal, such as colours and progress.</summary>
    public static TextWriter Raw(TextWriter writer) =>
        ReferenceEquals(writer, _output?.Guarded) ? _output.Inner
        : ReferenceEquals(writer, _error?.Guarded) ? _error.Inner
        : writer is PlainWriter plain ? plain.Inner
        : writer;

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

    private sealed record Guarding(TextWriter Guarded, TextWriter Inner);
}
