namespace Lightloom.Cabling;

/// <summary>What became of a catalogue product for one link.</summary>
public enum ProductVerdict : byte
{
    /// <summary>The first of the feasible ones.</summary>
    Chosen,

    /// <summary>Would do, but another ranks before it.</summary>
    Feasible,

    /// <summary>Cannot serve the link.</summary>
    Rejected,
}
