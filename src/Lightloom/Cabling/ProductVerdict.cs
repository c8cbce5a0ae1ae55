namespace Lightloom.Cabling;

/// <summary>What became of a catalogue product for one link.</summary>
public enum ProductVerdict : byte
{
    /// <summary>The first of the feasible ones.</summary>
    [Word("chosen")]
    Chosen,

    /// <summary>Would do, but another ranks before it.</summary>
    [Word("feasible")]
    Feasible,

    /// <summary>Cannot serve the link.</summary>
    [Word("rejected")]
    Rejected,
}
