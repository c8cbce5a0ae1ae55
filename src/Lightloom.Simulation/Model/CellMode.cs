namespace Lightloom.Simulation.Model;

/// <summary>How finely a cell fabric is simulated.</summary>
public enum CellMode
{
    /// <summary>Every cell is an event on every link that it crosses: the yardstick.</summary>
    Cells,

    /// <summary>The cells of one packet cross the fabric as one burst over all links: one event a packet, for large runs.</summary>
    Bursts,
}
