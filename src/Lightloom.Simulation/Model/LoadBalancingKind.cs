using Lightloom.Simulation.LoadBalancing;

namespace Lightloom.Simulation.Model;

/// <summary>Who spreads packets over paths, and how.</summary>
public enum LoadBalancingKind
{
    /// <summary>Switches hash; a flow keeps one entropy value and so one path.</summary>
    Ecmp,

    /// <summary>Switches keep a flow's port until the flow pauses, then take the least loaded.</summary>
    Flowlet,

    /// <summary>The host walks over its entropy values whatever happens.</summary>
    Oblivious,

    /// <summary>The host walks over its entropy values and skips those that were marked, trimmed or lost.</summary>
    Bitmap,

    /// <summary>REPS: the host reuses entropy values whose packets came through unmarked.</summary>
    Reps,

    /// <summary>The host reuses an unmarked value when it has one and asks the bitmap otherwise.</summary>
    Mixed,

    /// <summary>Each switch deals packets to its ports in turn.</summary>
    SwitchRr,

    /// <summary>Each switch takes one of its emptiest ports for each packet.</summary>
    SwitchAr,

    /// <summary>As <see cref="SwitchAr"/>, once for each flow.</summary>
    SwitchArFlow,
}
