using System.Diagnostics.CodeAnalysis;

namespace Lightloom.Simulation.Measurement;

/// <summary>
/// Assertions of the engine that hold in every run. The tests switch them on in their runtime configuration, in the build that is shipped;
/// elsewhere they cost a test of one byte that lies beside what is read anyway.
/// </summary>
internal static class Checks
{
    /// <summary>The switch's name.</summary>
    public const string Switch = "Lightloom.Simulation.Checks";

    /// <summary>Whether they are made.</summary>
    [FeatureSwitchDefinition(Switch)]
    public static bool On { get; } = AppContext.TryGetSwitch(Switch, out bool on) && on;
}
