using System.Reflection;

namespace Lightloom.Cli;

/// <summary>What this program is.</summary>
public static class Product
{
    /// <summary>The version, for example <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
