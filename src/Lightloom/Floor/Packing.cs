namespace Lightloom.Floor;

/// <summary>How closely racks are laid out; each next way needs less room.</summary>
internal enum Packing
{
    /// <summary>Row groups are not cut by the end of a row when another row holds them whole.</summary>
    Aligned,

    /// <summary>Racks follow each other without gaps.</summary>
    Flowing,

    /// <summary>As flowing, and units share racks.</summary>
    Dense,
}
