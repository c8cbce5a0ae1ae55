namespace Lightloom.Spec;

/// <summary>Which links end in a patch panel in the rack at either end.</summary>
public enum RackPanels
{
    /// <summary>None: cords run from module to module, or to the frames that the floor asks for.</summary>
    [Word("none")]
    None,

    /// <summary>Links that leave their hall.</summary>
    [Word("hall")]
    Hall,

    /// <summary>Links that leave their row.</summary>
    [Word("row")]
    Row,

    /// <summary>Links that leave their rack.</summary>
    [Word("rack")]
    Rack,
}
