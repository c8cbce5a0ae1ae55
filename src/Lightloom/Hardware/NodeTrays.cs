using System.Globalization;

namespace Lightloom.Hardware;

/// <summary>The trays of a rack-scale node one by one, and which of them holds a port.</summary>
/// <remarks>
/// Trays are numbered kind by kind in the order of the catalogue, and within a kind rack by rack in the order of its units. The node's XPUs
/// and ports are dealt to its compute trays evenly and in order, its management ports to all trays as each has them.
/// </remarks>
public sealed class NodeTrays
{
    private readonly int[] _trayOfManagement;
    private readonly Tray[] _withPorts;

    private NodeTrays(IReadOnlyList<Tray> all, IReadOnlyList<(int Rack, int Unit)> spaces)
    {
        All = all;
        ManagementSpaces = spaces;
        _withPorts = [.. all.Where(t => t.HasPorts)];
        _trayOfManagement = [.. all.SelectMany(t => Enumerable.Repeat(t.Index, t.Model.ManagementPorts?.Value ?? 0))];
    }

    /// <summary>Every tray that is a device of its own: all but the units left to management switches.</summary>
    public IReadOnlyList<Tray> All { get; }

    /// <summary>Units that are left to switches of the management network, from the bottom up, each with its rack of the node, from 0.</summary>
    public IReadOnlyList<(int Rack, int Unit)> ManagementSpaces { get; }

    /// <summary>Trays with XPUs and ports.</summary>
    public int Computes => _withPorts.Length;

    /// <summary>Management ports of all trays.</summary>
    public int ManagementPorts => _trayOfManagement.Length;

    /// <summary>Rack units that the trays fill in one of the node's racks.</summary>
    /// <param name="rack">The rack, from 0.</param>
    public int UnitsIn(int rack) => All.Where(t => t.Rack == rack).Sum(t => t.Model.RackUnits.Value);

    /// <summary>The tray that holds a cage of the node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="network">Name of the network: <c>backend</c>, <c>frontend</c>, <c>oob</c> for management.</param>
    /// <param name="cage">The cage, from 1; one beyond the last counts as the last.</param>
    public Tray Of(NodeModel node, string network, int cage)
    {
        if (network == Management)
        {
            return _trayOfManagement.Length == 0 ? All[0] : All[_trayOfManagement[Math.Clamp(cage - 1, 0, _trayOfManagement.Length - 1)]];
        }

        return _withPorts[Math.Clamp((cage - 1) / CagesEach(node, network), 0, _withPorts.Length - 1)];
    }

    /// <summary>The number of a cage among those of its tray, from 1.</summary>
    /// <param name="node">The node.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="cage">The cage of the node, from 1.</param>
    public int NumberIn(NodeModel node, string network, int cage) =>
        network == Management ? cage - Of(node, network, cage).FirstManagement : ((cage - 1) % CagesEach(node, network)) + 1;

    /// <summary>Cages of one compute tray on a network.</summary>
    public int CagesEach(NodeModel node, string network) => Math.Max(1, (node.PortsOf(network)?.Cages.Value ?? 1) / _withPorts.Length);

    internal const string Management = "oob";

    /// <summary>The trays of a node as the catalogue describes them; null, with a complaint, where they cannot be so.</summary>
    internal static NodeTrays? Of(NodeModel node, EntryContext context)
    {
        if (node.Trays is not { Count: > 0 } kinds)
        {
            return null;
        }

        List<Tray> all = [];
        List<(int Rack, int Unit)> spaces = [];
        Dictionary<(int Rack, int Unit), string> taken = [];
        HashSet<string> labels = new(StringComparer.Ordinal);
        int management = 0;
        foreach ((string word, TrayModel model) in kinds)
        {
            string label = model.Label ?? word[..1];
            int number = 0;
            int digits = Math.Max(2, model.Count.ToString(CultureInfo.InvariantCulture).Length);
            if (!labels.Add(label))
            {
                context.Contradiction($"trays.{word}: two kinds of trays are labelled '{label}'; say label", $"trays.{word}");
                return null;
            }

            foreach (int rack in model.Racks.Value)
            {
                foreach (int unit in model.Units.Value)
                {
                    for (int u = unit; u < unit + model.RackUnits.Value; u++)
                    {
                        if (!taken.TryAdd((rack, u), word))
                        {
                            context.Contradiction(
                                $"trays.{word}: unit {u} of rack {rack} is filled by {taken[(rack, u)]} too; correct units",
                                $"trays.{word}.units"
                            );
                            return null;
                        }
                    }

                    if (model.Kind == TrayKind.Management)
                    {
                        spaces.Add((rack - 1, unit));
                        continue;
                    }

                    string suffix = label + (++number).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
                    all.Add(new(all.Count, word, model, number, rack - 1, unit, management, suffix));
                    management += model.ManagementPorts?.Value ?? 0;
                }
            }
        }

        NodeTrays trays = new(all, [.. spaces.Order()]);
        return trays.Check(node, context) ? trays : null;
    }

    private bool Check(NodeModel node, EntryContext context)
    {
        if (_withPorts.Length == 0)
        {
            context.Contradiction("trays: there is no tray of kind compute, which holds XPUs and ports; add one", "trays");
            return false;
        }

        List<(string What, string Key, int Count)> dealt =
        [
            ("xpus", "xpus", node.Xpus.Value),
            .. new[] { ("backend", node.Backend), ("frontend", node.Frontend) }
                .Concat((node.Networks ?? new Dictionary<string, NicPorts>()).Select(n => ("networks." + n.Key, (NicPorts?)n.Value)))
                .Where(p => p.Item2 is not null)
                .Select(p => ($"cages of the {p.Item1}", p.Item1 + ".cages", p.Item2!.Cages.Value)),
        ];
        foreach ((string what, string key, int count) in dealt.Where(d => d.Count % _withPorts.Length != 0))
        {
            context.Contradiction($"{count} {what} cannot be dealt evenly to {_withPorts.Length} compute trays; correct either", key);
            return false;
        }

        return true;
    }
}
