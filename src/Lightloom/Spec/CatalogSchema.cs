using System.Text.Json;
using Lightloom.Catalog;

namespace Lightloom.Spec;

/// <summary>
/// The part of the JSON Schema that describes <c>catalog:</c>. Its keys are those that the catalogue's reader asks for; a test compares the
/// two lists.
/// </summary>
internal static class CatalogSchema
{
    /// <summary>The name of the definition of the whole section.</summary>
    public const string Root = "catalog";

    // Every key of an entry with its kind: i whole number, n number, s text, b flag, S texts, N numbers, B breakouts, m numbers by medium,
    // x anything, > a section,
    // >> a list of sections, or the words it may be; * behind a kind: a list of them is allowed too.
    private static readonly (string Section, string Description, string Keys)[] Entries =
    [
        (
            "switch",
            "A switch: its cages, its limits, its size and power.",
            "source:x assumed:x name:s vendor:s role:{roles} liquid_cooled:b breakouts:B cages:cages rate_gbps:n first:i lanes:i "
                + "form_factor:{forms} thermal:{thermals} purpose:{purposes} restrictions:x asic:s capacity_gbps:n max_logical_ports:i "
                + "cages_per_port_group:i max_logical_ports_per_group:i rack_units:i depth_mm:n weight_kg:n power_w:n power_max_w:n "
                + "power_basis:s power_max_includes_optics:b latency_ns:n buffer_mb:n deep_buffer_gb:n mtbf_h:n prices_usd:x "
                + "availability:s confidence:{confidences} notes:s details:x"
        ),
        (
            "node",
            "A node: its XPUs, its ports, its size and power.",
            "source:x assumed:x name:s vendor:s kind:{nodekinds} racks:i xpu:s xpus:i cpus:i backend:>ports frontend:>ports "
                + "management_ports:i rack_units:i width_mm:n depth_mm:n weight_kg:n power_w:n power_max_w:n liquid_cooled:b "
                + "scale_up_domain:i scale_up_topology:s scale_up_gbytes_s:n memory_gb:n memory_tbytes_s:n bf16_tflops:n fp8_tflops:n "
                + "prices_usd:x confidence:{confidences} notes:s details:x"
        ),
        (
            "nic",
            "A NIC, DPU or IPU.",
            "source:x assumed:x name:s vendor:s kind:s max_rate_gbps:n port_configs:B max_planes:i form_factors:{forms}* packet_spraying:s "
                + "out_of_order_delivery:s congestion_control:s transports:S prices_usd:x availability:s confidence:{confidences} notes:s "
                + "details:x"
        ),
        (
            "interconnect",
            "A pluggable module, or an assembly with its cable.",
            "source:x assumed:x kind:{kinds} rate_gbps:n lanes:i lane_rate_gbps:n family:s breakouts:B reach_m:m name:s vendor:s "
                + "standard:s article_class:s host_lane_rate_gbps:n form_factors:{forms}* tail_form_factors:{forms}* thermal:{thermals}* "
                + "linear:b min_reach_m:n lengths_m:N connector:s connectors_per_end:i fibres:i loss_budget_db:m power_w:n power_max_w:n "
                + "tail_power_max_w:n latency_ns:n propagation_ns_per_m:n fec:s outer_diameter_mm:n bend_radius_mm:n weight_kg_per_m:n "
                + "mtbf_h:n prices_usd:x confidence:{confidences} notes:s details:x"
        ),
        (
            "passive",
            "A fibre cable, trunk or panel.",
            "source:x assumed:x kind:{passives} connector:s name:s vendor:s medium:{media} tail_connector:s tails:i fibres:i ports:i "
                + "rack_units:i outer_diameter_mm:n bend_radius_mm:n weight_kg_per_m:n lengths_m:N prices_usd:x confidence:{confidences} "
                + "notes:s details:x"
        ),
        (
            "ports",
            "The ports of a node on one of its networks, and the cages that they come out of.",
            "nics:i rate_gbps:n cages:i form_factor:{forms} lanes:i lane_options:N thermal:{thermals} nic:s max_planes:i single_port:b"
        ),
        (
            "cage-block",
            "A run of like cages.",
            "count:i rate_gbps:n form_factor:{forms} lanes:i breakouts:B first:i thermal:{thermals} purpose:{purposes} restrictions:x"
        ),
    ];

    private static readonly (string Key, string Definition)[] Sections =
    [
        ("switches", "switch"),
        ("nodes", "node"),
        ("nics", "nic"),
        ("interconnects", "interconnect"),
        ("passives", "passive"),
    ];

    // These may be given too, in the schema of the catalogue's own files; few users will.
    private static readonly string[] OpenSections = ["asics", "facts", "sources", "article_classes", "differences", "rules"];

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["node"] = ["xpus"],
        ["interconnect"] = ["kind", "rate_gbps"],
        ["passive"] = ["kind"],
        ["ports"] = ["nics", "rate_gbps"],
        ["cage-block"] = ["count", "rate_gbps"],
    };

    /// <summary>The keys of an entry, for the test that compares them with the reader's.</summary>
    public static IEnumerable<string> KeysOf(string definition) =>
        Entries.Single(e => e.Section == definition).Keys.Split(' ').Select(k => k[..k.IndexOf(':')]);

    /// <summary>Writes the definitions into the <c>$defs</c> of the schema.</summary>
    public static void WriteDefinitions(Utf8JsonWriter json)
    {
        json.WriteStartObject(Root);
        json.WriteString("type", "object");
        json.WriteString("description", "Parts of your own, by id, in the schema of the catalogue's files (docs/catalogue.md).");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach ((string key, string definition) in Sections)
        {
            json.WriteStartObject(key);
            WriteTypes(json, "object", "null");
            json.WriteStartObject("propertyNames");
            json.WriteString("pattern", "^[a-z0-9._-]{1,64}$");
            json.WriteEndObject();
            json.WriteStartObject("additionalProperties");
            json.WriteString("$ref", "#/$defs/catalog-" + definition);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        foreach (string key in OpenSections)
        {
            json.WriteStartObject(key);
            WriteTypes(json, "object", "null");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        foreach ((string section, string description, string keys) in Entries)
        {
            json.WriteStartObject("catalog-" + section);
            json.WriteString("type", "object");
            json.WriteString("description", description);
            json.WriteBoolean("additionalProperties", false);
            if (Required.TryGetValue(section, out string[]? required))
            {
                json.WriteStartArray("required");
                foreach (string key in required)
                {
                    json.WriteStringValue(key);
                }

                json.WriteEndArray();
            }

            json.WriteStartObject("properties");
            foreach (string key in keys.Split(' '))
            {
                int colon = key.IndexOf(':');
                json.WriteStartObject(key[..colon]);
                WriteKind(json, key[(colon + 1)..]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteKind(Utf8JsonWriter json, string kind)
    {
        switch (kind)
        {
            case "i":
                WriteTypes(json, "integer", "null");
                break;
            case "n":
                WriteTypes(json, "number", "null");
                break;
            case "s":
                WriteTypes(json, "string", "number", "null");
                break;
            case "b":
                WriteTypes(json, "boolean", "null");
                break;
            case "S":
                WriteListOf(json, "string", null);
                break;
            case "N":
                WriteListOf(json, "number", null);
                break;
            case "B":
                WriteListOf(json, "string", "^[0-9]+x[0-9]+$");
                break;
            case "m":
                WriteTypes(json, "object", "null");
                json.WriteStartObject("propertyNames");
                WriteWords(json, Words.Media.All, nullable: false);
                json.WriteEndObject();
                json.WriteStartObject("additionalProperties");
                json.WriteString("type", "number");
                json.WriteEndObject();
                break;
            case "x":
                break;
            case "cages":
                json.WriteString("description", "How many like cages, described beside it; or a list of runs of like cages.");
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", 1);
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                json.WriteString("$ref", "#/$defs/catalog-cage-block");
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case ['>', ..]:
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                json.WriteString("$ref", "#/$defs/catalog-" + kind[1..]);
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("type", "null");
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            default:
                WriteWordKind(json, kind.TrimEnd('*').Trim('{', '}'), isList: kind.EndsWith('*'));
                break;
        }
    }

    private static void WriteWordKind(Utf8JsonWriter json, string name, bool isList)
    {
        IEnumerable<string> words = name switch
        {
            "roles" => Words.Roles.All,
            "forms" => Words.FormFactors.All,
            "thermals" => Words.Thermals.All,
            "purposes" => Words.Purposes.All,
            "kinds" => Words.Kinds.All,
            "passives" => Words.Passives.All,
            "media" => Words.Media.All,
            "nodekinds" => Words.NodeKinds.All,
            _ => Words.Confidences.All,
        };
        if (!isList)
        {
            WriteWords(json, words, nullable: true);
            return;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteWords(json, words, nullable: true);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteWords(json, words, nullable: false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteListOf(Utf8JsonWriter json, string type, string? pattern)
    {
        WriteTypes(json, "array", type, "null");
        json.WriteStartObject("items");
        json.WriteString("type", type);
        if (pattern is not null)
        {
            json.WriteString("pattern", pattern);
        }

        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, IEnumerable<string> words, bool nullable)
    {
        json.WriteStartArray("enum");
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        if (nullable)
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void WriteTypes(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (string type in types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
