using Lightloom.Cli.Output;
using Lightloom.Report;
using Lightloom.Simulation.Measurement;
using Lightloom.Simulation.Model;
using Lightloom.Units;
using Spectre.Console;

namespace Lightloom.Cli;

/// <summary>
/// A simulation on a terminal, in the order in which a person asks: did it reach line rate, what held it back, what are the figures.
/// </summary>
public static class SimulationSummary
{
    /// <summary>Prints to standard output.</summary>
    /// <param name="title">What ran, in a few words.</param>
    /// <param name="report">The run's figures.</param>
    /// <param name="result">The run's result.</param>
    public static void Print(string title, SimulationReport report, SimulationResult result)
    {
        IAnsiConsole console = Terminal.Out();
        Findings findings = report.Findings;
        console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        Wrapped(console, "", report.Title, "grey");
        console.WriteLine();
        string colour =
            findings.IsFailure ? "red"
            : findings.Obstacle == Obstacle.None || findings.IsIdle ? "green"
            : "yellow";
        Wrapped(console, "", findings.Headline, "bold " + colour);
        IReadOnlyList<string> reasons = findings.Reasons();
        for (int i = 0; i < reasons.Count; i++)
        {
            Wrapped(console, i == 0 ? "held back by" : " ", reasons[i]);
        }

        console.WriteLine();
        foreach ((string name, string text) in report.Summary())
        {
            Wrapped(console, name, text);
        }

        Wrapped(console, "engine", report.EngineWords);
        foreach (string note in result.Notes)
        {
            Wrapped(console, "note", note, "grey");
        }
    }

    /// <summary>Says which files were written, on standard output.</summary>
    public static void Written(string directory, IReadOnlyList<string> files) =>
        Terminal.Out().MarkupLine($"[grey]Written to[/] {Markup.Escape(directory)}: {Markup.Escape(string.Join(", ", files))}");

    // A name, and text that wraps in its own column. Where nobody looks the text stays one line, for those who search in it.
    private static void Wrapped(IAnsiConsole console, string name, string text, string style = "default")
    {
        const int NameWidth = 13;
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine(name.Length == 0 ? text : $"  {name.PadRight(NameWidth)}{text}");
            return;
        }

        string indent = name.Length == 0 ? "" : new string(' ', NameWidth + 2);
        int room = console.Profile.Width - indent.Length - 1;
        string head = name.Length == 0 ? "" : $"  [grey]{Markup.Escape(name.PadRight(NameWidth))}[/]";
        int at = 0;
        while (at < text.Length)
        {
            int end = text.Length - at <= room ? text.Length : text.LastIndexOf(' ', at + room, room);
            end = end <= at ? Math.Min(text.Length, at + room) : end;
            console.Write(
                new Markup((at == 0 ? head : indent) + $"[{style}]{Markup.Escape(text[at..end])}[/]\n") { Overflow = Overflow.Fold }
            );
            at = end;
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
        }
    }
}
