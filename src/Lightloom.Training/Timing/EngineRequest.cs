using Lightloom.Simulation.Model;

namespace Lightloom.Training.Timing;

/// <summary>How the collectives of a step are to be timed. Immutable.</summary>
public sealed record EngineRequest
{
    /// <summary>In closed form on the design's figures.</summary>
    public const string ClosedForm = "closed-form";

    /// <summary>By max-min fair rates on the designed network.</summary>
    public const string Fluid = "fluid";

    /// <summary>By every packet.</summary>
    public const string Packet = "packet";

    /// <summary>By packets until rates are steady.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>As ASTRA-sim's analytical backend says.</summary>
    public const string Astra = "astra";

    /// <summary>As SimAI's analytical mode says.</summary>
    public const string Simai = "simai";

    /// <summary>One of the words above.</summary>
    public string Name { get; init; } = ClosedForm;

    /// <summary>Threads of the packet engine, at least 1; answers are the same on any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seed of everything random in packets.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Minutes that packets may take by estimate, above 0; what would take longer is refused before it is run.</summary>
    public double Minutes { get; init; } = 30;

    /// <summary>Told now and then how far a run of packets is, or null.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Whether packets are run.</summary>
    public bool RunsPackets => Name is Packet or Hybrid;

    /// <summary>Whether another simulator's closed form answers.</summary>
    public bool IsForeign => Name is Astra or Simai;
}
