namespace Lightloom.Experiments.Compare;

/// <summary>What a column made of a scenario; medians over the seeds. Immutable.</summary>
public sealed record Outcome
{
    /// <summary>From the start to the end of the last counted flow, in microseconds: the collective's time.</summary>
    public required double TimeUs { get; init; }

    /// <summary>The same by seed.</summary>
    public required IReadOnlyList<double> TimesUs { get; init; }

    /// <summary>No network could be faster, in microseconds: the busiest card's payload at its rate.</summary>
    public required double BoundUs { get; init; }

    /// <summary>Payload of the busiest card over what its rate carries in that time, 0 to 1.</summary>
    public double Utilisation => TimeUs > 0 ? Math.Min(1, BoundUs / TimeUs) : 0;

    /// <summary>Completion of the counted flows, in microseconds: the median, the 99th percentile and the slowest.</summary>
    public required (double P50, double P99, double Max) FctUs { get; init; }

    /// <summary>One-way delay of packets, in microseconds: the 99th percentile.</summary>
    public required double LatencyP99Us { get; init; }

    /// <summary>Most bytes in one queue of a switch: an output queue, or a virtual output queue of a cell fabric.</summary>
    public required long BufferPeakBytes { get; init; }

    /// <summary>Packets lost, whatever became of them later.</summary>
    public required long Lost { get; init; }

    /// <summary>Packets whose payload was cut off by a full queue.</summary>
    public required long Trimmed { get; init; }

    /// <summary>Packets sent again.</summary>
    public required long Retransmitted { get; init; }

    /// <summary>Packets sent.</summary>
    public required long Sent { get; init; }

    /// <summary>Counted flows that did not finish.</summary>
    public required int Unfinished { get; init; }

    /// <summary>How the scenario was made on this network.</summary>
    public string Note { get; init; } = "";

    /// <summary>Hash of all results, one a seed.</summary>
    public required IReadOnlyList<string> ResultHashes { get; init; }

    /// <summary>Why there are no figures; empty when there are.</summary>
    public string Reason { get; init; } = "";

    /// <summary>An outcome without figures.</summary>
    public static Outcome None(string reason) =>
        new()
        {
            TimeUs = 0,
            TimesUs = [],
            BoundUs = 0,
            FctUs = default,
            LatencyP99Us = 0,
            BufferPeakBytes = 0,
            Lost = 0,
            Trimmed = 0,
            Retransmitted = 0,
            Sent = 0,
            Unfinished = 0,
            ResultHashes = [],
            Reason = reason,
        };

    /// <summary>True when there are figures and every counted flow finished.</summary>
    public bool IsGood => Reason.Length == 0 && Unfinished == 0;
}
