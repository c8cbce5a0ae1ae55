using System.Text;
using System.Text.Json;

namespace Lightloom.Cli;

/// <summary>
/// Progress for a program that started this one: lines of JSON on standard error, each behind a mark that no other line begins with. The
/// Studio asks for it by an environment variable. Such a program also holds standard input open; when that ends, so does this one.
/// </summary>
public static class ProgressFeed
{
    /// <summary>The environment variable that asks for it.</summary>
    public const string Variable = "LIGHTLOOM_PROGRESS";

    private const char Mark = '\u001e';
    private static readonly Lock Gate = new();
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static long _last;

    /// <summary>True when it is asked for.</summary>
    public static bool Wanted { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Ends this program when standard input ends, as it does when whoever started it is killed.</summary>
    public static void EndWithStarter()
    {
        if (!Wanted || !Console.IsInputRedirected)
        {
            return;
        }

        Thread watch = new(() =>
        {
            using Stream input = Console.OpenStandardInput();
            byte[] buffer = new byte[64];
            while (input.Read(buffer) > 0) { }

            Environment.Exit(ExitCode.Interrupted);
        })
        {
            IsBackground = true,
            Name = "starter",
        };
        watch.Start();
    }

    /// <summary>Says how far the work is, a few times a second at most.</summary>
    /// <param name="share">Done so far, 0 to 1.</param>
    /// <param name="text">What is being done.</param>
    /// <param name="series">Figures at this moment, by name.</param>
    public static void Say(double share, string text, params ReadOnlySpan<(string Name, double Value)> series)
    {
        if (!Wanted)
        {
            return;
        }

        lock (Gate)
        {
            long now = Environment.TickCount64;
            if (_last != 0 && now - _last < Pause.TotalMilliseconds)
            {
                return;
            }

            _last = now;
            using MemoryStream stream = new();
            using (Utf8JsonWriter json = new(stream))
            {
                json.WriteStartObject();
                json.WriteNumber("share", double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0);
                json.WriteString("text", text);
                if (series.Length > 0)
                {
                    json.WriteStartObject("series");
                    foreach ((string name, double value) in series)
                    {
                        if (double.IsFinite(value))
                        {
                            json.WriteNumber(name, value);
                        }
                    }

                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            // Past the guard of standard error, which replaces such marks in what people read.
            using Stream error = Console.OpenStandardError();
            error.Write(Encoding.UTF8.GetBytes(Mark + Encoding.UTF8.GetString(stream.ToArray()) + "\n"));
        }
    }
}
