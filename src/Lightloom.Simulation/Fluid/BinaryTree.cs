using System.Numerics;

namespace Lightloom.Simulation.Fluid;

/// <summary>The in-order binary tree over ranks that double trees are made of: rank 0 at the root, odd ranks are leaves.</summary>
internal static class BinaryTree
{
    /// <summary>The parent of a rank above 0.</summary>
    /// <remarks>
    /// A rank's lowest set bit is its height. Its parent is found at the next height, upwards where that exists, else downwards; 0 stands
    /// above the highest.
    /// </remarks>
    public static int Parent(int rank, int ranks)
    {
        int bit = rank & -rank;
        int up = (rank ^ bit) | (bit << 1);
        return up >= ranks ? rank ^ bit : up;
    }

    /// <summary>The depth of the deepest rank.</summary>
    public static int Height(int ranks) => BitOperations.Log2((uint)ranks) + 1;
}
