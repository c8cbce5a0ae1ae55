namespace Lightloom.Keys;

/// <summary>
/// Lets a generic type hold a value of the file together with what is said of it elsewhere, such as its source: the type then needs
/// <c>public static W&lt;T&gt; Of(T value, KeyPlace place)</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class KeyWrapperAttribute : Attribute;
