using System.Globalization;
using Lightloom.Simulation.Model;

namespace Lightloom.Cli;

/// <summary>
/// One line on a terminal while a simulation runs: simulated time, flows done, hops a second, time left; as much of it as fits. Nothing
/// anywhere else.
/// </summary>
public sealed class SimulationProgress : IDisposable
{
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private TimeSpan _shown;
    private bool _any;

    /// <summary>Shows how far the run is, a few times a second at most.</summary>
    public void Show(RunProgress progress)
    {
        ProgressFeed.Say(
            progress.Flows == 0 ? 0 : (double)progress.FlowsFinished / progress.Flows,
            "simulating",
            ("simulated_us", progress.SimulatedTime.Microseconds),
            ("flows_finished", progress.FlowsFinished),
            ("flows", progress.Flows),
            ("packet_hops", progress.PacketHops),
            ("wall_s", progress.WallTime.TotalSeconds)
        );
        if (!_terminal || (progress.WallTime - _shown).TotalSeconds < 0.2)
        {
            return;
        }

        _shown = progress.WallTime;
        _any = true;
        Output.Terminal.Raw(Console.Error).Write("\r\u001b[2K" + Line(progress, Output.Terminal.ErrorWidth()));
    }

    /// <summary>The line for a terminal of a width: never so long that it wraps, as a wrapped line cannot be taken back.</summary>
    internal static string Line(RunProgress progress, int width)
    {
        double share = progress.Flows == 0 ? 1 : (double)progress.FlowsFinished / progress.Flows;
        string[] parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{share * 100, 3:0} %"),
            string.Create(CultureInfo.InvariantCulture, $"  {progress.SimulatedTime.Microseconds:#,0.0} us"),
            string.Create(CultureInfo.InvariantCulture, $"  {progress.FlowsFinished:#,0} of {progress.Flows:#,0} flows"),
            share > 0.02
                ? string.Create(CultureInfo.InvariantCulture, $"  {progress.WallTime.TotalSeconds * (1 - share) / share:0} s left")
                : "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {progress.PacketHops / Math.Max(1e-9, progress.WallTime.TotalSeconds) / 1e6:0.0} M hops/s"
            ),
        ];
        string text = "";
        foreach (string part in parts)
        {
            if (text.Length + part.Length < width)
            {
                text += part;
            }
        }

        int bar = Math.Min(30, width - text.Length - 4);
        if (bar < 5)
        {
            return text;
        }

        int full = (int)(share * bar);
        return $"[{new string('#', full)}{new string('.', bar - full)}] {text}";
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        if (_any)
        {
            Output.Terminal.Raw(Console.Error).Write("\r\u001b[2K");
            _any = false;
        }
    }
}
