namespace Lightloom.Studies.Points;

/// <summary>What an option takes.</summary>
public enum OptionKind
{
    /// <summary>One word.</summary>
    Word,

    /// <summary>Nothing: it is there or not.</summary>
    Flag,

    /// <summary>It may be given several times, a word each.</summary>
    Repeated,

    /// <summary>A file or a folder that is read.</summary>
    File,
}
