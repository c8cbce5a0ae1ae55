using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Experiments;

/// <summary>
/// Constants of a transport as somebody wrote them: <c>NAME=VALUE</c> each, and the name of a published set. Whether they are right depends
/// on the transport of the run, so it is said there. Immutable.
/// </summary>
/// <param name="Texts"><c>NAME=VALUE</c>, each in its option's unit; bytes also with a unit, <c>100KB</c>.</param>
/// <param name="Preset">A published set, or null for the defaults.</param>
public sealed record TransportConstants(IReadOnlyList<string> Texts, string? Preset)
{
    /// <summary>What every such text must be.</summary>
    public const string Grammar = "NAME=VALUE, for example g=0.004; simulate --list-options shows the names";

    /// <summary>Nothing: the defaults.</summary>
    public static TransportConstants None { get; } = new([], null);

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsOne(string text) => text.Split('=') is [{ Length: > 0 }, { Length: > 0 }];

    /// <summary>The engine's options with these constants for their transport.</summary>
    /// <exception cref="RefusedException">
    /// The transport has no such option or preset, a value is none or out of range, or <c>--ecn-bytes</c> says the same thing.
    /// </exception>
    public SimulationOptions On(SimulationOptions options)
    {
        TransportDescription transport = Transports.Find(options.Transport);
        var given = new Dictionary<string, double>();
        foreach (string text in Texts)
        {
            (TransportOption option, double value) = Read(text, transport);
            if (!given.TryAdd(option.Name, value))
            {
                throw new RefusedException($"--transport-option {option.Name} is given twice");
            }

            if (options.EcnLow is not null && option.Name is "kmin-bytes" or "kmax-bytes")
            {
                throw new RefusedException($"--ecn-bytes and --transport-option {option.Name} both set the marking thresholds; give one");
            }
        }

        TransportPreset? preset = Preset is { } set ? Named(set, transport) : null;
        foreach (string name in given.Keys)
        {
            if (transport.OptionOf(name)!.OnlyWith is not { } needed)
            {
                continue;
            }

            double on = given.TryGetValue(needed.Name, out double own)
                ? own
                : preset?.Values.FirstOrDefault(v => v.Option.Name == needed.Name)?.Figure ?? needed.Default;
            if (on == 0)
            {
                throw new RefusedException(
                    $"--transport-option {name} changes nothing here: it is for {needed.Name}=1; add --transport-option {needed.Name}=1"
                );
            }
        }

        return options with
        {
            TransportOptions = given,
            Preset = preset?.Name,
        };
    }

    /// <summary>
    /// These as uet-htsim's, whose topology and connections are run: where receivers deal credit, messages that have arrived go on to draw it,
    /// unless something else was given.
    /// </summary>
    /// <param name="transport">The transport of the run.</param>
    public TransportConstants AsInHtsim(TransportDescription transport)
    {
        string name = Transports.LateCredit.Name;
        return transport.OptionOf(name) is null || Texts.Any(t => NameOf(t) == name) ? this : this with { Texts = [.. Texts, name + "=1"] };
    }

    /// <summary>The part of these that a transport has.</summary>
    public TransportConstants For(TransportDescription transport) =>
        new(
            [.. Texts.Where(t => transport.OptionOf(NameOf(t)) is not null)],
            Preset is { } p && transport.PresetOf(p) is not null ? p : null
        );

    /// <summary>Says so when none of several transports has one of these.</summary>
    /// <exception cref="RefusedException">A name belongs to none of them.</exception>
    public void CheckAgainst(IReadOnlyList<TransportDescription> transports)
    {
        foreach (string text in Texts.Where(t => transports.All(d => d.OptionOf(NameOf(t)) is null)))
        {
            throw Unknown(NameOf(text), transports);
        }

        if (Preset is { } preset && transports.All(d => d.PresetOf(preset) is null))
        {
            throw UnknownPreset(preset, transports);
        }
    }

    private static string NameOf(string text) => text.Split('=')[0].Trim();

    private static (TransportOption Option, double Value) Read(string text, TransportDescription transport)
    {
        if (!IsOne(text))
        {
            throw new RefusedException($"--transport-option '{Excerpt.Of(text)}' must be {Grammar}");
        }

        TransportOption option = transport.OptionOf(NameOf(text)) ?? throw Unknown(NameOf(text), [transport]);
        string written = text.Split('=')[1].Trim();
        if (!TryNumber(written, option.Unit, out double value) || !option.Takes(value))
        {
            // What is no number has no nearest value; the list of options says what holds without it.
            string nearest = double.IsNaN(value)
                ? "simulate --list-options says what holds otherwise"
                : "the nearest is " + option.Nearest(value).ToString("0.########", CultureInfo.InvariantCulture);
            throw new RefusedException(
                $"--transport-option {option.Name}={Excerpt.Of(written)}: {option.Name} of {transport.Name} takes "
                    + $"{(option.Whole ? "a whole number, " : "")}{option.Range}; {nearest}"
            );
        }

        return (option, value);
    }

    private static bool TryNumber(string text, string unit, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value))
        {
            return true;
        }

        bool size = unit == "bytes" & DataSize.TryParse(text, out DataSize read);
        value = size ? read.Bytes : double.NaN;
        return size;
    }

    private static TransportPreset Named(string name, TransportDescription transport) =>
        transport.PresetOf(name) ?? throw UnknownPreset(name, [transport]);

    private static RefusedException Unknown(string name, IReadOnlyList<TransportDescription> transports)
    {
        string[] others = [.. Transports.All.Where(t => t.OptionOf(name) is not null).Select(t => t.Name)];
        return others.Length > 0
            ? new($"--transport-option {name} is for {string.Join(", ", others)}; this run's transport is {Names(transports)}")
            : new(
                $"--transport-option '{Excerpt.Of(name)}': {Names(transports)} has no such option"
                    + Nearest.Suggestion(
                        name,
                        transports.SelectMany(t => t.Options.Select(o => o.Name)),
                        "; `lightloom simulate --list-options` shows them"
                    )
            );
    }

    private static RefusedException UnknownPreset(string name, IReadOnlyList<TransportDescription> transports)
    {
        TransportDescription? other = Transports.All.FirstOrDefault(t => t.PresetOf(name) is not null);
        return other is not null
            ? new($"--preset {name} is for {other.Name}; this run's transport is {Names(transports)}; add --transport {other.Name}")
            : new(
                $"there is no preset '{Excerpt.Of(name)}'"
                    + Nearest.Suggestion(
                        name,
                        Transports.All.SelectMany(t => t.Presets.Select(p => p.Name)),
                        "; `lightloom simulate --list-options` shows them"
                    )
            );
    }

    private static string Names(IReadOnlyList<TransportDescription> transports) =>
        string.Join(", ", transports.Select(t => t.Name).Distinct());
}
