using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Xunit.Abstractions;

namespace Lightloom.Verify.Tests;

/// <summary>Files drawn at random with ports kept free, peer links, links to the outside, stock and media by tier: refused with a reason, or
/// what is written contradicts nothing.</summary>
public sealed class RandomNetworkKeysTest(ITestOutputHelper output)
{
    private const int Files = 60;

    [Fact]
    public void Whatever_networks_ask_at_random_is_refused_with_a_reason_or_verifies()
    {
        int designed = 0;
        List<string> wrong = [];
        for (int number = 0; number < Files; number++)
        {
            string yaml = WithKeys(RandomSpecs.Of(number), new Random(number));
            DiagnosticBag diagnostics = new();
            ClusterSpec? spec = SpecReader.Read(yaml, "random.yaml", Catalogue.Default, diagnostics);
            ClusterDesign? design = spec is null ? null : Designer.Design(spec, diagnostics);
            if (design is null)
            {
                if (!diagnostics.Any(d => d.Severity == Severity.Error))
                {
                    wrong.Add($"random-{number} is refused and nothing says why");
                }

                output.WriteLine($"refused {number}: {string.Join(" | ", diagnostics.Where(d => d.Severity == Severity.Error).Take(1))}");
                continue;
            }

            designed++;
            using WrittenFolder folder = new(design);
            wrong.AddRange(folder.Verify().Contradictions.Take(3).Select(c => $"random-{number}: {c}"));
        }

        output.WriteLine($"{designed} of {Files} designed");
        string.Join('\n', wrong).ShouldBeEmpty();
        designed.ShouldBeGreaterThanOrEqualTo(Files / 3);
    }

    private static string WithKeys(string yaml, Random random)
    {
        string section = "";
        if (random.Next(2) == 0)
        {
            section += string.Create(CultureInfo.InvariantCulture, $"  reserve: {{leaf: {random.Next(5)}, spine: {random.Next(3)}}}\n");
        }

        if (random.Next(3) == 0)
        {
            section += string.Create(CultureInfo.InvariantCulture, $"  peer_links: {random.Next(1, 9)}\n");
        }

        if (random.Next(2) == 0)
        {
            string tier = new[] { "leaf", "spine" }[random.Next(2)];
            int rate = new[] { 200, 400, 800 }[random.Next(3)];
            section += string.Create(
                CultureInfo.InvariantCulture,
                $"  external: [{{name: border, tier: {tier}, links: {random.Next(1, 20)}, rate_gbps: {rate}}}]\n"
            );
        }

        string stock =
            random.Next(2) == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"existing: {{nvidia-qm9700: {{count: {random.Next(1, 9)}, used_ports: {random.Next(9)}}}}}\n"
                )
                : "";
        string media = random.Next(3) == 0 ? "  media: {host-leaf: [dac, acc, aec, sr], leaf-spine: [sr, dr, fr, lr]}\n" : "";
        return yaml.Replace("backend:\n", "backend:\n" + section, StringComparison.Ordinal)
                .Replace("interconnect:\n", "interconnect:\n" + media, StringComparison.Ordinal) + stock;
    }
}
