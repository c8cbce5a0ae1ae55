using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Channels;

/// <summary>
/// Walks single fibres through the pieces of real designs, by the tables of ANSI/TIA-568.3 (types A, B and C of twelve fibres, method B) that
/// are written out here: what a module sends must arrive where its peer listens, pins must meet holes, and angled end faces angled ones.
/// </summary>
public class PolarityTest
{
    // Position at one end to position at the other, key up to key up (type B) or key up to key down (types A and C).
    private static readonly int[] TypeA = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly int[] TypeB = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    private static readonly int[] TypeC = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11];

    // Panels of the floor, and which links end in panels at racks.
    public static TheoryData<int, string> Counts =>
        new()
        {
            { 1, "none" },
            { 2, "none" },
            { 3, "none" },
            { 4, "none" },
            { 0, "rack" },
            { 1, "rack" },
            { 2, "row" },
            { 1, "row" },
        };

    [Theory]
    [MemberData(nameof(Counts))]
    public void What_a_parallel_module_sends_arrives_where_its_peer_listens(int panels, string atRacks)
    {
        ClusterDesign design = Rows(panels, atRacks, "dr");
        int met = 0;
        foreach (
            ChannelStep[] way in Ways(design)
                .Where(w => w.Length > 1 && Connector(design, w).StartsWith("MPO-12", StringComparison.Ordinal))
        )
        {
            // Lane i is sent at position i and received at 13 - i, seen from either module.
            for (int lane = 1; lane <= 4; lane++)
            {
                int position = lane;
                foreach (ChannelStep step in way)
                {
                    position = Table(design, step)[position - 1];
                }

                position.ShouldBe(13 - lane);
            }

            met++;
        }

        met.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void What_a_duplex_module_sends_arrives_where_its_peer_listens_through_cassettes_too(int panels, string atRacks)
    {
        ClusterDesign design = Rows(panels, atRacks, "fr");
        int met = 0;
        int cassettes = 0;
        foreach (ChannelStep[] way in Ways(design).Where(w => w.Length > 1 && Connector(design, w) == "duplex LC"))
        {
            // The module sends at the first position of its duplex socket, 0, and its peer listens at its second.
            (int Pair, int Position)? inLc = (0, 0);
            int inMpo = 0;
            foreach (ChannelStep step in way)
            {
                PieceArticle article = design.Channels.Articles[step.Row.Article];
                if (article.Kind == PieceKind.Cassette)
                {
                    cassettes++;
                    if (inLc is { } lc)
                    {
                        // Pair k of a cassette is on fibres 2k - 1 and 2k.
                        inMpo = (2 * ((step.Row.A.Port - 1) % 6)) + lc.Position + 1;
                        inLc = null;
                    }
                    else
                    {
                        inLc = ((inMpo - 1) / 2, (inMpo - 1) % 2);
                        ((step.Row.Z.Port - 1) % 6).ShouldBe(inLc.Value.Pair, "the cord is in the socket where the fibre comes out");
                    }
                }
                else if (article.Kind == PieceKind.Trunk)
                {
                    inMpo = Table(design, step)[inMpo - 1];
                }
                else
                {
                    bool crosses = article.Ends!.Value.Polarity == Polarity.CrossedDuplex;
                    inLc = (0, crosses ? 1 - inLc!.Value.Position : inLc!.Value.Position);
                }
            }

            inLc!.Value.Position.ShouldBe(1);
            met++;
        }

        met.ShouldBeGreaterThan(0);
        (cassettes > 0).ShouldBe(panels > 1 || atRacks != "none");
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Where_two_plugs_meet_one_has_pins_and_both_are_ground_alike(int panels, string atRacks)
    {
        ClusterDesign design = Rows(panels, atRacks, "dr");
        int met = 0;
        foreach (ChannelStep[] way in Ways(design))
        {
            FibreEnds[] ends = [.. way.Select(s => design.Channels.Articles[s.Row.Article].Ends).OfType<FibreEnds>()];
            if (ends.Length == 0 || ends.Any(e => e.GenderA == PlugGender.None || e.GenderZ == PlugGender.None))
            {
                continue;
            }

            (ends[0].GenderA, ends[^1].GenderZ).ShouldBe((PlugGender.Female, PlugGender.Female), "modules are pinned");
            for (int i = 1; i < ends.Length; i++)
            {
                new[] { ends[i - 1].GenderZ, ends[i].GenderA }.ShouldBe([PlugGender.Female, PlugGender.Male], ignoreOrder: true);
                ends[i - 1].PolishZ.ShouldBe(ends[i].PolishA);
                met++;
            }
        }

        met.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Pieces_meet_at_one_port_front_to_rear(int panels, string atRacks)
    {
        ClusterDesign design = Rows(panels, atRacks, "dr");
        foreach (ChannelStep[] way in Ways(design))
        {
            for (int i = 1; i < way.Length; i++)
            {
                (PieceEnd left, PieceEnd right) = (way[i - 1].Row.Z, way[i].Row.A);
                (left.Panel, left.Port).ShouldBe((right.Panel, right.Port));
                bool cassette = way.Skip(i - 1).Take(2).Any(s => design.Channels.Articles[s.Row.Article].Kind == PieceKind.Cassette);
                (left.Rear == right.Rear).ShouldBe(cassette);
            }
        }
    }

    private static IEnumerable<ChannelStep[]> Ways(ClusterDesign design)
    {
        ChannelWalk walk = design.Channels.Walk();
        for (int cable = 0; cable < design.Cables.Cables.Length; cable++)
        {
            walk.Take(cable);
            foreach (var way in walk.Steps.GroupBy(s => (s.Leg, s.Path)))
            {
                yield return [.. way.OrderBy(s => s.Sequence)];
            }
        }
    }

    private static int[] Table(ClusterDesign design, ChannelStep step) =>
        design.Channels.Articles[step.Row.Article].Ends!.Value.Polarity switch
        {
            Polarity.TypeA => TypeA,
            Polarity.TypeB => TypeB,
            _ => TypeC,
        };

    private static string Connector(ClusterDesign design, ChannelStep[] way) =>
        way.Select(s => design.Channels.Articles[s.Row.Article].Product).OfType<LinkProduct>().First().PanelConnector ?? "";

    // Four rows of a hall, with panels between them, and modules of one kind.
    private static ClusterDesign Rows(int panels, string atRacks, string kind)
    {
        string others = kind == "dr" ? "dac, acc, aec, aoc, sr, fr, lr" : "dac, acc, aec, aoc, sr, dr, lr";
        string text = $$"""
            lightloom: 1
            name: rows
            pools: [{name: t, node: dgx-h100, nodes: 32}]
            backend: {switch: nvidia-sn5610, tiers: 2}
            frontend: {enabled: false}
            oob: {enabled: false}
            interconnect: {exclude: [{{others}}]}
            floor: {panels_between_rows: {{panels}}, panels_at_racks: {{atRacks}}, rows: 4, racks_per_row: 6, rack: {power_kw: 22, reserved_units: 16} }
            """;
        return Designed(text, "rows.yaml");
    }

    internal static ClusterDesign Designed(string text, string name)
    {
        DiagnosticBag bag = new();
        ClusterSpec? spec = SpecReader.Read(text, name, Catalogue.Default, bag);
        bag.HasErrors.ShouldBeFalse(string.Join("; ", bag));
        return Designer.Design(spec!, bag) ?? throw new InvalidOperationException(string.Join("; ", bag));
    }
}
