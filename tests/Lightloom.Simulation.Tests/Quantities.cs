using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests;

/// <summary>Short words for quantities, for tests that compute with whole bytes and picoseconds.</summary>
internal static class Quantities
{
    public static DataSize Bytes(long bytes) => DataSize.FromBytes(bytes);

    public static SimTime Picoseconds(long picoseconds) => SimTime.FromPicoseconds(picoseconds);

    public static FlowDescription Flow(int source, int destination, long bytes, long start = 0, int @class = 0) =>
        new(source, destination, Bytes(bytes), Picoseconds(start), Class: @class);
}
