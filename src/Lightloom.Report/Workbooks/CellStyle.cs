namespace Lightloom.Report.Workbooks;

/// <summary>The cell formats of every workbook, in the order of the style sheet.</summary>
internal enum CellStyle
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>Large and bold.</summary>
    Title,

    /// <summary>Head of a table.</summary>
    Head,

    /// <summary>Text in a table.</summary>
    Text,

    /// <summary>Whole number in a table.</summary>
    Integer,

    /// <summary>Dollars in a table.</summary>
    Dollars,

    /// <summary>Number with up to three decimals in a table.</summary>
    Decimal,

    /// <summary>Grey remark.</summary>
    Remark,

    /// <summary>Bold text.</summary>
    Bold,

    /// <summary>Link.</summary>
    Link,

    /// <summary>Wrapped text in a table.</summary>
    Wrapped,

    /// <summary>Bold dollars, for a total.</summary>
    Total,

    /// <summary>XPU node in a rack.</summary>
    Node,

    /// <summary>Service node in a rack.</summary>
    Service,

    /// <summary>Leaf in a rack.</summary>
    Leaf,

    /// <summary>Spine in a rack.</summary>
    Spine,

    /// <summary>Super-spine in a rack.</summary>
    SuperSpine,

    /// <summary>Free unit of a rack.</summary>
    Free,

    /// <summary>Number of a rack unit.</summary>
    UnitNumber,

    /// <summary>Grey remark over several lines.</summary>
    Note,
}
