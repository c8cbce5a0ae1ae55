using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;
using Lightloom.Units;

namespace Lightloom.Traces.Simai;

/// <summary>
/// The topology files of SimAI and of ASTRA-sim's ns-3 back end: a line of counts, a line of switches, then a link a line with its rate and
/// delay.
/// </summary>
/// <remarks>
/// SimAI's first line has six words (nodes, GPUs of a server, NVSwitches, other switches, links, the GPU's name), ns-3's three (nodes,
/// switches, links). Hosts are the first nodes, then come NVSwitches, then switches. The format has no latency of a switch: half of it is
/// on each link of the switch, so that every way through the network takes what it takes here. ns-3 keeps one link between two nodes, so
/// parallel ones are written as one of their rates together.
/// </remarks>
public static partial class SimaiTopology
{
    /// <summary>Writes a network.</summary>
    /// <param name="network">The network; its scale-up domains become NVSwitches where <paramref name="simai"/>.</param>
    /// <param name="simai">SimAI's first line; ns-3's otherwise, which has no NVSwitches.</param>
    /// <param name="to">Where to.</param>
    /// <returns>What the format could not say, as sentences.</returns>
    /// <exception cref="RefusedException">The format cannot hold the network.</exception>
    public static IReadOnlyList<string> Write(NetworkDescription network, bool simai, TextWriter to)
    {
        List<string> notes = [];
        if (network.ScaleUp is not null && !simai)
        {
            notes.Add("the scale-up domains are left out: the format has switches and links only");
        }

        Domain[] domains = simai && network.ScaleUp is { } scaleUp ? [.. DomainsOf(scaleUp)] : [];
        int perServer = domains.Length == 0 ? 1 : domains[0].Hosts.Count;
        if (domains.Any(d => d.Hosts.Count != perServer))
        {
            throw new RefusedException(
                $"SimAI's servers have as many GPUs each, and the nodes here have {domains.Min(d => d.Hosts.Count)} to "
                    + $"{domains.Max(d => d.Hosts.Count)}; leave out --scale-up, or export as ns3-topology"
            );
        }

        int firstSwitch = network.HostCount + domains.Length;
        (List<Merged> links, int parallel) = LinksOf(network, firstSwitch);
        if (parallel > 0)
        {
            notes.Add($"{parallel} parallel links are written as one between their ends, with their rates together");
        }

        int count = links.Count + domains.Sum(d => d.Hosts.Count);
        int nodes = firstSwitch + network.Switches.Count;
        to.Write(
            simai
                ? FormattableString.Invariant($"{nodes} {perServer} {domains.Length} {network.Switches.Count} {count} XPU\n")
                : FormattableString.Invariant($"{nodes} {network.Switches.Count} {count}\n")
        );
        to.Write(string.Join(' ', Enumerable.Range(network.HostCount, nodes - network.HostCount)) + "\n");
        for (int d = 0; d < domains.Length; d++)
        {
            foreach (int host in domains[d].Hosts)
            {
                Line(to, host, network.HostCount + d, domains[d].Rate, network.ScaleUp!.Latency.Picoseconds / 2);
            }
        }

        foreach (Merged link in links)
        {
            Line(to, link.From, link.To, DataRate.FromBitsPerSecond(link.Bits), link.Delay);
        }

        return notes;
    }

    private sealed record Domain(IReadOnlyList<int> Hosts, DataRate Rate);

    private sealed class Merged
    {
        public int From;
        public int To;
        public long Bits;
        public long Delay;
    }

    private static IEnumerable<Domain> DomainsOf(ScaleUpDescription scaleUp) =>
        Enumerable
            .Range(0, scaleUp.DomainOfHost.Count)
            .Where(h => scaleUp.DomainOfHost[h] >= 0)
            .GroupBy(h => scaleUp.DomainOfHost[h])
            .OrderBy(g => g.Min())
            .Select(g => new Domain([.. g], g.Select(h => scaleUp.RateOfHost[h]).Min()));

    private static (List<Merged> Links, int Parallel) LinksOf(NetworkDescription network, int firstSwitch)
    {
        List<Merged> links = [];
        Dictionary<(int, int), Merged> known = [];
        int parallel = 0;
        foreach (LinkDescription link in network.Links)
        {
            int from = link.A.IsHost ? link.A.Index : firstSwitch + link.A.Index,
                to = firstSwitch + link.Z.Index;
            long bits = (long)Math.Round(link.Rate.BitsPerSecond * link.RateFraction);
            long delay =
                link.Delay.Picoseconds
                + (
                    (link.A.IsHost ? 0 : network.Switches[link.A.Index].Latency.Picoseconds)
                    + network.Switches[link.Z.Index].Latency.Picoseconds
                ) / 2;
            if (known.TryGetValue((from, to), out Merged? first))
            {
                first.Bits += bits;
                first.Delay = Math.Max(first.Delay, delay);
                parallel++;
                continue;
            }

            Merged merged = new()
            {
                From = from,
                To = to,
                Bits = bits,
                Delay = delay,
            };
            known.Add((from, to), merged);
            links.Add(merged);
        }

        return (links, parallel);
    }

    private static void Line(TextWriter to, int from, int other, DataRate rate, long delay) =>
        to.Write(FormattableString.Invariant($"{from} {other} {ExportText.Of(rate)} {ExportText.Milliseconds(delay)} 0\n"));
}
