namespace Lightloom.Spec;

/// <summary>Whose names a node's ports get in tables, labels and pages.</summary>
public enum NodePortNaming
{
    /// <summary>By network and position: <c>be3</c>, <c>fe1</c>, <c>bmc1</c>.</summary>
    [Word("position")]
    Position,

    /// <summary>As the maker prints them, where the catalogue knows it: <c>OSFP1P2</c>; otherwise by position.</summary>
    [Word("maker")]
    Maker,
}
