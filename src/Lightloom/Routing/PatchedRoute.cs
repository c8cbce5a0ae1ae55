namespace Lightloom.Routing;

/// <summary>The pieces of a way that passes patch panels, each with its own route, slack and service loops.</summary>
/// <param name="CordA">Millimetres from the A port to the panel on its side.</param>
/// <param name="Trunk">Millimetres from panel to panel; 0 where one panel alone is passed.</param>
/// <param name="CordZ">Millimetres from the last panel to the Z port.</param>
/// <param name="FrameA">Where the panels of the A side are.</param>
/// <param name="FrameZ">Where those of the Z side are; the A side's where one panel alone is passed.</param>
/// <param name="Panels">Panels on the way, at least 1.</param>
/// <param name="Jumper">Millimetres of a jumper between two panels of one frame.</param>
internal readonly record struct PatchedRoute(int CordA, int Trunk, int CordZ, FramePlace FrameA, FramePlace FrameZ, int Panels, int Jumper)
{
    /// <summary>Panels on the A side: half of them, and the odd one.</summary>
    public int PanelsA => (Panels + 1) / 2;

    /// <summary>Jumpers between panels of one frame: none for two panels, which a trunk joins.</summary>
    public int Jumpers => Math.Max(0, Panels - 2);

    /// <summary>Millimetres of all pieces together.</summary>
    public int Total => (int)Math.Min(int.MaxValue, (long)CordA + Trunk + CordZ + ((long)Jumper * Jumpers));
}
