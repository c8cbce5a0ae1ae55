namespace Lightloom.Hardware;

/// <summary>Makes figures, and reads those that are lists.</summary>
public static class Figures
{
    /// <summary>A value that a user or a piece of code gives on its own word.</summary>
    public static Figure<T> Own<T>(T value) => new(value, Origin.Own);

    /// <summary>A value that stands in for what nobody gives, and the reason for it.</summary>
    public static Figure<T> Assume<T>(T value, string why) => new(value, new([], why));

    /// <summary>The values of a list, none when the catalogue does not know it.</summary>
    public static IReadOnlyList<T> OrEmpty<T>(this Figure<IReadOnlyList<T>>? list) => list is null ? [] : list.Value;

    /// <summary>The values by medium, none when the catalogue does not know them.</summary>
    public static IReadOnlyDictionary<Medium, T> OrEmpty<T>(this Figure<IReadOnlyDictionary<Medium, T>>? map) =>
        map is null ? NoValues<T>.Instance : map.Value;

    private static class NoValues<T>
    {
        public static readonly SmallMap<Medium, T> Instance = new([], [], static (a, b) => a == b);
    }
}
