namespace Lightloom.Spec;

/// <summary>How the placement pass looks for a floor whose cables cost less.</summary>
public enum FloorSearch
{
    /// <summary>Several plans of the floor, then single racks and whole rows moved while that lowers the cost.</summary>
    [Word("heuristic")]
    Heuristic,

    /// <summary>As <see cref="Heuristic"/>, then the places of the racks of switches as an assignment problem, solved exactly.</summary>
    [Word("exact")]
    Exact,

    /// <summary>The first placement is kept.</summary>
    [Word("false")]
    Off,

    /// <summary>The same as <see cref="Heuristic"/>.</summary>
    [Word("true")]
    On,
}
