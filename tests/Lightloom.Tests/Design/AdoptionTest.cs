using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Design;

/// <summary>A design that was adopted from <c>explore</c> is the one that <c>design</c> then makes.</summary>
public class AdoptionTest
{
    private const string Head = "lightloom: 1\nname: a # the name\npools: [{name: p, node: dgx-h100, nodes: 64}] # pools\n";

    private static ClusterSpec Read(string text)
    {
        DiagnosticBag found = new();
        return SpecReader.Read(text, "a.yaml", Catalogue.Default, found).ShouldNotBeNull(string.Join('\n', found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("backend:\n")]
    [InlineData("backend: {}\n")]
    [InlineData("backend: {planes: auto}\n")]
    [InlineData("backend:\n    planes: 'auto' # as many as it takes\n    tiers: auto\nobjectives: {minimize: power}\n")]
    [InlineData("backend:\n  leaf: nvidia-qm9700\n  oversubscription: {leaf: 2}\n")]
    public void What_was_adopted_is_what_is_designed(string backend)
    {
        string text = Head + backend;
        ClusterSpec spec = Read(text);
        IReadOnlyList<Alternative> all = Designer.Explore(spec, new DiagnosticBag());

        // The front, which was carried through, and a few others of every layout.
        List<Alternative> some =
        [
            .. all.Where(a => a.Proven),
            .. all.Where(a => a.Feasible).DistinctBy(a => (a.Paradigm, a.PlaneLayout, a.Planes, a.Tiers)).Take(4),
        ];
        some.Count.ShouldBeGreaterThan(2);
        foreach (Alternative one in some)
        {
            string adopted = Adoption.FileOf(spec, text, one).ShouldNotBeNull();
            Alternative made = Designer.Explore(Read(adopted), new DiagnosticBag()).Single(a => Same(a, one));
            made.Switches.ShouldBe(one.Switches);
            made.Links.ShouldBe(one.Links);

            ClusterSpec again = Read(adopted);
            again.Backend.Planes.Value.ShouldBe(one.Planes);
            again.Backend.LeafId.ShouldBe(one.Leaf);
            if (one.Proven)
            {
                ClusterDesign design = Designer.Design(again, new DiagnosticBag()).ShouldNotBeNull(adopted);
                Alternative built = design.Alternatives.Single(a => a.Chosen);
                Same(built, one).ShouldBeTrue(adopted);
                built.Switches.ShouldBe(one.Switches);
            }
        }
    }

    [Fact]
    public void A_list_of_leaves_stays_a_list()
    {
        const string Text = Head + "backend: {leaf: [nvidia-sn5610, celestica-ds5000], spine: nvidia-sn5610}\n";
        ClusterSpec spec = Read(Text);
        Alternative one = Designer.Explore(spec, new DiagnosticBag()).First(a => a.Feasible && a.Leaf == "nvidia-sn5610");
        ClusterSpec adopted = Read(Adoption.FileOf(spec, Text, one).ShouldNotBeNull());
        adopted.Backend.LeafId.ShouldBe("nvidia-sn5610");
        adopted.Backend.MoreLeafIds.ShouldBe(["celestica-ds5000"]);
    }

    private static bool Same(Alternative a, Alternative b) =>
        (a.Paradigm, a.PlaneLayout, a.Planes, a.Tiers, a.Leaf, a.Spine) == (b.Paradigm, b.PlaneLayout, b.Planes, b.Tiers, b.Leaf, b.Spine);

    [Fact]
    public void All_else_stays_as_its_author_wrote_it()
    {
        string text = Head + "backend:\r\n    planes: 1   # one\r\n    tiers: \"auto\"\r\n# the end\r\n";

        SpecEdit
            .Set(text, "backend", [("planes", "4"), ("tiers", "2"), ("leaf", "x")])
            .ShouldBe(Head + "backend:\r\n    leaf: x\r\n    planes: 4   # one\r\n    tiers: 2\r\n# the end\r\n");
    }

    [Fact]
    public void A_list_of_leaves_keeps_those_behind_the_first()
    {
        SpecEdit.Set("a: 1\nbackend: {leaf: [x, y]}\n", "backend", [("leaf", "x")]).ShouldBe("a: 1\nbackend: {leaf: [x, y]}\n");
        SpecEdit.Set("a: 1\nbackend: {leaf: [x, y]}\n", "backend", [("leaf", "z")]).ShouldBeNull();
    }

    [Fact]
    public void What_is_an_alias_is_not_edited_where_it_is_not()
    {
        SpecEdit.Set("a: &k {planes: 1}\nbackend: *k\n", "backend", [("planes", "2")]).ShouldBeNull();
        SpecEdit.Set("a: &k 1\nbackend: {planes: *k}\n", "backend", [("planes", "2")]).ShouldBeNull();
    }

    [Fact]
    public void A_file_in_braces_stays_one() =>
        SpecEdit.Set("{a: 1}", "backend", [("planes", "2"), ("tiers", "3")]).ShouldBe("{backend: {planes: 2, tiers: 3}, a: 1}");
}
