namespace Lightloom.Hardware;

/// <summary>What the longest links of a scale-up domain run over.</summary>
public enum ScaleUpMedium
{
    /// <summary>Traces of one board: nobody cables it.</summary>
    [Word("board")]
    Board,

    /// <summary>A backplane of copper that comes with the rack: nobody cables it.</summary>
    [Word("backplane")]
    Backplane,

    /// <summary>Copper cables between racks.</summary>
    [Word("copper")]
    Copper,

    /// <summary>Modules and fibre between racks.</summary>
    [Word("fibre")]
    Fibre,
}
