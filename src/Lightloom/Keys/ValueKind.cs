namespace Lightloom.Keys;

/// <summary>The kinds of value that a key may have.</summary>
public enum ValueKind
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A text, or one of a few words.</summary>
    Text,

    /// <summary>An enum, by its words.</summary>
    Word,

    /// <summary>A whole number or <c>auto</c>.</summary>
    AutoInteger,

    /// <summary>A number with the unit that the key's name ends in.</summary>
    Quantity,

    /// <summary>An amount of data: bytes, or a text such as 4MiB.</summary>
    Size,

    /// <summary>A section with keys of its own.</summary>
    Section,

    /// <summary>A list of values of one shape.</summary>
    List,

    /// <summary>Ids, or words, to values of one shape.</summary>
    Map,

    /// <summary>A text that a type reads itself.</summary>
    Parsed,

    /// <summary>Whatever is written, read by a type itself.</summary>
    Own,

    /// <summary>Anything: handed on as it was written.</summary>
    Raw,
}
