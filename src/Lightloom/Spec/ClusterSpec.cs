using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>
/// What a cluster file asks for: pools, networks, floor, interconnects, objectives, with every default filled in. Immutable.
/// </summary>
public sealed record ClusterSpec
{
    /// <summary>Format version; 1.</summary>
    [Key("lightloom", "Format version; 1.", Required = true, Minimum = 1, Maximum = 1, Example = "1")]
    public int Format { get; init; } = 1;

    /// <summary>The cluster's name.</summary>
    [Key("name", "Name of the cluster.", Required = true, Example = "my-cluster")]
    public string Name { get; init; } = "";

    /// <summary>Pools of XPU nodes; empty in a cluster of services only.</summary>
    [Key("pools", "Pools of XPU nodes; several vendors may be mixed; [] where there are services only.", Required = true)]
    public IReadOnlyList<PoolSpec> Pools { get; init; } = [];

    /// <summary>CPU-side nodes: on every network that they have ports for; on the backend they take ports that XPUs leave free.</summary>
    [Key("services", "CPU-side nodes: on every network that they have ports for; on the backend they take ports that XPUs leave free.")]
    public IReadOnlyList<PoolSpec> Services { get; init; } = [];

    /// <summary>The XPU-to-XPU network.</summary>
    [Key("backend", "The XPU-to-XPU network.")]
    public BackendSpec Backend { get; init; } = new();

    /// <summary>The CPU, storage and user network.</summary>
    [Key("frontend", "The network of CPUs, storage, management and users.")]
    public FrontendSpec Frontend { get; init; } = new();

    /// <summary>Further networks beside backend, frontend and management, by their names, in the file's order.</summary>
    [Key("networks", "Further networks by name, with the frontend's keys; nodes name their ports for them under networks.")]
    public IReadOnlyDictionary<string, FrontendSpec> Networks { get; init; } = new Dictionary<string, FrontendSpec>();

    /// <summary>The out-of-band management network.</summary>
    [Key("oob", "The out-of-band management network.")]
    public OobSpec Oob { get; init; } = new();

    /// <summary>Sites, buildings, halls, rows, racks, trays.</summary>
    [Key("floor", "Sites, buildings, halls, rows, racks, aisles and trays.")]
    public FloorSpec Floor { get; init; } = new();

    /// <summary>How ports, racks, devices and cables are called.</summary>
    [Key("names", "How ports, racks, switches, nodes and cables are called.")]
    public NamesSpec Names { get; init; } = new();

    /// <summary>How interconnects are chosen.</summary>
    [Key("interconnect", "How interconnects are chosen.")]
    public InterconnectSpec Interconnect { get; init; } = new();

    /// <summary>What the design is judged by.</summary>
    [Key("objectives", "What the design is judged by.")]
    public ObjectivesSpec Objectives { get; init; } = new();

    /// <summary>What runs on the network; used by simulate, train and explore.</summary>
    [Key("workload", "What runs on the network; used by simulate, train and explore.")]
    public WorkloadSpec Workload { get; init; } = new();

    /// <summary>The file's price book: a part's id to dollars for one. Already applied to <see cref="Catalogue"/>.</summary>
    [Key("prices", "Price book: id of a part to US dollars each; overrides the catalogue's price.", Minimum = 0, Maximum = 1e9)]
    public IReadOnlyDictionary<string, Money> Prices { get; init; } = new Dictionary<string, Money>();

    /// <summary>Switches and modules in stock by catalogue id: used first, counted, not bought.</summary>
    [Key("existing", "Switches and modules in stock by id: used first, counted, not bought; a number, or {count: 12, used_ports: 8}.")]
    public IReadOnlyDictionary<string, StockSpec> Existing { get; init; } = new Dictionary<string, StockSpec>();

    /// <summary>The file's own parts, as written. Already added to <see cref="Catalogue"/>.</summary>
    [Key("catalog", "Parts of your own: nodes, switches, nics and interconnects by id, in the catalogue's own schema.")]
    public YamlMap? CatalogAdditions { get; init; }

    /// <summary>The catalogue that the file's ids resolve in: the built-in one, the user's additions and price book on top.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>
    /// The switches that Lightloom may choose from where a tier is left open: those of the catalogue, and those of the file's own that it
    /// names for no tier. One that it names serves where it is named and nowhere else.
    /// </summary>
    public IReadOnlyList<SwitchModel> OpenSwitches
    {
        get
        {
            HashSet<string> named =
            [
                .. new FabricSpec[] { Backend, Frontend, Oob }
                    .Concat(Networks.Values)
                    .SelectMany(f => f.NamedSwitches),
            ];
            return [.. Catalogue.Switches.Values.Where(s => !s.UserDefined || !named.Contains(s.Id))];
        }
    }

    /// <summary>The file's path as the user gave it, for diagnostics.</summary>
    public string File { get; init; } = "";

    /// <summary>The file's values with their places, or null for a specification that no file was read for.</summary>
    public YamlMap? Source { get; init; }

    /// <summary>The oversubscription that the file asks of a network: backend, frontend or a further one.</summary>
    public TierValues OversubscriptionOf(string network) =>
        network == "backend" ? Backend.Oversubscription : (Networks.GetValueOrDefault(network) ?? Frontend).Oversubscription;

    /// <summary>The section of a network by its name: backend, frontend, oob or a further one.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such network: a defect of Lightloom.</exception>
    public FabricSpec NetworkOf(string network) =>
        network switch
        {
            "backend" => Backend,
            "frontend" => Frontend,
            "oob" => Oob,
            _ => Networks[network],
        };

    /// <summary>
    /// Where a key was written, by its path: <c>backend.planes</c>, <c>pools[0].node</c>. A key that the file leaves out has the place of
    /// the nearest section around it, else the file's first character.
    /// </summary>
    public SourceMark MarkOf(string path) => At(path).Mark;

    /// <summary>True where the file has a value for a key, by its path: false where it is a default.</summary>
    public bool Says(string path) => At(path).IsThere;

    private (SourceMark Mark, bool IsThere) At(string path)
    {
        var mark = new SourceMark(File, 1, 1);
        YamlNode? at = Source;
        foreach (string step in path.Split('.', '[', ']'))
        {
            if (step.Length == 0)
            {
                continue;
            }

            if (at is YamlMap map && map[step] is { } entry)
            {
                mark = entry.Mark;
                at = entry.Value;
            }
            else if (at is YamlList list && int.TryParse(step, out int index) && index >= 0 && index < list.Items.Count)
            {
                at = list.Items[index];
                mark = at.Mark;
            }
            else
            {
                return (mark, false);
            }
        }

        return (mark, at is not null and not YamlScalar { IsNull: true });
    }
}
