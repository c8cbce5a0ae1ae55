namespace Lightloom.Channels;

/// <summary>Whether an MPO plug has pins. One of two that mate has.</summary>
public enum PlugGender : byte
{
    /// <summary>The connector knows no pins.</summary>
    [Word("")]
    None,

    /// <summary>No pins: what goes into a module, whose socket is pinned.</summary>
    [Word("female")]
    Female,

    /// <summary>Pinned.</summary>
    [Word("male")]
    Male,
}
