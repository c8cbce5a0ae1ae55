using System.Globalization;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Fluid;

/// <summary>
/// What a transport and a load balancing take longer than the ideal fluid, as measured against packets. Immutable; safe to share between
/// threads. docs/models/fluid.md has the equations.
/// </summary>
public sealed record FluidTerms
{
    /// <summary>Flows on a host's link from which on <see cref="Fan"/> holds in full.</summary>
    internal const double FullFan = 15;

    private const double MostWays = 16;

    /// <summary>The word of the transport.</summary>
    public required string Transport { get; init; }

    /// <summary>The word of the load balancing.</summary>
    public required string LoadBalancing { get; init; }

    /// <summary>The share of time that is added where a host's link binds and carries one flow.</summary>
    public double Host { get; init; }

    /// <summary>The same where it carries 15 flows or more; between, by the logarithm of their number.</summary>
    public double Fan { get; init; }

    /// <summary>What every flow takes to start beyond the ideal, in round trips without load.</summary>
    public double Start { get; init; }

    /// <summary>Where links of the fabric bind: by length of the step, shortest first; beyond the ends, the nearest holds.</summary>
    public IReadOnlyList<SpreadTerm> Spreads { get; init; } = [];

    /// <summary>
    /// By how much what is added grows where ranks go on to the next partner while the last still waits for them, as in halving-doubling:
    /// flows of several steps then share the links.
    /// </summary>
    public double Chain { get; init; } = 1;

    /// <summary>
    /// By how much the whole grows where the flows of such steps are run one by one, each when the one before it has arrived, and hosts'
    /// links bind.
    /// </summary>
    public double Overlap { get; init; } = 1;

    /// <summary>
    /// What the steps of a ring add, shortest first: shorter ones add as much, longer ones as many round trips as the longest.
    /// </summary>
    public IReadOnlyList<AgainTerm> Again { get; init; } = [];

    /// <summary>The mean of the relative errors on networks and sizes that the terms were not fitted to.</summary>
    public double Error { get; init; }

    /// <summary>How many of those there were.</summary>
    public int Cases { get; init; }

    /// <summary>The rate of the hosts' cards at which terms and <see cref="Error"/> were measured.</summary>
    public DataRate MeasuredRate { get; init; }

    /// <summary>
    /// Times in round trips carry over from one rate to another, until a round trip has only a few packets. The terms shipped were held
    /// against packets at other rates: down to an eighth of theirs they were as good as at their own.
    /// </summary>
    private const double FarthestRate = 8;

    /// <summary>Why <see cref="Error"/> says nothing about a network; null where it does.</summary>
    public string? Doubt(NetworkDescription network)
    {
        double[] rates = [.. network.Links.Where(l => l.A.IsHost).Select(l => l.Rate.BitsPerSecond / 1e9).Distinct().Order()];
        if (rates.Length == 0 || MeasuredRate <= DataRate.Zero)
        {
            return null;
        }
        if (rates.Length > 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"hosts of several rates, {rates[0]:0.##}G to {rates[^1]:0.##}G, are none of the cases it was measured in: "
                    + $"fast senders overrun slow receivers, so packets take longer; run --engine packet"
            );
        }
        double far = Math.Max(rates[0] / MeasuredRate.Gbps, MeasuredRate.Gbps / rates[0]);
        return far <= FarthestRate
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"at {rates[0]:0.##}G it was not measured, and packets at 25G were up to a fifth slower than it says; run --engine packet, or "
                    + $"`lightloom calibrate` at that rate"
            );
    }

    /// <summary>Whether a flow's packets follow each other on one path.</summary>
    internal bool OnePath => LoadBalancings.Find(LoadBalancing).OnePath;

    /// <summary>Paths that a flow of so many packets draws; one on each of its ports where it keeps to one.</summary>
    internal double PathsOf(SimulationOptions options, double packets, double ports) =>
        OnePath ? Math.Max(1, ports) : Math.Max(1, Math.Min(options.Paths, packets));

    /// <summary>
    /// How uneven the links of a level are: what the fullest has more than the mean where paths are drawn. Switches that choose by what
    /// waits draw none, and are the more often wrong the more links they choose from, up to 16.
    /// </summary>
    internal double ExcessOf(LevelLoad level, double paths) =>
        LoadBalancings.Find(LoadBalancing).SwitchesSpread
            ? Math.Pow(Math.Min(1, level.Ways / MostWays), 1.5)
            : Math.Min(level.Beside - 1, Unevenness.Excess(level.Flows * paths, level.Links));

    /// <summary>By how much time grows where a host's link binds.</summary>
    /// <param name="flows">Flows that it carries.</param>
    internal double OnHost(double flows) => 1 + Host + (Fan - Host) * Math.Clamp(Math.Log(Math.Max(1, flows)) / Math.Log(FullFan), 0, 1);

    /// <summary>By how much time grows where links of the fabric bind.</summary>
    /// <param name="roundTrips">The length of a flow on its host's link, in round trips.</param>
    /// <param name="excess">The excess of the fullest link; see <see cref="Unevenness"/>.</param>
    internal double OnFabric(double roundTrips, double excess)
    {
        if (Spreads.Count == 0)
        {
            return 1;
        }
        SpreadTerm term = At(roundTrips);
        // A flow that keeps to one path feels all of its excess.
        return OnePath ? (1 + term.Even) * (1 + excess) : 1 + term.Even + term.Uneven * excess;
    }

    /// <summary>The share of a sprayed flow's packets that load links as its paths are drawn; the others go evenly over all.</summary>
    /// <param name="roundTrips">The flow's length on its host's link, in round trips.</param>
    internal double UnevenOf(double roundTrips) => Spreads.Count == 0 ? 0 : Math.Min(1, At(roundTrips).Uneven);

    private SpreadTerm At(double roundTrips)
    {
        int after = 0;
        while (after < Spreads.Count && Spreads[after].RoundTrips < roundTrips)
        {
            after++;
        }
        SpreadTerm below = Spreads[Math.Max(0, after - 1)],
            above = Spreads[Math.Min(after, Spreads.Count - 1)];
        double span = Math.Log(above.RoundTrips / below.RoundTrips);
        double at = span <= 0 ? 0 : Math.Clamp(Math.Log(roundTrips / below.RoundTrips) / span, 0, 1);
        return new(roundTrips, below.Even + (above.Even - below.Even) * at, below.Uneven + (above.Uneven - below.Uneven) * at);
    }

    /// <summary>By how much the time of a ring's step grows.</summary>
    /// <param name="roundTrips">Its length by even shares, in round trips.</param>
    internal double OnRing(double roundTrips)
    {
        int after = 0;
        while (after < Again.Count && Again[after].RoundTrips < roundTrips)
        {
            after++;
        }
        if (after == 0 || after == Again.Count)
        {
            return Again.Count == 0 ? 1
                : after == 0 ? 1 + Again[0].Added
                : 1 + Again[^1].Added * Again[^1].RoundTrips / roundTrips;
        }
        (AgainTerm below, AgainTerm above) = (Again[after - 1], Again[after]);
        double at = Math.Log(roundTrips / below.RoundTrips) / Math.Log(above.RoundTrips / below.RoundTrips);
        return 1 + below.Added + (above.Added - below.Added) * at;
    }

    /// <summary>How long flows of one size that start together take.</summary>
    /// <param name="load">What binds them.</param>
    /// <param name="wire">Bytes of each, headers included.</param>
    /// <param name="options">Packet size and paths.</param>
    /// <returns>Picoseconds.</returns>
    internal double Picoseconds(StepLoad load, double wire, SimulationOptions options)
    {
        double packet = Math.Min(options.MtuBytes, wire);
        if (wire <= 0 || load.Bound is StepLoad.ScaleUpPort or StepLoad.Nothing)
        {
            return load.Picoseconds(wire, options.MtuBytes);
        }
        double roundTrip = RoundTripOf(load.Latency, load.PacketByteTime, options);
        double length = wire * load.HostByteTime / Math.Max(1, load.HostFlows) / roundTrip;
        double slowest = Math.Max(load.ByteTime, load.HostByteTime * OnHost(load.HostFlows));
        if (load.Drawn > 0)
        {
            double shared = Math.Clamp(load.Drawn / Math.Max(1e-9, load.HostByteTime) - 1, 0, 1);
            slowest = Math.Max(slowest, load.Drawn * (1 + shared * (OnFabric(length, 0) - 1)));
            return wire * slowest + packet * load.PacketByteTime + load.Latency + Start * roundTrip;
        }
        double paths = PathsOf(options, wire / options.MtuBytes, load.Ports);
        foreach (LevelLoad level in (ReadOnlySpan<LevelLoad>)[load.Leaf, load.Spine, load.Upper])
        {
            if (level.ByteTime > 0)
            {
                slowest = Math.Max(slowest, level.ByteTime * OnFabric(length, ExcessOf(level, paths)));
            }
        }
        return wire * slowest + packet * load.PacketByteTime + load.Latency + Start * roundTrip;
    }

    /// <summary>A round trip without load: both ways, and a packet on the links after the first.</summary>
    internal static double RoundTripOf(double latency, double packetByteTime, SimulationOptions options) =>
        2 * latency + options.MtuBytes * packetByteTime;
}
