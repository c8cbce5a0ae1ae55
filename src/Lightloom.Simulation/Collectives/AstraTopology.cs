namespace Lightloom.Simulation.Collectives;

/// <summary>What joins the ranks of one dimension in ASTRA-sim's network files.</summary>
public enum AstraTopology
{
    /// <summary>One switch: two links from rank to rank.</summary>
    Switch,

    /// <summary>A ring: one link to each neighbour.</summary>
    Ring,

    /// <summary>A link from every rank to every other.</summary>
    FullyConnected,
}
