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

    /// <summary>Cords from panel to panel: none for two panels, which a trunk joins.</summary>
    public int Jumpers => Math.Max(0, Panels - 2);

    /// <summary>The panels in the A port's rack, where the way goes on from there to those of <see cref="FrameA"/>; else null.</summary>
    public FramePlace? RackA { get; init; }

    /// <summary>The panels in the Z port's rack, where the way comes there from those of <see cref="FrameZ"/>; else null.</summary>
    public FramePlace? RackZ { get; init; }

    /// <summary>Millimetres of the cord from the panel in the A rack to the frame.</summary>
    public int LinkA { get; init; }

    /// <summary>Millimetres of the cord from the frame to the panel in the Z rack.</summary>
    public int LinkZ { get; init; }

    /// <summary>Millimetres of one of the <see cref="Jumpers"/>, counted from A.</summary>
    public int JumperAt(int jumper) =>
        jumper == 0 && RackA is not null ? LinkA
        : jumper == Jumpers - 1 && RackZ is not null ? LinkZ
        : Jumper;

    /// <summary>Where the panel stands that is passed as number <paramref name="level"/>, from 0 at A.</summary>
    public FramePlace PlaceOf(int level) =>
        level == 0 && RackA is { } rackA ? rackA
        : level == Panels - 1 && RackZ is { } rackZ ? rackZ
        : level < PanelsA ? FrameA
        : FrameZ;

    /// <summary>Millimetres of all pieces together.</summary>
    public int Total
    {
        get
        {
            int ends = (RackA is null ? 0 : 1) + (RackZ is null ? 0 : 1);
            return (int)Math.Min(int.MaxValue, (long)CordA + Trunk + CordZ + ((long)Jumper * (Jumpers - ends)) + LinkA + LinkZ);
        }
    }
}
