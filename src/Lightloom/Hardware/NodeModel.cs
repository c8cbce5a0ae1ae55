using Lightloom.Units;

namespace Lightloom.Hardware;

/// <summary>A node that carries XPUs (or none: a storage or CPU server): its ports, its size, its power, its compute.</summary>
public sealed record NodeModel : PricedEntry
{
    private static readonly Figure<int> None = new(0, Origin.Own);

    /// <summary>XPUs in the node; 0 for a service node, which need not say so.</summary>
    [Key("xpus", "XPUs in the node; needed beside backend ports, 0 for a service node when left out.", Minimum = 0, Maximum = 100000)]
    public Figure<int> Xpus { get; init; } = None;

    /// <summary>The XPU's name, or null.</summary>
    [Key("xpu", "The XPU's name.")]
    public string? Xpu { get; init; }

    /// <summary>CPUs in the node, or null.</summary>
    [Key("cpus", "CPUs in the node.", Minimum = 0, Maximum = 100000)]
    public Figure<int>? Cpus { get; init; }

    /// <summary>Backend ports, or null when the node has none or they are not known.</summary>
    [Key("backend", "Backend ports.")]
    public NicPorts? Backend { get; init; }

    /// <summary>True when the entry says that there are no backend ports (<c>nics: 0</c>), not that they are unknown.</summary>
    public bool HasNoBackend { get; init; }

    /// <summary>Frontend ports, or null when the node has none or they are not known.</summary>
    [Key("frontend", "Frontend ports.")]
    public NicPorts? Frontend { get; init; }

    /// <summary>Ports on further networks, by the network's name; null when there are none.</summary>
    [Key("networks", "Ports on further networks, by the network's name.")]
    public IReadOnlyDictionary<string, NicPorts>? Networks { get; init; }

    /// <summary>Management ports (1000BASE-T), 1 by default.</summary>
    [Key("management_ports", "Management ports (1000BASE-T), 1 by default.", Minimum = 0, Maximum = 1000)]
    public Figure<int>? ManagementPorts { get; init; }

    /// <summary>Whether it is a server or a whole rack of its own (NVL72, Helios).</summary>
    [Key("kind", "Whether it is a server or a whole rack of its own (NVL72, Helios).")]
    public NodeKind Kind { get; init; }

    /// <summary>True when the node is a whole rack of its own.</summary>
    public bool IsRack => Kind == NodeKind.Rack;

    /// <summary>How many racks the node fills when it is larger than one (CloudMatrix 384: 16); 1 for a rack, 0 for a server.</summary>
    [Key(
        "racks",
        "How many racks the node fills when it is larger than one (CloudMatrix 384: 16); 1 for a rack, 0 for " + "a server.",
        Minimum = 0,
        Maximum = 1000
    )]
    public Figure<int>? Racks { get; init; }

    /// <summary>Racks that the node fills: <see cref="Racks"/>, else one for a rack and none for a server.</summary>
    public int RackCount => Racks?.Value ?? (IsRack ? 1 : 0);

    /// <summary>The trays of a rack-scale node by kind, or null where they are not known: the node is then one device.</summary>
    [Key("trays", "Trays of a rack-scale node, kind by kind; each is then a device with its unit and ports.")]
    public IReadOnlyDictionary<string, TrayModel>? Trays { get; init; }

    /// <summary>The trays one by one, or null for a node that is one device.</summary>
    public NodeTrays? TrayList { get; init; }

    /// <summary>Height in rack units: of a rack-scale node that of its rack; or null.</summary>
    [Key("rack_units", "Height in rack units; for kind: rack that of its rack.", Minimum = 1, Maximum = 60, After = "U")]
    public Figure<int>? RackUnits { get; init; }

    /// <summary>Rack width when <see cref="IsRack"/>, or null.</summary>
    [Key("width_mm", "Width of the rack, for kind: rack.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? Width { get; init; }

    /// <summary>Rack depth when <see cref="IsRack"/>, or null.</summary>
    [Key("depth_mm", "Depth of the rack, for kind: rack.", Minimum = 0, Maximum = 1e6)]
    public Figure<Length>? Depth { get; init; }

    /// <summary>Mass, or null.</summary>
    [Key("weight_kg", "Mass.", Minimum = 0, Maximum = 1e6)]
    public Figure<Mass>? Weight { get; init; }

    /// <summary>Typical power, or null.</summary>
    [Key("power_w", "Typical power.", Minimum = 0, Maximum = 1e8)]
    public Figure<Power>? PowerTypical { get; init; }

    /// <summary>Maximum power, or null.</summary>
    [Key("power_max_w", "Maximum power.", Minimum = 0, Maximum = 1e8)]
    public Figure<Power>? PowerMaximum { get; init; }

    /// <summary>True when liquid-cooled.</summary>
    [Key("liquid_cooled", "True when liquid-cooled.")]
    public Figure<bool>? LiquidCooled { get; init; }

    /// <summary>XPUs that reach each other over the scale-up network, or null.</summary>
    [Key("scale_up_domain", "XPUs that reach each other over the scale-up network.", Minimum = 1, Maximum = 10000000, After = "XPUs")]
    public Figure<int>? ScaleUpDomain { get; init; }

    /// <summary>How the scale-up network is built, or null.</summary>
    [Key("scale_up_topology", "How the scale-up network is built.")]
    public Figure<string>? ScaleUpTopology { get; init; }

    /// <summary>Scale-up bandwidth of one XPU in one direction, in bytes a second, or null.</summary>
    [Key("scale_up_gbytes_s", "Scale-up bandwidth of one XPU in one direction.", Minimum = 0, Maximum = 1e6, After = "an XPU, one way")]
    public Figure<double>? ScaleUpBytesPerSecond { get; init; }

    /// <summary>
    /// What else is known of the scale-up domain, with its size and rate; null for a node without one.
    /// </summary>
    [Key("scale_up", "What else is known of the scale-up domain: how it is built, cabled and how quick it is.")]
    public ScaleUp? ScaleUp { get; init; }

    /// <summary>Memory of one XPU in bytes, or null.</summary>
    [Key("memory_gb", "Memory of one XPU.", Minimum = 0, Maximum = 1e6, After = "an XPU")]
    public Figure<double>? MemoryBytes { get; init; }

    /// <summary>Memory bandwidth of one XPU in bytes a second, or null.</summary>
    [Key("memory_tbytes_s", "Memory bandwidth of one XPU.", Minimum = 0, Maximum = 1e4, After = "an XPU")]
    public Figure<double>? MemoryBytesPerSecond { get; init; }

    /// <summary>Dense BF16 operations a second of one XPU, or null.</summary>
    [Key("bf16_tflops", "Dense BF16 operations a second of one XPU.", Minimum = 0, Maximum = 1e7, After = "an XPU, dense")]
    public Figure<double>? Bf16Flops { get; init; }

    /// <summary>Dense FP8 operations a second of one XPU, or null.</summary>
    [Key("fp8_tflops", "Dense FP8 operations a second of one XPU.", Minimum = 0, Maximum = 1e7, After = "an XPU, dense")]
    public Figure<double>? Fp8Flops { get; init; }

    /// <summary>The ports of the node on a network, or null when it has none there: <c>backend</c>, <c>frontend</c>, <c>storage</c>.</summary>
    public NicPorts? PortsOf(string network) =>
        network switch
        {
            "backend" => Backend,
            "frontend" => Frontend,
            _ => Networks?.GetValueOrDefault(network),
        };

    /// <summary>The node with other ports on a network that it has ports on.</summary>
    internal NodeModel With(string network, NicPorts ports) =>
        network switch
        {
            "backend" => this with { Backend = ports },
            "frontend" => this with { Frontend = ports },
            _ => this with
            {
                Networks = (Networks ?? new Dictionary<string, NicPorts>()).ToDictionary(
                    n => n.Key,
                    n => n.Key == network ? ports : n.Value
                ),
            },
        };

    private Dictionary<string, NicPorts>? CompleteNetworks(EntryContext context, int alike)
    {
        if (Networks is null)
        {
            return null;
        }

        Dictionary<string, NicPorts> completed = new(StringComparer.Ordinal);
        foreach ((string name, NicPorts ports) in Networks)
        {
            if (ports.Complete("networks." + name, context, alike) is { } some)
            {
                completed[name] = some;
            }
        }

        return completed;
    }

    private Dictionary<string, TrayModel>? CompleteTrays(EntryContext context)
    {
        if (Trays is null)
        {
            return null;
        }

        if (RackCount == 0)
        {
            context.Contradiction("trays are of a rack-scale node; say kind: rack", "trays");
            return null;
        }

        return Trays.ToDictionary(t => t.Key, t => t.Value.Complete("trays." + t.Key, RackCount, context), StringComparer.Ordinal);
    }

    private ScaleUp? CompleteScaleUp(NodeTrays? trays, EntryContext context)
    {
        if (ScaleUp is null && ScaleUpDomain is null)
        {
            return null;
        }

        ScaleUp domain = ScaleUp ?? new();
        Tray[] switches = [.. (trays?.All ?? []).Where(t => t.Model.Kind == TrayKind.Switch)];
        Figure<int>? chips = domain.SwitchChips;
        if (switches.Length > 0 && switches.All(t => t.Model.SwitchChips is not null))
        {
            int sum = switches.Sum(t => t.Model.SwitchChips!.Value);
            if (chips is not null && chips.Value != sum)
            {
                context.Contradiction(
                    $"scale_up.switch_chips is {chips} and the switch trays have {sum}; leave it out",
                    "scale_up.switch_chips"
                );
            }

            chips = switches[0].Model.SwitchChips!.To(_ => sum);
        }

        if ((domain.Modules is not null || domain.Cables is not null) && !domain.IsCabled)
        {
            context.Contradiction("scale_up: modules and cables are of a domain whose medium is fibre or copper; say medium", "scale_up");
        }

        return domain with
        {
            SwitchChips = chips,
            Xpus = ScaleUpDomain,
            BytesPerSecond = ScaleUpBytesPerSecond,
        };
    }

    internal override CatalogueItem Complete(EntryContext context)
    {
        // What the maker prints on a tray is printed on every one.
        int alike = Trays is null
            ? 1
            : Trays.Values.Where(t => t.Kind == TrayKind.Compute && t.Units is not null).Sum(t => t.CountIn(RackCount));
        NodeModel node = ((NodeModel)base.Complete(context)) with
        {
            Backend = Backend?.Complete("backend", context, alike),
            HasNoBackend = Backend is null or { Nics.Value: 0 } && context.Map["backend"] is { Value: Yaml.YamlMap },
            Frontend = Frontend?.Complete("frontend", context, alike),
            Networks = CompleteNetworks(context, alike),
            Trays = CompleteTrays(context),
        };
        // Only what has ports of other networks, and none of the backend, is plainly a service node.
        if (ReferenceEquals(Xpus, None) && (node.Backend is not null || (node.Frontend is null && node.Networks is not { Count: > 0 })))
        {
            context.Error(CatalogueProblem.Missing, "it has no 'xpus'; say how many XPUs a node has", context.Map.Mark);
        }

        NodeTrays? trays = context.Failed ? null : NodeTrays.Of(node, context);
        if (trays is not null && ManagementPorts is { } given && given.Value != trays.ManagementPorts)
        {
            context.Contradiction(
                $"management_ports is {given.Value} and the trays have {trays.ManagementPorts}; leave it out",
                "management_ports"
            );
        }

        return node with
        {
            TrayList = trays,
            ScaleUp = CompleteScaleUp(trays, context),
            ManagementPorts = trays is not null
                ? context.Follow("trays", trays.ManagementPorts)
                : ManagementPorts ?? Figures.Assume(1, "Not given: one 1000BASE-T port."),
        };
    }

    /// <summary>By the id alone: it tells entries apart, and hashing every figure of one would take longer than looking it up.</summary>
    public override int GetHashCode() => string.GetHashCode(Id, StringComparison.Ordinal);
}
