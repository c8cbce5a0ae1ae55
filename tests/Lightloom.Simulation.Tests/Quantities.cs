using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Tests;

/// <summary>Short words for quantities, for tests that compute with whole bytes and picoseconds; -1 for a moment that never came.</summary>
internal static class Quantities
{
    public static DataSize Bytes(long bytes) => DataSize.FromBytes(bytes);

    /// <summary>Null for 0, where an option leaves the figure to the network.</summary>
    public static DataSize? BytesIfAny(long bytes) => bytes == 0 ? null : Bytes(bytes);

    public static SimTime Picoseconds(long picoseconds) => SimTime.FromPicoseconds(picoseconds);

    public static FlowDescription Flow(int source, int destination, long bytes, long start = 0, int @class = 0) =>
        new(source, destination, Bytes(bytes), Picoseconds(start), Class: @class);

    extension(FlowResult flow)
    {
        public long StartPicoseconds => flow.Start?.Picoseconds ?? -1;

        public long FinishPicoseconds => flow.Finish?.Picoseconds ?? -1;
    }

    extension(SimulationResult result)
    {
        public long SimulatedPicoseconds => result.SimulatedTime.Picoseconds;

        public (long P50, long P99, long Maximum) LatencyPicoseconds =>
            (result.Latency.P50.Picoseconds, result.Latency.P99.Picoseconds, result.Latency.Maximum.Picoseconds);
    }

    extension(JobResult job)
    {
        public long TimePicoseconds => job.Time?.Picoseconds ?? -1;
    }

    extension(LinkResult link)
    {
        public long Bytes => link.Sent.Bytes;
    }

    extension(TraceSample sample)
    {
        public long TimePicoseconds => sample.Time.Picoseconds;
    }
}
