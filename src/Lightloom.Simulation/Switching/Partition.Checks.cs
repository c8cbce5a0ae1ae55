using System.Globalization;
using Lightloom.Simulation.Measurement;

namespace Lightloom.Simulation.Switching;

/// <summary>Assertions that only tests switch on; see <see cref="Checks"/>.</summary>
internal sealed unsafe partial class Partition
{
    private RoundTripFloor? _floor;
    private Dictionary<int, RoundTripFloor.Pair>? _floors;

    // Bytes' times are whole multiples of 2^-16 ps, and each link rounds down.
    private const double Rounding = 1e-4;
    private const double RoundingPicoseconds = 64;

    /// <summary>
    /// A sample of a round trip lies at or above what the packet and its answer take through an empty network: otherwise the answer was taken
    /// for that to another transmission. Asked only while <see cref="Checks.On"/>.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="sample">The sample in picoseconds.</param>
    /// <param name="size">Bytes of the packet.</param>
    /// <param name="trimmed">Whether it was trimmed on the way.</param>
    /// <exception cref="InvalidOperationException">It lies below.</exception>
    public void CheckRoundTrip(int flow, long sample, int size, bool trimmed)
    {
        _floor ??= new RoundTripFloor(World.Network, World.Options);
        _floors ??= [];
        if (!_floors.TryGetValue(flow, out RoundTripFloor.Pair pair))
        {
            _floors[flow] = pair = _floor.Of(World.FlowSource[flow], World.FlowDestination[flow]);
        }
        double least = pair.Headers + (size - _headerBytes) * (trimmed ? pair.TrimmedByteTime : pair.ByteTime);
        if (sample < least * (1 - Rounding) - RoundingPicoseconds)
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"flow {flow}: a round trip of {sample / 1e6} us is below the {least / 1e6} us of an empty path; "
                        + $"an answer was taken for that to another transmission"
                )
            );
        }
    }
}
