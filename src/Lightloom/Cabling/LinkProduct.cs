using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>What a cable is made of: one assembly, or a module at either end with fibre between.</summary>
public sealed record LinkProduct
{
    /// <summary>Position in <see cref="CablePlan.Products"/>.</summary>
    public required int Index { get; init; }

    /// <summary>
    /// The assembly, or the module at the A end; the tail of a splitting assembly when its head is at Z has the same entry.
    /// </summary>
    public required InterconnectModel A { get; init; }

    /// <summary>The module at the Z end; the same entry as <see cref="A"/> for an assembly or equal modules.</summary>
    public required InterconnectModel Z { get; init; }

    /// <summary>The medium of the cable.</summary>
    public required Medium Medium { get; init; }

    /// <summary>The reach that was allowed: of the weaker end, derated for optics.</summary>
    public required Length Reach { get; init; }

    /// <summary>The rated reach before derating.</summary>
    public required Length RatedReach { get; init; }

    /// <summary>Fibres that one cable of this product carries; 0 for copper.</summary>
    public required int FibresPerCable { get; init; }

    /// <summary>The breakout of the cable as printed in cables.csv: <c>1x800</c>, <c>2x400</c> ...</summary>
    public required Breakout Breakout { get; init; }

    /// <summary>Logical links that one cable carries when all its legs are used.</summary>
    public int LegsPerCable { get; init; } = 1;

    /// <summary>How logical links share a cable.</summary>
    public CableGrouping Grouping { get; init; }

    /// <summary>How the sockets of its two modules meet; null for an assembly.</summary>
    public LinkSockets? Sockets { get; init; }

    /// <summary>The shuffle between sockets whose legs part ways at both ends; null where cords or harnesses do.</summary>
    public PassiveModel? Shuffle { get; init; }

    /// <summary>
    /// Plugs at the divided end of one piece of fibre: 1 for a cord, 2 for a harness that divides a socket in two. A shuffle has as many at
    /// either end as its entry says.
    /// </summary>
    public int TailsPerPiece =>
        Sockets is not { LegsMeshBetweenSockets: false } sockets ? 1 : Math.Max(sockets.PathsPerASocket, sockets.PathsPerZSocket);

    /// <summary>
    /// Pieces of fibre that make up one cable: a module with two sockets takes two cords for a link that fills both. 1 for an assembly and a
    /// shuffle.
    /// </summary>
    public int PiecesPerCable =>
        Sockets is not { LegsMeshBetweenSockets: false } sockets ? 1 : Math.Max(1, LegsPerCable * sockets.PathsPerLeg / TailsPerPiece);

    /// <summary>Fibres that one piece carries; 0 for copper.</summary>
    public int FibresPerPiece => FibresPerCable / PiecesPerCable;

    /// <summary>True when the head, the pluggable that carries more, is at the Z end.</summary>
    public bool HeadAtZ { get; init; }

    /// <summary>True when legs share a piece that divides, or a shuffle.</summary>
    public bool IsShared => Shuffle is not null || Sockets is { DividesAtA: true } or { DividesAtZ: true };

    /// <summary>The connector at patch panels on the way; null for assemblies and where none is published.</summary>
    public string? PanelConnector => Sockets?.PanelConnector(A.Connector?.Value, Z.Connector?.Value) ?? Head.Connector?.Value;

    /// <summary>What plugs into the A cage.</summary>
    public Plug PlugA { get; init; }

    /// <summary>What plugs into the Z cage.</summary>
    public Plug PlugZ { get; init; }

    /// <summary>True when the A end is a socket of co-packaged optics, so that no module plugs in there.</summary>
    public bool CoPackagedA { get; init; }

    /// <summary>True when the Z end is a socket of co-packaged optics.</summary>
    public bool CoPackagedZ { get; init; }

    /// <summary>Shortest cable that the product allows.</summary>
    public Length MinReach { get; init; }

    /// <summary>Loss that the channel may have, or null when it is not published or the cable is copper.</summary>
    public double? LossBudgetDb { get; init; }

    /// <summary>True when cable and ends are one piece.</summary>
    public bool IsAssembly => A.IsAssembly;

    /// <summary>The entry that names the cable: the assembly, or the module of the head.</summary>
    public InterconnectModel Head => HeadAtZ ? Z : A;

    /// <summary>The module at the other end than the head.</summary>
    public InterconnectModel Tail => HeadAtZ ? A : Z;

    /// <summary>The id to print: of the head, with that of the tail where it differs (<c>2xdr4-800g+dr4-400g</c>).</summary>
    public string Id => Head.Id == Tail.Id ? Head.Id : Head.Id + "+" + Tail.Id;
}
