namespace Lightloom.Topology;

/// <summary>Which of the cluster's networks a fabric is: backend, frontend, management, or one that the file names.</summary>
/// <remarks>Immutable. Two are equal when they have one name.</remarks>
public sealed class FabricRole : IEquatable<FabricRole>, IComparable<FabricRole>
{
    private FabricRole(int index, string name, string prefix)
    {
        Index = index;
        Name = name;
        Prefix = prefix;
    }

    /// <summary>XPU to XPU.</summary>
    public static FabricRole Backend { get; } = new(0, "backend", "be");

    /// <summary>CPU, storage, users.</summary>
    public static FabricRole Frontend { get; } = new(1, "frontend", "fe");

    /// <summary>Out-of-band management.</summary>
    public static FabricRole Oob { get; } = new(2, "oob", "oob");

    /// <summary>Position among the networks of a cluster: 0 to 2 for those above, from 3 for further ones.</summary>
    public int Index { get; }

    /// <summary>The name, as tables and JSON have it.</summary>
    public string Name { get; }

    /// <summary>What ids of cables and names of switches begin with: <c>be</c>, <c>fe</c>, <c>oob</c>, or the name of a further network.</summary>
    public string Prefix { get; }

    /// <summary>A further network of the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its position in the file, from 0.</param>
    public static FabricRole Further(string name, int number) => new(3 + number, name, name);

    /// <summary>The name.</summary>
    public string ToWord() => Name;

    /// <summary>True when what a diagnostic speaks of is this network, or a part of it: <c>backend</c>, <c>backend leaf-spine</c>.</summary>
    internal bool IsNamedBy(string? where) =>
        where is not null
        && where.StartsWith(Name, StringComparison.Ordinal)
        && (where.Length == Name.Length || !(char.IsAsciiLetterOrDigit(where[Name.Length]) || where[Name.Length] is '-' or '_'));

    /// <summary>As sentences call it: the management network is <c>oob</c> in files and tables only.</summary>
    public string InWords => this == Oob ? "management" : Name;

    /// <summary>In the order of tables: backend, frontend, further networks as the file has them, management last.</summary>
    public int CompareTo(FabricRole? other) => other is null ? 1 : Order.CompareTo(other.Order);

    private int Order => this == Oob ? int.MaxValue : Index;

    /// <inheritdoc/>
    public bool Equals(FabricRole? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Index == other.Index && string.Equals(Name, other.Name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FabricRole);

    /// <inheritdoc/>
    public override int GetHashCode() => Index;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>True when both have one name.</summary>
    public static bool operator ==(FabricRole? a, FabricRole? b) => a is null ? b is null : a.Equals(b);

    /// <summary>By the order of tables.</summary>
    public static bool operator <(FabricRole a, FabricRole b) => a.CompareTo(b) < 0;

    /// <summary>By the order of tables.</summary>
    public static bool operator >(FabricRole a, FabricRole b) => a.CompareTo(b) > 0;

    /// <summary>By the order of tables.</summary>
    public static bool operator <=(FabricRole a, FabricRole b) => a.CompareTo(b) <= 0;

    /// <summary>By the order of tables.</summary>
    public static bool operator >=(FabricRole a, FabricRole b) => a.CompareTo(b) >= 0;

    /// <summary>True when the names differ.</summary>
    public static bool operator !=(FabricRole? a, FabricRole? b) => !(a == b);
}
