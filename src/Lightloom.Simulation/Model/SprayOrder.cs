namespace Lightloom.Simulation.Model;

/// <summary>How cells are dealt to the links that reach their destination.</summary>
public enum SprayOrder
{
    /// <summary>In turn, in an order that is shuffled after every round.</summary>
    ShuffledRoundRobin,

    /// <summary>Each to a link at random, independent of all others: what a link then sees is close to Poisson arrivals.</summary>
    Random,
}
