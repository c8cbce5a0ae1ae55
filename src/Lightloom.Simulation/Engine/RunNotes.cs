using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;
using Lightloom.Simulation.Transport;

namespace Lightloom.Simulation.Engine;

/// <summary>What the reader of a result must know of its options: what was asked for, is done, and can hardly be meant.</summary>
internal static class RunNotes
{
    /// <summary>Sentences without a full stop; usually none.</summary>
    public static IEnumerable<string> Of(World world)
    {
        if (Spraying(world) is { } spraying)
        {
            yield return spraying;
        }
        if (Impatience(world) is { } impatience)
        {
            yield return impatience;
        }
        if (Overtaking(world) is { } overtaking)
        {
            yield return overtaking;
        }
        if (Striping(world) is { } striping)
        {
            yield return striping;
        }
        if (world.Parameters.LinksHaveQueues)
        {
            yield return QueuesOfLinks(world.Parameters);
        }
        if (Unmarked(world) is { } unmarked)
        {
            yield return unmarked;
        }
    }

    /// <summary>What only the end of a run shows: sentences without a full stop.</summary>
    public static IEnumerable<string> After(World world, Counters total)
    {
        if (world.Transport.Options.Contains(Timely.LowOption) && total.Slowed == 0 && total.DataDelivered > 0)
        {
            double low = world.Parameters.Values[Timely.LowOption];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"no sender of {world.Transport.Name} ever slowed down, as round trips stayed below {Timely.LowOption.Name}={low:0.###} or fell: "
                    + $"in this run it does what roce does; thresholds belong to a network's round trip, here "
                    + $"{world.Parameters.RoundTrip / 1e6:#,0.##} us through empty queues"
            );
        }
    }

    private static string? Impatience(World world)
    {
        Timeouts timeouts = world.Parameters.Timeouts;
        return timeouts.First < timeouts.RoundTrip
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{world.Transport.Name} waits {timeouts.First / 1e6:#,0.###} us for an answer, and the longest path's round trip is "
                    + $"{timeouts.RoundTrip / 1e6:#,0.###} us: everything on it is sent again without need"
            )
            : null;
    }

    // Under these policies packets of one connection take several planes.
    private static string? Overtaking(World world) =>
        world.Transport.GoesBack(world.Options)
        && world.PlaneCount > 1
        && world.Options.PlanePolicy is not (PlanePolicy.Stripe or PlanePolicy.Hash or PlanePolicy.Rail)
            ? $"a card deals a flow's packets to several planes, and {world.Transport.Name} throws away what overtakes and sends it again "
                + "(go-back-N): use the plane policy stripe, or receivers with selective repeat"
            : null;

    private static string? Striping(World world)
    {
        int most = 1;
        int[] first = world.Connections.First;
        for (int m = 0; m + 1 < first.Length; m++)
        {
            most = Math.Max(most, first[m + 1] - first[m]);
        }
        return most == 1
            ? null
            : $"a message is cut into up to {most} connections, one for each port of a host"
                + (world.Options.PlanePolicy != PlanePolicy.Stripe && world.PlaneCount > 1 ? " on a plane" : "");
    }

    private static string? Spraying(World world)
    {
        SimulationOptions options = world.Options;
        bool goesBack = world.Transport.GoesBack(options);
        bool overtakes = options.Cells is null && !world.LoadBalancing.KeepsOrder(options) && world.Routes.Groups.Length > 0;
        return goesBack && overtakes
            ? $"{world.LoadBalancing.Name} spreads a flow's packets over several paths, and {world.Transport.Name} throws away what "
                + "overtakes and sends it again (go-back-N): use ecmp, or receivers with selective repeat"
            : null;
    }

    private static string QueuesOfLinks(Parameters parameters) =>
        parameters.LinksSayQueues
            ? $"switch queues are those of the topology: {Range(parameters.ShortestQueueBytes, parameters.LongestQueueBytes)} bytes"
        : parameters.LossyQueues
            ? $"every switch queue has the {Range(parameters.QueueBytes, parameters.QueueBytes)} bytes that were given, not the topology's"
        : "the queues of the topology do not hold here: buffers are shared, virtual, or as long as pauses and credits let them become";

    private static string Range(long least, long most) =>
        least == most
            ? least.ToString("#,0", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{least:#,0} to {most:#,0}");

    private static string? Unmarked(World world) =>
        world.Parameters is { Marks: true, LossyQueues: true } parameters && parameters.EcnLowBytes >= parameters.ShortestQueueBytes
            ? $"queues of {Range(parameters.ShortestQueueBytes, parameters.ShortestQueueBytes)} bytes never mark a packet, as marking begins "
                + $"at {Range(parameters.EcnLowBytes, parameters.EcnLowBytes)}; give thresholds within the queue"
            : null;
}
