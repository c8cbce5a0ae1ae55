namespace Lightloom.Keys;

/// <summary>What can be wrong with a key or its value before anyone asks what values mean together.</summary>
public enum KeyFault
{
    /// <summary>A key that the section does not have.</summary>
    UnknownKey,

    /// <summary>A key that the section must have is not there.</summary>
    MissingKey,

    /// <summary>A value of the wrong type.</summary>
    WrongType,

    /// <summary>A number outside its bounds.</summary>
    OutOfRange,

    /// <summary>A word that is none of those allowed.</summary>
    UnknownWord,
}
