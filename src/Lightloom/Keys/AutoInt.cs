namespace Lightloom.Keys;

/// <summary>A whole number, or <c>auto</c>: Lightloom chooses.</summary>
/// <param name="Value">The number, or null for <c>auto</c>. The default value is <c>auto</c>.</param>
public readonly record struct AutoInt(int? Value)
{
    /// <summary>True when Lightloom chooses.</summary>
    public bool IsAuto => Value is null;

    /// <summary><c>auto</c>.</summary>
    public static AutoInt Auto => default;

    /// <summary>The number, or <c>auto</c>.</summary>
    public override string ToString() => Value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "auto";
}
