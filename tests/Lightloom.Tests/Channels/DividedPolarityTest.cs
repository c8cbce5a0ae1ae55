using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Tests.Channels;

/// <summary>
/// Walks single fibres through ways that divide, and through the wide MPO: harnesses, shuffles and MPO-16 trunks, over an odd and an even
/// number of panels. What a lane sends must arrive where the lane at the other end that has its leg listens. The tables of ANSI/TIA-568.3 are
/// written out here; a harness of type B leads lane k of its head to lane 1, 2 ... of the tail that has its legs, crossed.
/// </summary>
public class DividedPolarityTest
{
    // Position at one end to position at the other, by the number of positions.
    private static readonly Dictionary<(Polarity, int), int[]> Tables = new()
    {
        [(Polarity.TypeA, 12)] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        [(Polarity.TypeB, 12)] = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
        [(Polarity.TypeA, 16)] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        [(Polarity.TypeB, 16)] = [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
        [(Polarity.StraightDuplex, 2)] = [1, 2],
        [(Polarity.CrossedDuplex, 2)] = [2, 1],
    };

    private const string Wide = """
        interconnect: {media: {host-leaf: [dr]}, exclude: [2xdr4-800g, dr8l-800g-100m, lpo-800g-2dr4, lro-800g]}
        catalog:
          nodes: {n: {xpus: 2, backend: {nics: 2, rate_gbps: RATE, form_factor: FORM}, power_w: 9000, rack_units: 8}}
          switches: {s: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200], rack_units: 2, power_w: 1700}}
        """;

    private const string ToLc = """
        interconnect: {media: {host-leaf: [dr, fr]}, exclude: [dr4-400g, lpo-400g-dr4, dr1-100g-sfp112]}
        catalog:
          nodes: {n: {xpus: 4, backend: {nics: 4, rate_gbps: 100, form_factor: sfp112, lanes: 1}, power_w: 9000, rack_units: 8}}
          switches: {s: {cages: 64, rate_gbps: 400, breakouts: [1x400, 4x100], rack_units: 2, power_w: 1700}}
        """;

    private static string Rows(int panels, string parts) =>
        $$$"""
            lightloom: 1
            name: rows
            pools: [{name: t, node: n, nodes: 24}]
            backend: {switch: s, tiers: 1}
            frontend: {enabled: false}
            oob: {enabled: false}
            floor: {panels_between_rows: {{{panels}}}, rows: 4, racks_per_row: 6, rack: {power_kw: 22, reserved_units: 16}}
            {{{parts}}}
            """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Through_cords_and_trunks_of_MPO_16(int panels) =>
        Holds(Rows(panels, Wide.Replace("RATE", "800").Replace("FORM", "osfp")), PieceKind.Cord, panels, straight: PatchRole.SideZ);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Through_a_harness_of_an_MPO_16_to_two_MPO_12(int panels) =>
        Holds(Rows(panels, Wide.Replace("RATE", "400").Replace("FORM", "qsfp112")), PieceKind.Harness, panels, straight: PatchRole.SideA);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Through_a_harness_to_duplex_LC_and_cassettes(int panels) =>
        Holds(Rows(panels, ToLc), PieceKind.Harness, panels, straight: PatchRole.SideA);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Through_a_shuffle(int panels) =>
        Holds(
            $$$"""
            lightloom: 1
            name: shuffle
            pools: [{name: t, node: dgx-b300, nodes: 4}]
            backend: {switch: asterfusion-cx864e-n, planes: 8}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {media: {host-leaf: [dr]}}
            floor:
              panels_between_halls: {{{panels}}}
              network_racks: central
              rack: {power_kw: 62}
              sites:
                - name: s
                  buildings:
                    - name: b
                      halls:
                        - {name: h1, rows: 1, racks_per_row: 1}
                        - {name: h2, rows: 1, racks_per_row: 1, x_m: 20}
                        - {name: h3, rows: 1, racks_per_row: 1, x_m: 40}
            """,
            PieceKind.Shuffle,
            panels,
            straight: PatchRole.SideZ
        );

    // Where the pieces are even in number the cord at the end that does not divide lies straight.
    private static void Holds(string yaml, PieceKind dividing, int panels, PatchRole straight)
    {
        ClusterDesign design = PolarityTest.Designed(yaml, "divided.yaml");
        ChannelWalk walk = design.Channels.Walk();
        int met = 0;
        for (int cable = 0; cable < design.Cables.Cables.Length; cable++)
        {
            walk.Take(cable);
            foreach (var steps in walk.Steps.GroupBy(s => (s.Leg, s.Path)))
            {
                ChannelStep[] way = [.. steps.OrderBy(s => s.Sequence)];
                Follow(design, cable, way, [.. walk.Pieces]);
                bool passes = way.Length > 1 && way.Any(s => Article(design, s).Kind == dividing);
                met += passes ? 1 : 0;
                if (passes)
                {
                    Polarity end = Article(design, straight == PatchRole.SideA ? way[0] : way[^1]).Ends!.Value.Polarity;
                    (end is Polarity.TypeA or Polarity.StraightDuplex).ShouldBe(panels is 1 or 3);
                }
            }
        }

        met.ShouldBeGreaterThan(0);
    }

    private static void Follow(ClusterDesign design, int cable, ChannelStep[] way, Piece[] pieces)
    {
        LinkProduct product = design.Cables.Products[design.Cables.Cables[cable].Product];
        (int number, int index) = design.Channels.Legs[cable, way[0].Leg];
        LinkClass c = design.Network.LinkClasses[number];
        Link link = c.Links[index];
        int paths = product.Sockets!.Value.PathsPerLeg;
        (int lanes, int firstA) = LanesOf(product.A, c, link.ALane, way[0].Path, paths);
        (int lanesZ, int firstZ) = LanesOf(product.Z, c, link.ZLane, way[0].Path, paths);
        lanes.ShouldBe(lanesZ, "both ends of a way light as many lanes");

        // From the end that divides, so that a head comes before its tails.
        bool fromZ = Article(design, way[^1]).Kind == PieceKind.Harness;
        (int from, int to) = fromZ ? (firstZ, firstA) : (firstA, firstZ);
        (InterconnectModel near, InterconnectModel far) = fromZ ? (product.Z, product.A) : (product.A, product.Z);
        ChannelStep[] steps = fromZ ? [.. way.Reverse()] : way;
        for (int lane = 1; lane <= lanes; lane++)
        {
            Fibre at = new(from + lane, PositionsOf(near.Connector!.Value));
            foreach (ChannelStep step in steps)
            {
                at = Through(design, step, fromZ, pieces, lanes, at);
            }

            int positions = PositionsOf(far.Connector!.Value);
            at.ShouldBe(new Fibre(positions + 1 - (to + lane), positions), $"lane {from + lane} listens as lane {to + lane}");
        }
    }

    // How many lanes of a socket a way of a leg has, and how many are before them.
    private static (int Lanes, int First) LanesOf(InterconnectModel module, LinkClass c, int leg, int path, int paths)
    {
        int all = Math.Max(1, (module.Fibres?.Value ?? 2) / 2);
        int ofLeg = Math.Max(1, (int)(all * c.Rate.Gbps / module.Rate.Value.Gbps));
        int ofWay = Math.Max(1, ofLeg / paths);
        return (ofWay, ((leg * ofLeg) + (path * ofWay)) % Math.Max(1, all / module.Connectors));
    }

    private static Fibre Through(ClusterDesign design, ChannelStep step, bool fromZ, Piece[] pieces, int lanes, Fibre at)
    {
        PieceArticle article = Article(design, step);
        (PieceEnd near, PieceEnd far) = fromZ ? (step.Row.Z, step.Row.A) : (step.Row.A, step.Row.Z);
        switch (article.Kind)
        {
            case PieceKind.Cassette when at.Of == 2:
                // Pair k of a cassette is on fibres 2k - 1 and 2k.
                return new((2 * ((near.Port - 1) % 6)) + at.Position, 12);
            case PieceKind.Cassette:
                ((far.Port - 1) % 6).ShouldBe((at.Position - 1) / 2, "the cord is where the fibre comes out");
                return new(((at.Position - 1) % 2) + 1, 2);
            case PieceKind.Harness:
            case PieceKind.Shuffle:
                article.Ends!.Value.Polarity.ShouldBe(Polarity.TypeB);
                Piece[] rows = [.. pieces.Where(p => p.Number == step.Row.Number)];
                PieceEnd[] tails = [.. rows.Select(r => fromZ ? r.A : r.Z).Distinct()];
                PieceEnd[] heads = [.. rows.Select(r => fromZ ? r.Z : r.A).Distinct()];
                int positions = TailPositions(article);
                int tail = (at.Position - 1) / lanes;
                tails[tail].ShouldBe(far, "the lanes of a head are dealt to its tails in order");

                // A tail of a shuffle has a lane of every head, in their order.
                int lane = (lanes * Array.IndexOf(heads, near)) + ((at.Position - 1) % lanes) + 1;
                return new(positions + 1 - lane, positions);
            default:
                return at with { Position = Tables[(article.Ends!.Value.Polarity, at.Of)][at.Position - 1] };
        }
    }

    private static int TailPositions(PieceArticle article) =>
        PositionsOf((article.Passive!.TailConnector ?? article.Passive.Connector)!.Value);

    private static int PositionsOf(string connector) =>
        connector.Contains("LC", StringComparison.Ordinal) ? 2
        : connector.StartsWith("MPO-16", StringComparison.Ordinal) ? 16
        : 12;

    private static PieceArticle Article(ClusterDesign design, ChannelStep step) => design.Channels.Articles[step.Row.Article];

    private readonly record struct Fibre(int Position, int Of);
}
