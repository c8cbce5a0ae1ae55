using System.Text;
using Lightloom.Diagnostics;
using Lightloom.Hardware;

namespace Lightloom.Tests.Hardware;

/// <summary>Damaged and random catalogue files: a diagnostic at worst, never an exception, never long.</summary>
public class CatalogueReaderFuzzTest
{
    private const string Inline = """
        nodes:
          my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 400, cages: 4, lanes: 4, lane_options: [4, 8], nic: connectx-7, max_planes: 2, single_port: false, thermal: rhs}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
        switches:
          my-leaf: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100], rack_units: 2, power_w: 1700, prices_usd: [{usd: [1, 2], date: 2026-01, item: it, source: S1}]}
          other:
            cages: [{count: 18, rate_gbps: 800}, {count: 20, rate_gbps: 800, purpose: fabric, restrictions: {1x800: odd}}]
            assumed: {power_w: {value: 100, why: because}}
            source: {'*': [S1], power_w: S1}
        interconnects:
          my-dac: {kind: dac, rate_gbps: 800, form_factors: [osfp], reach_m: {copper: 2.5}, lengths_m: [1, 2], loss_budget_db: {om4: 1.8}, details: {a: [1, {b: c}]}}
        passives: {p: {kind: trunk, medium: os2, fibres: 144}}
        facts: {f: {value: 1}, g: {values: [1, 2], assumed: why}}
        nics: {n: {max_rate_gbps: 400, port_configs: [1x400]}}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_additions_never_throw(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 700; i++)
        {
            string text = Inline;
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                text = Mutation.Of(text, random);
            }

            var diagnostics = new DiagnosticBag();
            Catalogue.Default.With(text, "my.yaml", diagnostics).ShouldNotBeNull();
            diagnostics.ShouldAllBe(d => d.Message.Length > 0 && d.Message.Length < 2000);
        }
    }

    [Fact]
    public void Damaged_built_in_files_never_throw()
    {
        var random = new Random(4);
        (string File, string Text)[] files = [.. Catalogue.BuiltInFiles()];
        for (int i = 0; i < 60; i++)
        {
            int at = random.Next(files.Length);
            string text = files[at].Text;
            int start = random.Next(Math.Max(1, text.Length - 8000));
            string damaged = text[..Math.Min(200, start)] + Mutation.Of(text.Substring(start, Math.Min(8000, text.Length - start)), random);
            Catalogue.Read([(files[at].File, damaged)], new DiagnosticBag()).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Damaged_price_books_never_throw()
    {
        var random = new Random(5);
        for (int i = 0; i < 500; i++)
        {
            string text = Mutation.Of("a@1.5m: 3\nnvidia-sn5600: 48000\nfibre-lc-os2-per-m: 0.5\n@m: 1\n-per-m: 2\n", random);
            var diagnostics = new DiagnosticBag();
            Catalogue.Default.WithPrices(Lightloom.Yaml.YamlText.Parse(text, "my.yaml", diagnostics), diagnostics).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(6);
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = new byte[random.Next(1, 600)];
            random.NextBytes(bytes);
            Catalogue.Default.With(Encoding.Latin1.GetString(bytes), "my.yaml", new DiagnosticBag()).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Sixty_four_kibibytes_of_entries_are_read_within_a_second_of_processor_time()
    {
        var text = new StringBuilder("switches:\n");
        for (int i = 0; text.Length < 64 * 1024; i++)
        {
            text.Append("  s").Append(i).Append(": {cages: 64, rate_gbps: 800, unknown_").Append(i).Append(": 1}\n");
        }

        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            var diagnostics = new DiagnosticBag();
            best = Math.Min(best, ThreadClock.Of(() => Catalogue.Default.With(text.ToString(), "my.yaml", diagnostics)).TotalSeconds);
            diagnostics.Count.ShouldBeGreaterThan(100);
        }

        best.ShouldBeLessThan(1);
    }
}
