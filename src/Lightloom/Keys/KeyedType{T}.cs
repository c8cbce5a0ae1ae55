using Lightloom.Diagnostics;

namespace Lightloom.Keys;

/// <summary>The keys of a type, with the generated code that gets their values and makes the type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class KeyedType<T> : KeyedType
    where T : class
{
    private T? _defaults;

    /// <summary>Lists the keys of the type.</summary>
    protected KeyedType(string name, Shorthand? shorthand, IReadOnlyList<KeyedProperty> properties)
        : base(name, shorthand, properties) { }

    /// <summary>A value of the type of which every key has its default; members that C# requires and that have no key are null.</summary>
    public T Defaults => _defaults ??= CreateDefaults();

    /// <inheritdoc/>
    public sealed override object DefaultValue => Defaults;

    /// <inheritdoc/>
    public sealed override object? ValueOf(object section, KeyedProperty property) => Get((T)section, property.Index);

    internal sealed override object Make(object?[] values, SourceMark mark) => Create(values, mark);

    /// <summary>The value of the property at a place among the keys.</summary>
    protected abstract object? Get(T section, int property);

    /// <summary>Makes a value of the type; a null leaves the default.</summary>
    protected abstract T Create(object?[] values, SourceMark mark);

    /// <summary>Makes a value of which every key has its default.</summary>
    protected abstract T CreateDefaults();
}
