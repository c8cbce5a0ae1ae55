namespace Lightloom.Topology;

/// <summary>
/// Sets of numbers that are joined until none touch (union-find), in an array that names each number's parent; a root is its own. The
/// smallest number of a set is its root.
/// </summary>
internal static class DisjointSets
{
    /// <summary>So many numbers, each a set of its own.</summary>
    public static int[] Apart(int count)
    {
        int[] parent = new int[count];
        for (int i = 0; i < count; i++)
        {
            parent[i] = i;
        }

        return parent;
    }

    /// <summary>The root of a number's set; shortens the way to it.</summary>
    public static int Find(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            i = parent[i] = parent[parent[i]];
        }

        return i;
    }

    /// <summary>Joins the sets of two numbers; false when they are one already.</summary>
    public static bool Join(int[] parent, int a, int b)
    {
        int x = Find(parent, a);
        int y = Find(parent, b);
        parent[Math.Max(x, y)] = Math.Min(x, y);
        return x != y;
    }
}
