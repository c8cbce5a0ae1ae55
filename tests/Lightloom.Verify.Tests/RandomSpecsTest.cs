using System.Globalization;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Xunit.Abstractions;

namespace Lightloom.Verify.Tests;

/// <summary>
/// What the designer writes for files drawn at random contradicts nothing; what it refuses it explains, and where it names a value that works,
/// the file with that value in it is a design.
/// </summary>
public sealed class RandomSpecsTest(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_is_asked_at_random_is_refused_with_a_reason_or_verifies() => Hold(files: 200, RandomSpecs.Of, leastDesigned: 100);

    [Fact]
    public void Whatever_networks_ask_at_random_is_refused_with_a_reason_or_verifies() =>
        Hold(files: 60, number => WithKeys(RandomSpecs.Of(number), new Random(number)), leastDesigned: 20);

    private void Hold(int files, Func<int, string> fileOf, int leastDesigned)
    {
        int designed = 0,
            mended = 0;
        List<string> wrong = [];
        for (int number = 0; number < files; number++)
        {
            string yaml = fileOf(number);
            DiagnosticBag diagnostics = new();
            if (Design(yaml, diagnostics) is { } design)
            {
                designed++;
                using WrittenFolder folder = new(design);
                wrong.AddRange(folder.Verify().Contradictions.Take(3).Select(c => $"random-{number}: {c}"));
                continue;
            }

            Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == Severity.Error)];
            output.WriteLine($"refused {number}: {errors.FirstOrDefault()}");
            if (!errors.Any(RefusalWords.NamesAKey))
            {
                wrong.Add($"random-{number} is refused and no key with a value is named: {string.Join<Diagnostic>(" | ", errors)}");
            }

            mended += errors.Any(e => NamedChange.Of(e).Any(c => c.IsDesign)) ? 1 : 0;
            wrong.AddRange(RefusalPromises.Broken(yaml, errors, most: 2).Select(b => $"random-{number}: {b}"));
        }

        output.WriteLine($"{designed} of {files} designed, {mended} refused with a value that works");
        string.Join('\n', wrong).ShouldBeEmpty();
        designed.ShouldBeGreaterThanOrEqualTo(leastDesigned);
    }

    private static ClusterDesign? Design(string yaml, DiagnosticBag diagnostics) => RefusalPromises.Design(yaml, diagnostics);

    private static string WithKeys(string yaml, Random random)
    {
        string section = "";
        if (random.Next(2) == 0)
        {
            section += string.Create(CultureInfo.InvariantCulture, $"  reserve: {{leaf: {random.Next(5)}, spine: {random.Next(3)}}}\n");
        }

        if (random.Next(4) == 0)
        {
            section += "  own_racks: true\n";
        }

        if (random.Next(3) == 0)
        {
            section += string.Create(CultureInfo.InvariantCulture, $"  peer_links: {random.Next(1, 9)}\n");
        }

        if (random.Next(2) == 0)
        {
            string tier = new[] { "leaf", "spine" }[random.Next(2)];
            int rate = new[] { 10, 25, 100, 200, 400, 800 }[random.Next(6)];
            section += string.Create(
                CultureInfo.InvariantCulture,
                $"  external: [{{name: border, tier: {tier}, links: {random.Next(1, 20)}, rate_gbps: {rate}}}]\n"
            );
        }

        string stock =
            random.Next(2) == 0 && !yaml.Contains("existing:", StringComparison.Ordinal)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"existing: {{{(random.Next(2) == 0 ? "nvidia-qm9700" : "nvidia-sn5610")}: {{count: {random.Next(1, 9)}, "
                        + $"used_ports: {random.Next(9)}}}}}\n"
                )
                : "";
        string media = random.Next(3) == 0 ? "  media: {host-leaf: [dac, acc, aec, sr, dr], leaf-spine: [sr, dr, fr, lr]}\n" : "";
        section += random.Next(12) == 0 ? "  enabled: false\n" : "";
        return yaml.Replace("backend:\n", "backend:\n" + section, StringComparison.Ordinal)
                .Replace("interconnect:\n", "interconnect:\n" + media, StringComparison.Ordinal) + stock;
    }
}
