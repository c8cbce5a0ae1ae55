namespace Lightloom.Traces.Formats;

/// <summary>Formats of traces and of other simulators' networks.</summary>
public enum TraceFormat
{
    /// <summary>Nothing that is known.</summary>
    Unknown,

    /// <summary>Chakra execution traces, one protobuf file a rank.</summary>
    Chakra,

    /// <summary>GOAL schedules as text.</summary>
    Goal,

    /// <summary>GOAL schedules as LogGOPSim reads them.</summary>
    GoalBinary,

    /// <summary>SimAI's and ASTRA-sim's workload, a line a layer.</summary>
    SimaiWorkload,

    /// <summary>SimAI's and ASTRA-sim's ns-3 topology.</summary>
    SimaiTopology,

    /// <summary>ASTRA-sim's network in YAML.</summary>
    AstraNetwork,

    /// <summary>JSON: ASTRA-sim's system, its communicator groups or a logical topology.</summary>
    Json,

    /// <summary>htsim's topology.</summary>
    HtsimTopology,

    /// <summary>htsim's connection matrix.</summary>
    HtsimMatrix,
}
