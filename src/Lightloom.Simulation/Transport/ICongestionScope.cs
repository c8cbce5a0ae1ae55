namespace Lightloom.Simulation.Transport;

/// <summary>
/// How many planes a flow's packets take, and whether each has a congestion state of its own: constants, so that one plane pays nothing.
/// </summary>
internal interface ICongestionScope
{
    /// <summary>Whether packets of one flow may take several planes, so that each packet's plane must be remembered.</summary>
    static abstract bool Planes { get; }

    /// <summary>Whether each plane has its own congestion state.</summary>
    static abstract bool PerPlane { get; }
}

/// <summary>A network of one plane.</summary>
internal readonly struct OnePlane : ICongestionScope
{
    public static bool Planes => false;

    public static bool PerPlane => false;
}

/// <summary>Several planes under one congestion state.</summary>
internal readonly struct SharedState : ICongestionScope
{
    public static bool Planes => true;

    public static bool PerPlane => false;
}

/// <summary>Several planes, each with its own congestion state.</summary>
internal readonly struct StatePerPlane : ICongestionScope
{
    public static bool Planes => true;

    public static bool PerPlane => true;
}
