using System.Reflection;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>What a value of the file must look like, derived from the property that holds it.</summary>
internal sealed class ValueShape
{
    // Tuples in an array only: a generic collection of structs would be compiled at run time, even in a ready-to-run build.
    private static readonly (string Suffix, Type Type, string Unit, Func<double, object> From)[] Quantities =
    [
        ("_m", typeof(Length), "metres", v => Length.FromMetres(v)),
        ("_mm", typeof(Length), "millimetres", v => Length.FromMillimetres((long)Math.Round(v))),
        ("_gbps", typeof(DataRate), "Gb/s", v => DataRate.FromGbps(v)),
        ("_w", typeof(Power), "watts", v => Power.FromWatts(v)),
        ("_kw", typeof(Power), "kilowatts", v => Power.FromKilowatts(v)),
        ("_usd", typeof(Money), "US dollars", v => Money.FromDollars(v)),
        ("_kg", typeof(Mass), "kilograms", v => Mass.FromKilograms(v)),
        ("_ns", typeof(SimTime), "nanoseconds", v => SimTime.FromNanoseconds(v)),
        ("_us", typeof(SimTime), "microseconds", v => SimTime.FromMicroseconds(v)),
    ];

    private ValueShape(ValueKind kind, Type type)
    {
        Kind = kind;
        Type = type;
    }

    /// <summary>The kind.</summary>
    public ValueKind Kind { get; }

    /// <summary>The .NET type, without nullability.</summary>
    public Type Type { get; }

    /// <summary>The unit of a quantity in words, or null.</summary>
    public string? Unit { get; private init; }

    /// <summary>Makes a quantity of a number.</summary>
    public Func<double, object>? FromNumber { get; private init; }

    /// <summary>The shape of a list's values, or null.</summary>
    public ValueShape? Element { get; private init; }

    /// <summary>The words of an enum, in order of declaration; empty for anything else.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The value of each of the <see cref="Words"/>.</summary>
    public IReadOnlyList<object> WordValues { get; private init; } = [];

    /// <summary>The keys of a section.</summary>
    public KeyedType Section => KeyedType.Of(Type);

    /// <summary>The shape of a property.</summary>
    /// <exception cref="InvalidOperationException">The property has a type that the file cannot express: a defect of the specification's
    /// types.</exception>
    public static ValueShape Of(Type declared, string key)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(int))
        {
            return new(ValueKind.Integer, type);
        }

        if (type == typeof(double))
        {
            return new(ValueKind.Number, type) { FromNumber = static v => v };
        }

        if (type == typeof(bool))
        {
            return new(ValueKind.Flag, type);
        }

        if (type == typeof(string))
        {
            return new(ValueKind.Text, type);
        }

        if (type == typeof(AutoInt))
        {
            return new(ValueKind.AutoInteger, type);
        }

        if (type == typeof(DataSize))
        {
            return new(ValueKind.Size, type);
        }

        if (type.IsEnum)
        {
            return ShapeOfWord(type);
        }

        if (type == typeof(YamlMap))
        {
            return new(ValueKind.Raw, type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type element = type.GetGenericArguments()[0];
            return new(ValueKind.List, element) { Element = Of(element, key) };
        }

        if (type == typeof(IReadOnlyDictionary<string, Money>))
        {
            return new(ValueKind.Book, typeof(Money)) { Unit = "US dollars", FromNumber = static v => Money.FromDollars(v) };
        }

        foreach ((string suffix, Type quantity, string unit, Func<double, object> from) in Quantities)
        {
            if (quantity == type && key.EndsWith(suffix, StringComparison.Ordinal))
            {
                return new(ValueKind.Quantity, type) { Unit = unit, FromNumber = from };
            }
        }

        return type.IsClass
            ? new(ValueKind.Section, type)
            : throw new InvalidOperationException($"key '{key}': the name does not end in a unit of {type.Name}");
    }

    /// <summary>The word of an enum's value.</summary>
    public string WordOf(object value)
    {
        for (int i = 0; i < Words.Count; i++)
        {
            if (WordValues[i].Equals(value))
            {
                return Words[i];
            }
        }

        throw new ArgumentException($"{value} has no word", nameof(value));
    }

    private static ValueShape ShapeOfWord(Type type)
    {
        var words = new List<string>();
        var values = new List<object>();
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            words.Add(
                field.GetCustomAttribute<WordAttribute>()?.Word
                    ?? throw new InvalidOperationException($"{type.Name}.{field.Name} has no [Word]")
            );
            values.Add(field.GetValue(null)!);
        }

        return new(ValueKind.Word, type) { Words = words, WordValues = values };
    }
}
