namespace Lightloom.Hardware;

/// <summary>
/// A fact of the catalogue: a value that cannot be had without where it comes from. What the catalogue does not know is a null in place of
/// the figure, never a guess.
/// </summary>
/// <typeparam name="T">The value's type; a quantity carries its unit in its type.</typeparam>
/// <remarks>Immutable. Two figures are equal when their values are; the origin does not count.</remarks>
[KeyWrapper]
public sealed class Figure<T> : IFigure, IEquatable<Figure<T>>
{
    internal Figure(T value, Origin origin) => (Value, Origin) = (value, origin);

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>Where it comes from.</summary>
    public Origin Origin { get; }

    object? IFigure.Boxed => Value;

    /// <summary>The sources; empty when the figure is assumed or the user's own word.</summary>
    public IReadOnlyList<string> SourceIds => Origin.SourceIds;

    /// <summary>Why the value is assumed, or null when it is not.</summary>
    public string? Assumed => Origin.Assumed;

    /// <summary>True when no source gives the value and a default stands in for it.</summary>
    public bool IsAssumed => Assumed is not null;

    /// <summary>The reason of the assumption, else the ids of the sources.</summary>
    public string Citation => Origin.Citation;

    /// <summary>A value of a catalogue file, with what the entry says of its key.</summary>
    public static Figure<T> Of(T value, KeyPlace place) => new(value, (place.Context as EntryContext)?.OriginOf(place.Path) ?? Origin.Own);

    /// <summary>A figure made of this one alone, which has its origin.</summary>
    public Figure<TOther> To<TOther>(Func<T, TOther> convert) => new(convert(Value), Origin);

    /// <summary>A value that a user or a piece of code gives on its own word.</summary>
    public static implicit operator Figure<T>(T value) => new(value, Origin.Own);

    /// <summary>True when the values are equal, or both figures are missing.</summary>
    public static bool operator ==(Figure<T>? a, Figure<T>? b) => a is null ? b is null : a.Equals(b);

    /// <summary>True when the values differ, or one figure is missing.</summary>
    public static bool operator !=(Figure<T>? a, Figure<T>? b) => !(a == b);

    /// <inheritdoc/>
    public bool Equals(Figure<T>? other) => other is not null && EqualityComparer<T>.Default.Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Figure<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(Value);

    /// <summary>The value as text.</summary>
    public override string ToString() => Value?.ToString() ?? "";
}
