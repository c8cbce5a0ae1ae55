using Lightloom.Simulation.Model;
using Spectre.Console;

namespace Lightloom.Cli.Output;

/// <summary>The transports' constants and published sets, for a terminal.</summary>
internal static class TransportOptionsTable
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    /// <summary>Writes each transport's options, then its presets.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<TransportDescription> transports)
    {
        foreach (TransportDescription transport in transports)
        {
            console.Write(new Text($"{transport.Name}: {transport.Help}\n", Strong));
            foreach (TransportOption option in transport.Options)
            {
                Say(console, 2, $"{option.Name} = {option.DefaultText}   [{option.Range}{(option.Whole ? ", whole" : "")}]");
                Say(console, 6, $"{option.Help}; {option.Source}");
            }

            foreach (TransportPreset preset in transport.Presets)
            {
                Say(console, 2, $"--preset {preset.Name}: {preset.Help}");
                Say(console, 6, string.Join(", ", preset.Values.Select(v => $"{v.Option.Name} {v.Option.Words(v.Figure, v.Scale)}")));
                Say(console, 6, preset.Source);
            }

            if (transport.Options.Count == 0)
            {
                Say(console, 2, "no option");
            }

            console.WriteLine();
        }
    }

    private static void Say(IAnsiConsole console, int indent, string text) =>
        console.Write(new Padder(new Text(text), new(indent, 0, 0, 0)));
}
