namespace Lightloom.Spec;

/// <summary>On how many leaves a node's frontend ports end.</summary>
public enum Homing
{
    /// <summary>All on one leaf.</summary>
    [Word("single")]
    Single,

    /// <summary>On two leaves, so that one leaf's loss leaves the node reachable.</summary>
    [Word("dual")]
    Dual,
}
