using System.Text.RegularExpressions;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Tests.Cabling;

/// <summary>A tier uses the kinds of interconnect that the file lists for it, the preferred first, and no others.</summary>
public partial class MediaPolicyTest
{
    [Theory]
    [InlineData("{host-leaf: [aec, sr], leaf-spine: [dr]}")]
    [InlineData("{host-leaf: sr, leaf-spine: [sr, dr]}")]
    [InlineData("{leaf-spine: [fr, dr]}")]
    public void A_tier_uses_the_kinds_that_it_lists_and_no_others(string media)
    {
        ClusterDesign design = Design(48, media).Design!;
        IReadOnlyDictionary<string, IReadOnlyList<string>> listed = design.Spec.Interconnect.Media.ByTier;
        foreach (LinkClass c in design.Network.LinkClasses.Where(c => c.Fabric != FabricRole.Oob && listed.ContainsKey(c.TierWord)))
        {
            design
                .Cables.CableOfLink[c.Index]
                .Select(cable => design.Cables.Products[design.Cables.Cables[cable].Product].Head.Kind.ToWord())
                .Distinct()
                .ShouldAllBe(kind => listed[c.TierWord].Contains(kind));
        }

        // The management network takes what serves.
        design.Network.LinkClasses.Where(c => c.Fabric == FabricRole.Oob).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_kind_further_on_serves_only_where_those_before_it_do_not()
    {
        // Leaves and spines stand within what direct-detect single-mode reaches, so that the first of two optics serves all, in either order.
        Kinds(Design(48, "{leaf-spine: [sr, dr]}").Design!, "leaf-spine").ShouldBe(["sr"]);
        Kinds(Design(48, "{leaf-spine: [dr, sr]}").Design!, "leaf-spine").ShouldBe(["dr"]);
    }

    [Fact]
    public void A_refusal_names_a_kind_that_serves()
    {
        (ClusterDesign? none, DiagnosticBag bag) = Design(48, "{host-leaf: [dac]}");
        none.ShouldBeNull();
        string message = bag.First(d => d.Message.Contains("backend host-leaf")).Message;
        Match named = Named().Match(message);
        named.Success.ShouldBeTrue(message);
        Design(48, named.Groups["media"].Value).Design.ShouldNotBeNull(message);
    }

    [Fact]
    public void A_kind_that_there_is_not_is_an_error() => Read(8, "{host-leaf: [dax]}", out _).ShouldContain(d => d.Id == "LL2050");

    private static string[] Kinds(ClusterDesign design, string tier) =>
        [
            .. design
                .Network.LinkClasses.Where(c => c.Fabric == FabricRole.Backend && c.TierWord == tier)
                .SelectMany(c => design.Cables.CableOfLink[c.Index])
                .Select(cable => design.Cables.Products[design.Cables.Cables[cable].Product].Head.Kind.ToWord())
                .Distinct()
                .Order(),
        ];

    private static (ClusterDesign? Design, DiagnosticBag Bag) Design(int nodes, string media)
    {
        DiagnosticBag bag = Read(nodes, media, out ClusterSpec? spec);
        return (Designer.Design(spec!, bag), bag);
    }

    private static DiagnosticBag Read(int nodes, string media, out ClusterSpec? spec)
    {
        DiagnosticBag bag = new();
        string text =
            $"lightloom: 1\nname: media\npools: [{{name: t, node: dgx-h100, nodes: {nodes}}}]\nbackend: {{switch: nvidia-qm9700}}\n"
            + $"interconnect: {{media: {media}}}\n";
        spec = SpecReader.Read(text, "media.yaml", Catalogue.Default, bag);
        return bag;
    }

    [GeneratedRegex(@"interconnect\.media: (?<media>\{[^}]*\})")]
    private static partial Regex Named();
}
