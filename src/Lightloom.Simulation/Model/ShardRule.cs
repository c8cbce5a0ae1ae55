namespace Lightloom.Simulation.Model;

/// <summary>How a collective's data is divided over cards of different rates.</summary>
public enum ShardRule
{
    /// <summary>Every rank holds as much.</summary>
    Equal,

    /// <summary>Shares follow the rates, so that all ranks finish together.</summary>
    ByRate,
}
