namespace Lightloom.Studies.Results;

/// <summary>What the values of a column are; a column of mixed ones is the widest of them.</summary>
internal enum ColumnType
{
    /// <summary>Nothing was seen yet.</summary>
    Empty,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}
