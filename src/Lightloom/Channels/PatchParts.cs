using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Routing;
using Lightloom.Spec;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>The parts between panels: which trunks, cassettes and panels of the catalogue serve, and what they are called.</summary>
internal sealed class PatchParts(ClusterSpec spec, Placement placement)
{
    private const string TrunkConnector = "MPO-12/APC";
    private readonly Catalogue _catalogue = spec.Catalogue;

    /// <summary>The name of a frame: <c>A-E1</c> at an exit of hall A, <c>A03-X2</c> where the second crossing leaves its third row; panels in a rack have
    /// its name.</summary>
    public static string NameOf(Placement placement, FramePlace place)
    {
        string letter = placement.Halls[place.Hall].Letter;
        return place.Rack >= 0 ? placement.Racks[place.Rack].Name
            : place.Row == 0 ? FormattableString.Invariant($"{letter}-E{place.At + 1}")
            : FormattableString.Invariant($"{letter}{place.Row:00}-X{place.At + 1}");
    }

    /// <summary>
    /// The panels that a group's ways take at one level: those with adapters of the connector; housings where cassettes bring their own.
    /// </summary>
    public static PanelRank Rank(Catalogue catalogue, in StrandKey key, bool cassettes)
    {
        bool lc = key.IsLc;
        string connector = key.Connector;
        PassiveKind kind = cassettes ? PassiveKind.Housing : PassiveKind.Panel;
        PassiveModel? part = catalogue.Passives.Values.FirstOrDefault(p =>
            p.Kind == kind && FibreConnector.Mates(p.Connector?.Value, connector)
        );
        string unlisted =
            cassettes ? "panel-lc-housing"
            : lc ? "panel-lc"
            : "panel-mpo";
        int ports = part?.Ports?.Value ?? (int)catalogue.Fact(lc ? "panel-lc-ports" : "panel-mpo-ports").Value;
        int whole = cassettes ? Math.Max(StrandGroup.CassettePairs, ports / StrandGroup.CassettePairs * StrandGroup.CassettePairs) : ports;
        return new(key.Connector, key.Medium, cassettes, part?.Id ?? unlisted, part, whole);
    }

    /// <summary>
    /// The cassette that leads a trunk's plug to six duplex LC sockets. On the A side of a trunk a way enters it at the LC, on the Z side at
    /// the MPO, which has no pins as the trunk's plugs have them.
    /// </summary>
    public static PieceArticle Cassette(Catalogue catalogue, StrandKey key, bool atZ)
    {
        PassiveModel? part = CassetteOf(catalogue, key.Medium);
        string id = part?.Id ?? $"cassette-mpo12-6lc-{key.Medium.ToString().ToLowerInvariant()}";
        Polish trunk = FibreParts.PolishOf(part?.Connector?.Value ?? TrunkConnector);
        return new()
        {
            Kind = PieceKind.Cassette,
            Id = id,
            OrderCode = id + ":b",
            OrderLength = Length.Zero,
            Fibres = 0,
            Ends = atZ
                ? new(Polarity.TypeB, PlugGender.Female, PlugGender.None, trunk, Polish.Upc)
                : new(Polarity.TypeB, PlugGender.None, PlugGender.Female, Polish.Upc, trunk),
            Passive = part,
            Quantity = 0,
        };
    }

    /// <summary>Divides a group's plugs over trunks: the largest that are made, and for what is left the smallest that takes it.</summary>
    public void Lay(StrandGroup group, Func<PieceArticle, long, int> article)
    {
        StrandKey key = group.Key;
        string connector = key.HasCassettes ? CassetteOf(_catalogue, key.Medium)?.Connector?.Value ?? TrunkConnector : key.Connector;
        int perPlug = connector.Contains("16", StringComparison.Ordinal) ? 16 : 12;
        (int Fibres, PassiveModel? Part)[] sold =
        [
            .. _catalogue
                .Passives.Values.Where(p =>
                    p.Kind == PassiveKind.Trunk
                    && p.Medium?.Value == key.Medium
                    && FibreConnector.Mates(p.Connector?.Value, connector)
                    && p.Fibres?.Value >= perPlug
                )
                .Select(p => (p.Fibres!.Value, (PassiveModel?)p))
                .OrderBy(p => p.Item1),
        ];
        if (sold.Length == 0)
        {
            sold = [((int)_catalogue.Fact("trunk-fibres-default").Value, null)];
        }

        group.PlugsPerTrunk = sold[^1].Fibres / perPlug;
        int whole = group.Plugs / group.PlugsPerTrunk;
        int left = group.Plugs % group.PlugsPerTrunk;
        List<int> trunks = [];
        if (whole > 0)
        {
            trunks.AddRange(Enumerable.Repeat(article(Trunk(group, connector, sold[^1]), whole), whole));
        }

        if (left > 0)
        {
            trunks.Add(article(Trunk(group, connector, sold.First(s => s.Fibres / perPlug >= left)), 1));
        }

        group.Trunks = [.. trunks];
    }

    private static PassiveModel? CassetteOf(Catalogue catalogue, Medium medium) =>
        catalogue.Passives.Values.FirstOrDefault(p => p.Kind == PassiveKind.Cassette && p.Medium?.Value == medium);

    private PieceArticle Trunk(StrandGroup group, string connector, (int Fibres, PassiveModel? Part) sold)
    {
        StrandKey key = group.Key;
        string medium = key.Medium.ToString().ToLowerInvariant();
        Polish polish = FibreParts.PolishOf(connector);
        string family = (connector.Contains("16", StringComparison.Ordinal) ? "-mpo16" : "") + (polish == Polish.Upc ? "-upc" : "");
        string id = sold.Part?.Id ?? string.Create(CultureInfo.InvariantCulture, $"trunk-{sold.Fibres}-{medium}{family}");
        FibreEnds ends = new(Polarity.TypeB, PlugGender.Male, PlugGender.Male, polish, polish);
        Length length = Length.FromMillimetres(group.TrunkLength.Ordered);
        bool outdoors = placement.Halls[key.FrameA.Hall].BuildingIndex != placement.Halls[key.FrameZ.Hall].BuildingIndex;
        FibreJacket jacket = outdoors ? FibreJacket.Outdoor : FibreParts.JacketOf(spec.Interconnect.Fibre, sold.Part);
        return new()
        {
            Kind = PieceKind.Trunk,
            Id = id,
            OrderCode = OrderCodes.OfFibre(id, PieceKind.Trunk, ends, jacket, length),
            OrderLength = length,
            Fibres = sold.Fibres,
            Ends = ends,
            Jacket = jacket,
            Passive = sold.Part,
            Quantity = 0,
        };
    }
}
