using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// Which optical socket of a module carries which lanes of which leg. A plug fills a socket, so that legs of one socket that part ways need
/// a harness or a shuffle, and a leg that is wider than a socket needs several cords.
/// </summary>
/// <param name="Sockets">Optical sockets of the module: 2 for a twin-port module.</param>
/// <param name="Ways">Legs that the cage is divided into.</param>
/// <param name="Lanes">Optical lanes of the module, both directions counted once.</param>
/// <param name="LanesPerLeg">Lanes of one leg.</param>
/// <param name="LanesPerFibre">Lanes that share a fibre: 1 for parallel optics, 4 wavelengths for FR4.</param>
public readonly record struct SocketLayout(int Sockets, int Ways, int Lanes, int LanesPerLeg, int LanesPerFibre)
{
    /// <summary>Lanes of one socket.</summary>
    public int LanesPerSocket => Lanes / Sockets;

    /// <summary>Legs that share a socket: 1 where each has its own, or several.</summary>
    public int LegsPerSocket => Math.Max(1, LanesPerSocket / Spread);

    /// <summary>Sockets that one leg fills.</summary>
    public int SocketsPerLeg => Math.Max(1, LanesPerLeg / LanesPerSocket);

    // Legs are spread evenly over the module's lanes, as SONiC's platform files list them: 4x100 of eight lanes has two lanes a leg, of which
    // one stays idle at 100G a lane.
    private int Spread => Math.Max(LanesPerLeg, Lanes / Ways);

    /// <summary>The layout of a module in a cage.</summary>
    /// <param name="model">The module; for co-packaged optics the interface that the optical engine speaks.</param>
    /// <param name="cage">The cage and its division.</param>
    /// <param name="rate">Rate of one leg.</param>
    /// <param name="coPackaged">True where fibre plugs straight into the box: one socket a cage.</param>
    public static SocketLayout Of(InterconnectModel model, CageUse cage, DataRate rate, bool coPackaged)
    {
        int ways = Math.Max(1, cage.Ways);
        DataRate? lane = model.LineLane;
        int lanes =
            coPackaged ? cage.Lanes
            : model.Lanes?.Value is > 0 and var known ? known
            : lane is { } one ? Math.Max(1, model.Rate.Value.DividedBy(one))
            : ways;
        int sockets = coPackaged ? 1 : Math.Clamp(model.Connectors, 1, lanes);
        int perLeg = lane is { } single && single > DataRate.Zero ? Math.Max(1, rate.DividedBy(single)) : Math.Max(1, lanes / ways);
        int fibrePairs = coPackaged || model.Fibres is not { } fibres ? lanes : Math.Max(1, fibres.Value / 2);
        return new(sockets, ways, lanes, Math.Min(perLeg, lanes), Math.Max(1, lanes / fibrePairs));
    }

    /// <summary>The socket, from 0, of one lane of a leg.</summary>
    /// <param name="leg">Leg of the cage, from 0.</param>
    /// <param name="lane">Lane of the leg, from 0.</param>
    public int SocketOf(int leg, int lane = 0) => Math.Min(Sockets - 1, ((leg * Spread) + lane) / LanesPerSocket);

    /// <summary>Which leg of its socket a leg is, from 0.</summary>
    public int PlaceInSocket(int leg) => leg % LegsPerSocket;
}
