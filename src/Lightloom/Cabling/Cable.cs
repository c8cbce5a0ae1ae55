using System.Runtime.InteropServices;

namespace Lightloom.Cabling;

/// <summary>One assembly that a technician pulls; its legs are the logical links that share it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct Cable
{
    /// <summary>Index of the product in <see cref="CablePlan.Products"/>.</summary>
    public int Product;

    /// <summary>Computed length of the longest leg in millimetres.</summary>
    public int LengthMillimetres;

    /// <summary>Length that is ordered in millimetres.</summary>
    public int OrderLengthMillimetres;

    /// <summary>Bundle number, from 0.</summary>
    public int Bundle;
}
