using System.Globalization;
using System.Text.RegularExpressions;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;

namespace Lightloom.Tests.Design;

/// <summary>The value that a broken limit names is the least: no smaller one becomes a design.</summary>
public sealed partial class NearestLimitTest
{
    private const string Hopper = "pools: [{name: t, node: dgx-h100, nodes: 32}]";
    private const string Halls = "pools: [{name: t, node: dgx-h100, nodes: 64}]\nbackend: {paradigm: auto, planes: auto}";
    private const string Mi300 = "pools: [{name: t, node: mi300x-8, nodes: 16}]";

    // Choices were told apart by their switches alone: two tiers of quick switches came before one tier, whose path passes fewer cables.
    [Theory]
    [InlineData(Hopper, "latency_us", 2)]
    [InlineData(Mi300, "latency_us", 2)]
    [InlineData(Hopper, "network_power_kw", 1)]
    [InlineData(Hopper, "capex_usd", 1000)]
    [InlineData(Halls, "capex_usd", 1000)]
    public void No_value_below_the_one_that_is_named_works(string cluster, string key, double asked)
    {
        string message = Refused(cluster, key, asked).ShouldNotBeNull();
        double named = Number(Works().Match(message));
        double closest = Number(Closest().Match(message));
        named.ShouldBeInRange(closest * 0.9999, closest * 1.02, message);
        Refused(cluster, key, named).ShouldBeNull();
        foreach (double share in new[] { 0.97, 0.93, 0.85 })
        {
            Refused(cluster, key, named * share).ShouldNotBeNull($"{key}: {named * share}");
        }
    }

    // 32 nodes of 8 ports: one leaf of 256 ports of 400G serves all.
    [Fact]
    public void A_quicker_network_of_one_leaf_is_named_before_one_of_two_tiers() =>
        Refused(Hopper, "latency_us", 2)!.ShouldContain("1 tier, 1 plane");

    private static double Number(Match match) => double.Parse(match.Groups[1].Value.Replace(",", ""), CultureInfo.InvariantCulture);

    private static string? Refused(string cluster, string key, double value)
    {
        DiagnosticBag diagnostics = new();
        string limit = value.ToString("0.######", CultureInfo.InvariantCulture);
        string text = $"lightloom: 1\nname: x\n{cluster}\nobjectives: {{limits: {{{key}: {limit}}}}}\n";
        ClusterSpec spec = SpecReader.Read(text, "x.yaml", Catalogue.Default, diagnostics).ShouldNotBeNull();
        return Designer.Design(spec, diagnostics, worries: false) is null
            ? diagnostics.First(d => d.Severity == Severity.Error).Message
            : null;
    }

    [GeneratedRegex(@"it works with objectives\.limits: \{[a-z_]+: ([0-9.]+)\}")]
    private static partial Regex Works();

    [GeneratedRegex(@"the closest has \$?([0-9.,]+)")]
    private static partial Regex Closest();
}
