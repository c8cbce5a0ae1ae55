using Lightloom.Units;

namespace Lightloom.Simulation.Collectives;

/// <summary>Ranks as NCCL's tuner sees them: nodes, and the rates that its rings find inside and between them. Immutable.</summary>
public sealed record NcclGroup
{
    /// <summary>Ranks in all, at least 2, evenly over the nodes.</summary>
    public required int Ranks { get; init; }

    /// <summary>Nodes, at least 1.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>What the rings inside a node carry together.</summary>
    public required DataRate ScaleUp { get; init; }

    /// <summary>What a node's NICs carry together; used where there are several nodes.</summary>
    public DataRate Nics { get; init; }

    /// <summary>The bus bandwidth of reductions in the scale-up switches; zero where there are none.</summary>
    public DataRate Nvls { get; init; }

    /// <summary>Channels that a collective is divided over; 24 where NCCL finds as many, as on nodes of eight A100 or H100.</summary>
    public int Channels { get; init; } = 24;

    /// <summary>What the XPUs' generation bounds.</summary>
    public NcclGeneration Generation { get; init; } = NcclGeneration.Hopper;

    /// <summary>What a launch takes at least, whatever is moved: the host's and the framework's share.</summary>
    public SimTime Launch { get; init; }
}
