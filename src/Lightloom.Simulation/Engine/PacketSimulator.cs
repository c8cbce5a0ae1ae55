using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;
using Lightloom.Units;

namespace Lightloom.Simulation.Engine;

/// <summary>
/// Runs traffic on a network, packet by packet. The composition root of the engine: <see cref="Run"/> is all that the rest of Lightloom
/// calls.
/// </summary>
public static class PacketSimulator
{
    /// <summary>
    /// Runs until every packet has come to rest, the end that the options name, or cancellation; what is known then is the result.
    /// </summary>
    /// <exception cref="RefusedException">The options or the traffic do not fit the network.</exception>
    public static SimulationResult Run(
        NetworkDescription network,
        TrafficDescription traffic,
        SimulationOptions options,
        Action<RunProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        Check(options);
        using var run = new PacketRun(options.Cells?.Timed(network) ?? network, traffic, options);
        return run.Run(progress, cancellation);
    }

    private static void Check(SimulationOptions options)
    {
        static void Require(bool holds, string message)
        {
            if (!holds)
            {
                throw new RefusedException(message);
            }
        }
        Require(
            BitOperations.IsPow2(options.Paths) && options.Paths is > 0 and <= 65536,
            "the number of paths must be a power of two from 1 to 65536"
        );
        TransportDescription transport = Transports.Find(options.Transport);
        Require(
            options.Preset is null || transport.PresetOf(options.Preset) is not null,
            $"{transport.Name} has no preset '{options.Preset}'"
        );
        foreach ((string name, double value) in options.TransportOptions)
        {
            Require(
                transport.OptionOf(name) is { } option && option.Name == name && option.Takes(value),
                $"{transport.Name} has no option {name}={value.ToString(CultureInfo.InvariantCulture)}"
            );
        }
        _ = LoadBalancings.Find(options.LoadBalancing);
        Require(options.Mtu.Bytes is >= 64 and <= 32767, "the MTU must be 64 to 32767 bytes");
        Require(options.Header > DataSize.Zero && options.Header < options.Mtu, "the header must be smaller than the MTU");
        Require(
            options.Queue is null || options.Queue >= options.Mtu,
            $"--queue-bytes {options.QueueBytes} holds no packet of {options.Mtu.Bytes} bytes (--mtu); give {options.Mtu.Bytes} or more"
        );
        Require(options.QueueBytes <= 1 << 30, "a queue may not exceed 1 GiB");
        Require(
            options.EcnLow != DataSize.Zero && options.EcnHigh != DataSize.Zero && !(options.EcnHigh < options.EcnLow),
            "the marking thresholds must be positive, the lower one first"
        );
        Require(options.AckThreshold is not { Bytes: <= 0 }, "the acknowledgement threshold must be positive");
        Require(
            options.InitialWindow is null || options.InitialWindow >= options.Mtu,
            $"the initial window must hold one packet: {options.Mtu.Bytes} bytes at the least"
        );
        Require(options.PacketErrorRate is >= 0 and < 1, "the packet error rate must be in [0, 1)");
        Require(options.FrameGap.Bytes <= 1024, "the gap between frames must be 0 to 1024 bytes");
        options.Cells?.Check();
        Require(options.Threads is >= 1 and <= 256, "the number of threads must be 1 to 256");
        Require(options.End is null || options.End > SimTime.Zero, "the end must be after the start");
        const long longest = 1L << 60;
        Require(
            options.EndPicoseconds <= longest && options.DetectionPicoseconds <= longest && options.PeerUpdatePicoseconds <= longest,
            "a run may not last longer than 13 days of simulated time"
        );
        Require(options.TraceInterval is null || options.TraceInterval > SimTime.Zero, "the trace interval must be positive");
        Require(options.TraceSamples >= 2 && options.TraceLinks >= 0, "a trace needs room for two samples and no negative number of links");
        Require(options.DetectionPicoseconds >= 0, "the detection time may not be negative");
        Require(options.Classes.Count <= 8, "there may be at most 8 classes");
        Require(options.Classes.All(c => c.Weight is >= 1 and <= 1024), "a class's weight must be 1 to 1024");
        Require(options.Classes.All(c => c.Alpha is >= 1.0 / 128 and <= 64), "a class's alpha must be 1/128 to 64");
        Require(options.Classes.Select(c => c.Name).Distinct().Count() == options.Classes.Count, "two classes have one name");
        Require(
            options.SharedBuffer is null || options.SharedBuffer >= options.Mtu * 4,
            $"--buffer-bytes {options.SharedBufferBytes} holds no four packets of {options.Mtu.Bytes} bytes (--mtu); give "
                + $"{4 * options.Mtu.Bytes} or more"
        );
        Require(options.SharedBufferBytes <= 1 << 30, "a shared buffer may not exceed 1 GiB");
        Require(options.PauseAt != DataSize.Zero && options.ResumeAt != DataSize.Zero, "pauses must begin and end above zero bytes");
        Require(options.PauseAlpha is > 0 and <= 64, "the pause alpha must be positive and at most 64");
        Require(
            !options.HasClasses || options.FlowControl == FlowControl.None,
            "classes and shared buffers pause by class: give lossless classes instead of flow control"
        );
        Require(!options.HasClasses || options.Cells is null, "a cell fabric has queues of its own: no classes and no shared buffer there");
        Require(options.PeerUpdatePicoseconds >= 0, "the time to tell a peer may not be negative");
        Require(
            options.CongestionState == CongestionState.Global || Transports.Find(options.Transport).WindowPerPlane,
            "a congestion state for each plane is for transports whose senders keep a window: "
                + string.Join(", ", Transports.All.Where(t => t.WindowPerPlane).Select(t => t.Name))
        );
        foreach (Fault fault in options.Faults)
        {
            Require(
                fault.Time >= SimTime.Zero && fault.RateFraction is >= 0 and <= 1,
                "a fault needs a time of at least 0 and a rate fraction in [0, 1]"
            );
        }
    }
}
