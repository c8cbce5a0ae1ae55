using System.Globalization;
using Lightloom.Diagnostics;
using Lightloom.Simulation.Model;
using Lightloom.Traces.Graph;
using Lightloom.Units;

namespace Lightloom.Traces.Simai;

/// <content>Reading.</content>
public static partial class SimaiTopology
{
    private const int MostNodes = 1 << 24;

    /// <summary>Whether a line can be the first of such a file: three whole numbers, or five and a name.</summary>
    internal static bool IsHeader(string line)
    {
        string[] words = Words(line);
        return words.Length is 3 or 6 && words.Take(words.Length == 3 ? 3 : 5).All(w => int.TryParse(w, NumberStyles.None, null, out _));
    }

    /// <summary>Reads a network; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static NetworkDescription? Read(string file, string text, DiagnosticBag diagnostics)
    {
        Reader reader = new(file, text, diagnostics);
        return reader.Read();
    }

    private static string[] Words(string line) => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private readonly record struct RawLink(int From, int To, DataRate Rate, SimTime Delay);

    private sealed class Reader(string file, string text, DiagnosticBag diagnostics)
    {
        private readonly string[] _lines = text.Split('\n');
        private readonly List<RawLink> _links = [];
        private int _at;
        private int _nodes;
        private int _nvSwitches;
        private int[] _numberOf = [];
        private int _hosts;
        private readonly List<int> _switches = [];

        public NetworkDescription? Read()
        {
            if (NextWords() is not { } header || !IsHeader(string.Join(' ', header)))
            {
                return Fail(
                    "the first line is no header; write 'NODES SWITCHES LINKS', or SimAI's 'NODES GPUS_PER_SERVER NVSWITCHES "
                        + "SWITCHES LINKS GPU'"
                );
            }

            int[] counts = [.. header.Take(header.Length == 3 ? 3 : 5).Select(w => Whole(w))];
            if (counts.Any(c => c is < 0 or > MostNodes) || counts[0] < 1)
            {
                return Fail($"the header's counts are not between 0 and {MostNodes}");
            }

            _nodes = counts[0];
            _nvSwitches = header.Length == 3 ? 0 : counts[2];
            int switches = header.Length == 3 ? counts[1] : counts[2] + counts[3];
            return ReadSwitches(switches) && ReadLinks(counts[^1]) ? Build() : null;
        }

        private bool ReadSwitches(int count)
        {
            _numberOf = new int[_nodes];
            while (_switches.Count < count)
            {
                if (NextWords() is not { } words)
                {
                    Fail($"the header announces {count} switches and the file lists {_switches.Count}");
                    return false;
                }

                foreach (string word in words)
                {
                    int node = Whole(word);
                    if (node < 0 || node >= _nodes || _numberOf[node] != 0)
                    {
                        Fail($"switch '{Yaml.Excerpt.Of(word)}' is no node of 0 to {_nodes - 1}, or is listed twice");
                        return false;
                    }

                    _switches.Add(node);
                    _numberOf[node] = -_switches.Count;
                }
            }

            if (_switches.Count > count || count == 0)
            {
                Fail(
                    count == 0
                        ? "the network has no switch; only hosts behind switches are read"
                        : "more switches are listed than announced"
                );
                return false;
            }

            for (int node = 0; node < _nodes; node++)
            {
                _numberOf[node] = _numberOf[node] < 0 ? _numberOf[node] : _hosts++;
            }

            return true;
        }

        private bool ReadLinks(int count)
        {
            while (NextWords() is { } words)
            {
                if (words.Length is < 4 or > 5)
                {
                    Fail("a link is 'FROM TO 400Gbps 0.0005ms ERROR_RATE'");
                    return false;
                }

                int from = Whole(words[0]),
                    to = Whole(words[1]);
                if (from < 0 || to < 0 || from >= _nodes || to >= _nodes || from == to)
                {
                    Fail($"a link joins two different nodes of 0 to {_nodes - 1}");
                    return false;
                }

                if (Quantity(words[2], Rates, 1e15) is not { } bits || bits < 1 || Quantity(words[3], Times, 1e18) is not { } delay)
                {
                    Fail("the rate has a unit of bps, Kbps, Mbps, Gbps or Tbps and the delay one of ps, ns, us, ms or s");
                    return false;
                }

                _links.Add(
                    new(from, to, DataRate.FromBitsPerSecond((long)bits), SimTime.FromPicoseconds(Math.Max(1, (long)Math.Round(delay))))
                );
            }

            if (_links.Count != count)
            {
                Fail($"the header announces {count} links and the file has {_links.Count}; correct the header");
                return false;
            }

            return true;
        }

        private NetworkDescription? Build()
        {
            int[] tier = Tiers();
            bool[] scaleUp = [.. _switches.Select((_, s) => s < _nvSwitches)];
            List<LinkDescription> links = [];
            bool upDown = true;
            foreach (RawLink link in _links)
            {
                (int from, int to) = (_numberOf[link.From], _numberOf[link.To]);
                if (from >= 0 && to >= 0)
                {
                    return Fail($"link {link.From} to {link.To} joins two hosts; only hosts behind switches are read");
                }

                if ((from < 0 && scaleUp[~from]) || (to < 0 && scaleUp[~to]))
                {
                    continue;
                }

                bool swap = to >= 0 || (from < 0 && tier[~from] > tier[~to]);
                (from, to) = swap ? (to, from) : (from, to);
                upDown &= (from >= 0 ? 0 : tier[~from] + 1) == tier[~to];
                NodeId End(int number) => number >= 0 ? NodeId.Host(number) : NodeId.Switch(~number - _nvSwitches);
                links.Add(new(End(from), End(to), link.Rate, link.Delay));
            }

            var attached = new bool[_hosts];
            foreach (LinkDescription link in links.Where(l => l.A.IsHost))
            {
                attached[link.A.Index] = true;
            }

            if (_hosts == 0 || Array.IndexOf(attached, false) is >= 0)
            {
                return Fail(_hosts == 0 ? "every node is a switch" : $"host {Array.IndexOf(attached, false)} has no link to a switch");
            }

            SwitchDescription[] switches =
            [
                .. _switches
                    .Select((node, s) => new SwitchDescription(Math.Max(0, tier[s]), 0, SimTime.Zero, $"switch-{node}"))
                    .Skip(_nvSwitches),
            ];
            return new(_hosts, switches, links)
            {
                Routes = upDown ? RouteRule.UpDown : RouteRule.ShortestPaths,
                ScaleUp = ScaleUp(scaleUp),
            };
        }

        // How far a switch is from the nearest host.
        private int[] Tiers()
        {
            var tier = new int[_switches.Count];
            Array.Fill(tier, -1);
            List<int>[] near = [.. _switches.Select(_ => new List<int>())];
            Queue<int> open = new();
            foreach (RawLink link in _links)
            {
                (int from, int to) = (_numberOf[link.From], _numberOf[link.To]);
                foreach ((int a, int b) in ((int, int)[])[(from, to), (to, from)])
                {
                    if (a < 0 && b < 0)
                    {
                        near[~a].Add(~b);
                    }
                    else if (a < 0 && tier[~a] < 0)
                    {
                        tier[~a] = 0;
                        open.Enqueue(~a);
                    }
                }
            }

            while (open.TryDequeue(out int at))
            {
                foreach (int next in near[at].Where(n => tier[n] < 0))
                {
                    tier[next] = tier[at] + 1;
                    open.Enqueue(next);
                }
            }

            return tier;
        }

        private ScaleUpDescription? ScaleUp(bool[] isScaleUp)
        {
            if (_nvSwitches == 0)
            {
                return null;
            }

            int[] domain = new int[_hosts];
            Array.Fill(domain, -1);
            long[] rate = new long[_hosts];
            long latency = 1;
            foreach (RawLink link in _links)
            {
                (int from, int to) = (_numberOf[link.From], _numberOf[link.To]);
                (int host, int other) = from >= 0 ? (from, to) : (to, from);
                if (host >= 0 && other < 0 && isScaleUp[~other])
                {
                    domain[host] = domain[host] < 0 ? ~other : Math.Min(domain[host], ~other);
                    rate[host] += link.Rate.BitsPerSecond;
                    latency = Math.Max(latency, 2 * link.Delay.Picoseconds);
                }
            }

            return new(domain, [.. rate.Select(r => DataRate.FromBitsPerSecond(Math.Max(1, r)))], SimTime.FromPicoseconds(latency));
        }

        private static readonly (string Unit, double Factor)[] Rates =
        [
            ("Tbps", 1e12),
            ("Gbps", 1e9),
            ("Mbps", 1e6),
            ("Kbps", 1e3),
            ("kbps", 1e3),
            ("bps", 1),
        ];

        private static readonly (string Unit, double Factor)[] Times = [("ps", 1), ("ns", 1e3), ("us", 1e6), ("ms", 1e9), ("s", 1e12)];

        private static double? Quantity(string word, (string Unit, double Factor)[] units, double most)
        {
            foreach ((string unit, double factor) in units)
            {
                if (
                    word.EndsWith(unit, StringComparison.Ordinal)
                    && double.TryParse(word[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                )
                {
                    return value >= 0 && value * factor <= most ? value * factor : null;
                }
            }

            return null;
        }

        private static int Whole(string word) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;

        private string[]? NextWords()
        {
            while (_at < _lines.Length)
            {
                string[] words = SimaiTopology.Words(_lines[_at++]);
                if (words.Length > 0 && words[0][0] != '#')
                {
                    return words;
                }
            }

            return null;
        }

        private NetworkDescription? Fail(string message)
        {
            diagnostics.Error(TraceProblems.Syntax, message, mark: new(file, Math.Max(1, _at), 1));
            return null;
        }
    }
}
