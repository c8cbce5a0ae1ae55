namespace Lightloom.Cabling;

/// <summary>How the sockets of the modules at both ends of a link meet: the cords that a leg needs, or the harness.</summary>
/// <param name="A">Sockets at the A end.</param>
/// <param name="Z">Sockets at the Z end.</param>
/// <remarks>The figures are worked out once: plans ask for them a cable, and divisions take their time.</remarks>
public readonly record struct LinkSockets(SocketLayout A, SocketLayout Z)
{
    /// <summary>Ways from socket to socket that one leg takes side by side.</summary>
    public int PathsPerLeg { get; } = PathsOf(A, Z);

    /// <summary>Lanes of one such way.</summary>
    public int LanesPerPath => Math.Max(1, Math.Min(A.LanesPerLeg, Z.LanesPerLeg) / PathsPerLeg);

    /// <summary>Fibres that one way uses, both directions.</summary>
    public int FibresPerPath => 2 * Math.Max(1, LanesPerPath / Math.Min(A.LanesPerFibre, Z.LanesPerFibre));

    /// <summary>Ways that leave one socket at the A end.</summary>
    public int PathsPerASocket { get; } = A.LegsPerSocket * Math.Max(1, PathsOf(A, Z) / A.SocketsPerLeg);

    /// <summary>Ways that leave one socket at the Z end.</summary>
    public int PathsPerZSocket { get; } = Z.LegsPerSocket * Math.Max(1, PathsOf(A, Z) / Z.SocketsPerLeg);

    /// <summary>
    /// True when sockets at both ends hold several legs: where those part ways, neither a cord nor a harness joins them, but a shuffle.
    /// </summary>
    public bool LegsMeshBetweenSockets { get; } = A.LegsPerSocket > 1 && Z.LegsPerSocket > 1;

    /// <summary>The socket at the A end, from 0, of one way of a leg.</summary>
    public int ASocket(int leg, int path) => A.SocketOf(leg, path * LanesPerPath);

    /// <summary>The socket at the Z end, from 0, of one way of a leg.</summary>
    public int ZSocket(int leg, int path) => Z.SocketOf(leg, path * LanesPerPath);

    /// <summary>
    /// The connector at patch panels between the modules: that of the end away from the piece that divides or changes connectors, which is
    /// the A end's where neither must be.
    /// </summary>
    /// <param name="a">Connector of the A module.</param>
    /// <param name="z">Connector of the Z module.</param>
    public string? PanelConnector(string? a, string? z) => DividesAtZ ? a ?? z : z ?? a;

    /// <summary>True when the piece at the Z end divides: one of its sockets leads to several at the A end.</summary>
    public bool DividesAtZ => !LegsMeshBetweenSockets && PathsPerZSocket > 1;

    /// <summary>True when the piece at the A end divides.</summary>
    public bool DividesAtA => !LegsMeshBetweenSockets && PathsPerASocket > 1;

    private static int PathsOf(in SocketLayout a, in SocketLayout z) => Math.Max(a.SocketsPerLeg, z.SocketsPerLeg);
}
