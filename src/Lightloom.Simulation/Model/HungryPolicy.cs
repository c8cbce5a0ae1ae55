namespace Lightloom.Simulation.Model;

/// <summary>
/// What a virtual output queue may send before anyone has granted it credit. Chips have thresholds for this whose policy is not published.
/// </summary>
public enum HungryPolicy
{
    /// <summary>
    /// Nothing: every burst waits for a request and a grant, and what is left of a credit when the queue runs empty is given up.
    /// </summary>
    None,

    /// <summary>What was left of the last credit, less than one.</summary>
    KeepRest,

    /// <summary>A queue without packets is topped up to <see cref="CellOptions.HungryBalance"/>, which hides the first round trip.</summary>
    TopUp,
}
