using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Measurement;

/// <summary>
/// The least that a packet and its answer can take between two hosts: propagation, switches and serialisation along the quickest path of the
/// whole graph, whatever routes a run uses, through empty queues. Not safe to share between threads.
/// </summary>
/// <remarks>
/// <c>2 (D + h sum 8 / R) + (b - h) sum 8 / R</c> for a packet of b bytes and headers of h. A trimmed packet is whole on its first link
/// only; with cut-through a packet is waited for on its last link only; over cells on the hosts' links only.
/// </remarks>
internal sealed class RoundTripFloor
{
    /// <summary>What a pair of hosts takes.</summary>
    /// <param name="Headers">Picoseconds of two headers, there and back.</param>
    /// <param name="ByteTime">Further picoseconds for each byte of the packet beyond its header.</param>
    /// <param name="TrimmedByteTime">The same when the packet is trimmed on the way.</param>
    public readonly record struct Pair(double Headers, double ByteTime, double TrimmedByteTime);

    private readonly NetworkDescription _network;
    private readonly SimulationOptions _options;
    private readonly int[][] _hostLinks;
    private readonly List<(int To, double Headers, double ByteTime)>[] _near;
    private readonly Dictionary<int, double[]> _headers = [];
    private readonly Dictionary<int, double[]> _byteTimes = [];

    /// <summary>Prepares for a network.</summary>
    public RoundTripFloor(NetworkDescription network, SimulationOptions options)
    {
        _network = network;
        _options = options;
        _hostLinks = network.HostLinks();
        _near = [.. network.Switches.Select(_ => new List<(int, double, double)>())];
        foreach (LinkDescription link in network.Links)
        {
            if (link.A.IsHost)
            {
                continue;
            }
            // Cells of one packet take many links at once.
            double byteTime = options.Cells is null ? 8e12 / link.Rate.BitsPerSecond : 0;
            double headers = link.Delay.Picoseconds + options.HeaderBytes * byteTime;
            _near[link.A.Index].Add((link.Z.Index, headers + Latency(link.Z.Index), byteTime));
            _near[link.Z.Index].Add((link.A.Index, headers + Latency(link.A.Index), byteTime));
        }
    }

    /// <summary>What two hosts take; nothing where no way joins them.</summary>
    public Pair Of(int source, int destination)
    {
        double headers = double.MaxValue,
            byteTime = double.MaxValue,
            trimmed = double.MaxValue;
        foreach (int out1 in _hostLinks[source])
        {
            LinkDescription first = _network.Links[out1];
            double firstByte = 8e12 / first.Rate.BitsPerSecond;
            foreach (int in1 in _hostLinks[destination])
            {
                LinkDescription last = _network.Links[in1];
                double lastByte = 8e12 / last.Rate.BitsPerSecond;
                int at = last.Z.Index;
                double middle = From(_headers, first.Z.Index, e => e.Headers)[at];
                if (middle == double.MaxValue)
                {
                    continue;
                }
                double there =
                    first.Delay.Picoseconds
                    + Latency(first.Z.Index)
                    + middle
                    + last.Delay.Picoseconds
                    + _options.HeaderBytes * (firstByte + lastByte);
                headers = Math.Min(headers, 2 * there);
                double whole = _options.CutThrough ? lastByte : firstByte + From(_byteTimes, first.Z.Index, e => e.ByteTime)[at] + lastByte;
                byteTime = Math.Min(byteTime, whole);
                trimmed = Math.Min(trimmed, _options.CutThrough ? 0 : firstByte);
            }
        }
        return headers == double.MaxValue ? default : new Pair(headers, byteTime, trimmed);
    }

    private double Latency(int at) => _network.Switches[at].Latency.Picoseconds;

    // The shortest way from a switch to all others, by Dijkstra.
    private double[] From(Dictionary<int, double[]> known, int start, Func<(int To, double Headers, double ByteTime), double> cost)
    {
        if (known.TryGetValue(start, out double[]? found))
        {
            return found;
        }
        found = new double[_near.Length];
        Array.Fill(found, double.MaxValue);
        found[start] = 0;
        var open = new PriorityQueue<int, double>([(start, 0)]);
        while (open.TryDequeue(out int at, out double distance))
        {
            if (distance > found[at])
            {
                continue;
            }
            foreach ((int To, double Headers, double ByteTime) edge in _near[at])
            {
                double longer = distance + cost(edge);
                if (longer < found[edge.To])
                {
                    found[edge.To] = longer;
                    open.Enqueue(edge.To, longer);
                }
            }
        }
        return known[start] = found;
    }
}
