using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Switching;

/// <summary>
/// The constants of a run's transport: what was given, else the preset's, else the default, each carried to this network's line rate and
/// round trip. Immutable.
/// </summary>
internal sealed class TransportValues
{
    private readonly IReadOnlyDictionary<string, double> _given;
    private readonly TransportPreset? _preset;
    private readonly double _lineRate;
    private readonly double _portRate;
    private readonly long _roundTrip;
    private readonly int _mtu;

    /// <param name="transport">The run's transport.</param>
    /// <param name="options">What was given.</param>
    /// <param name="lineRate">What one congestion state steers, in bits a second.</param>
    /// <param name="portRate">A host's port, in bits a second: its queue is what packets are counted in.</param>
    /// <param name="roundTrip">The largest round trip through empty queues, in picoseconds.</param>
    public TransportValues(TransportDescription transport, SimulationOptions options, double lineRate, double portRate, long roundTrip)
    {
        _portRate = portRate;
        _given = options.TransportOptions;
        _preset = options.Preset is { } name ? transport.PresetOf(name) : null;
        _lineRate = lineRate;
        _roundTrip = roundTrip;
        _mtu = options.MtuBytes;
    }

    /// <summary>Whether the user or the preset says so.</summary>
    public bool IsSet(TransportOption option) => _given.ContainsKey(option.Name) || OfPreset(option) is not null;

    /// <summary>What the value in force grows with; a value that was given is for the hosts' rate, as its option's default is.</summary>
    public ValueScale ScaleOf(TransportOption option) =>
        !_given.ContainsKey(option.Name) && OfPreset(option) is { } published ? published.Scale : option.Scale;

    /// <summary>In the option's unit.</summary>
    public double this[TransportOption option] => In(option, _lineRate);

    /// <summary>
    /// The same for a host's port in place of the whole line that one congestion state steers: a queue belongs to a port, so its thresholds
    /// grow with the port's rate.
    /// </summary>
    public double AtPort(TransportOption option) => In(option, _portRate);

    private double In(TransportOption option, double lineRate) =>
        _given.TryGetValue(option.Name, out double given) ? given
        : OfPreset(option) is { } published ? Carried(published.Figure, published.Scale, lineRate)
        : Carried(option.Default, option.Scale, lineRate);

    /// <summary>A time in picoseconds.</summary>
    public long Picoseconds(TransportOption option) => (long)Math.Round(this[option] * 1e6);

    /// <summary>A rate as bytes a picosecond.</summary>
    public double BytesAPicosecond(TransportOption option) => this[option] * 1e6 / 8e12;

    private PresetValue? OfPreset(TransportOption option) => _preset?.Values.FirstOrDefault(v => v.Option.Name == option.Name);

    private double Carried(double figure, ValueScale scale, double lineRate) =>
        scale switch
        {
            ValueScale.LineRate => figure * (lineRate / 100e9),
            // In the unit of the option: a time is in microseconds.
            ValueScale.RoundTrip => figure * (_roundTrip / 1e6),
            ValueScale.BandwidthDelay => figure * (lineRate / 8 * _roundTrip * 1e-12),
            ValueScale.BandwidthDelayPackets => Math.Ceiling(figure * Math.Ceiling(_roundTrip * 1e-12 * (_portRate / 8) / _mtu)) * _mtu,
            _ => figure,
        };
}
