using System.Reflection;
using Lightloom.Spec;

namespace Lightloom.Report;

/// <summary>The word by which cluster.yaml names an enum value.</summary>
internal static class SpecWords
{
    /// <summary>The word of <see cref="WordAttribute"/>, else the value's name in lower case.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<WordAttribute>()?.Word ?? value.ToString().ToLowerInvariant();
}
