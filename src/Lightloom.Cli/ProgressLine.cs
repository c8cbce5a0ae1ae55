using System.Diagnostics;
using Lightloom.Design;
using Lightloom.Report;
using Lightloom.Report.Files;

namespace Lightloom.Cli;

/// <summary>One line of progress on standard error, on a terminal only, and only for work of more than a second.</summary>
public sealed class ProgressLine : IProgress<DesignStage>, IProgress<FileProgress>, IDisposable
{
    private readonly bool _enabled = !Console.IsErrorRedirected;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Timer? _timer;
    private string _text = "";
    private double _fraction;
    private bool _shown;

    /// <summary>Starts the clock.</summary>
    public ProgressLine()
    {
        if (_enabled)
        {
            _timer = new(_ => Show(), null, 1000, 200);
        }
    }

    /// <inheritdoc/>
    public void Report(DesignStage value) => Set(value.Name, value.Fraction);

    /// <inheritdoc/>
    public void Report(FileProgress value) => Set("writing " + value.File, value.Fraction);

    /// <summary>
    /// The same line for one of several stages of a command: its shares lie between two of the whole, and never fall, in whatever order
    /// several threads report.
    /// </summary>
    /// <param name="from">Share of the whole at which the stage begins.</param>
    /// <param name="to">Share at which it ends.</param>
    public IProgress<DesignStage> Part(double from, double to) => new PartOf(this, from, to);

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _timer?.Change(Timeout.Infinite, Timeout.Infinite);
            if (_shown)
            {
                Output.Terminal.Raw(Console.Error).Write("\r\u001b[2K");
                _shown = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        _timer?.Dispose();
    }

    private sealed class PartOf(ProgressLine line, double from, double to) : IProgress<DesignStage>
    {
        private readonly Lock _gate = new();
        private double _most;

        public void Report(DesignStage value)
        {
            lock (_gate)
            {
                _most = Math.Max(_most, Math.Clamp(value.Fraction, 0, 1));
                line.Set(value.Name, from + ((to - from) * _most));
            }
        }
    }

    private void Set(string text, double fraction)
    {
        ProgressFeed.Say(fraction, text);
        lock (_gate)
        {
            _text = text;
            _fraction = Math.Clamp(fraction, 0, 1);
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            int full = (int)(_fraction * 24);
            double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            string line = FormattableString.Invariant(
                $"[{new string('#', full)}{new string('.', 24 - full)}] {_fraction * 100, 3:0} %  {seconds:0.0} s  {_text}"
            );
            // A line that wraps cannot be taken back.
            int most = Output.Terminal.ErrorWidth() - 1;
            Output.Terminal.Raw(Console.Error).Write("\r\u001b[2K" + PlainText.Line(line.Length > most ? line[..most] : line));
            _shown = true;
        }
    }
}
