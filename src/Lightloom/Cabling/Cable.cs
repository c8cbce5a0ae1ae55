using System.Runtime.InteropServices;

namespace Lightloom.Cabling;

/// <summary>One assembly that a technician pulls; its legs are the logical links that share it.</summary>
/// <param name="Product">Index of the product in <see cref="CablePlan.Products"/>, or -1 when nothing serves the cable's links.</param>
/// <param name="LengthMillimetres">Computed length of the longest leg in millimetres.</param>
/// <param name="OrderLengthMillimetres">Length that is ordered in millimetres.</param>
/// <param name="Bundle">Number of the bundle that it is tied into, from 0.</param>
/// <remarks>Sixteen bytes, because a design may hold tens of millions.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct Cable(int Product, int LengthMillimetres, int OrderLengthMillimetres, int Bundle);
