using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Yaml;

namespace Lightloom.Tests.Spec;

/// <summary>One value of a file is set by its path, and the rest stays as its author wrote it.</summary>
public sealed class SpecPathTest
{
    private const string File = """
        # who it is for
        lightloom: 1   # the format
        name: "a: b"
        pools:
          # the trainers
          - name: train   # ten of them
            node: dgx-h100
            nodes: 10
          - {name: more, node: dgx-h100, nodes: 2}
        backend: {planes: 1, leaf: x}
        floor:
          rack:
            units: 50
          # trays last
          trays: {width_mm: 600}

        # the end

        """;

    [Theory]
    [InlineData("pools[0].nodes", "12", "    nodes: 10", "    nodes: 12")]
    [InlineData("pools[1].nodes", "3", "  - {name: more, node: dgx-h100, nodes: 2}", "  - {name: more, node: dgx-h100, nodes: 3}")]
    [InlineData("name", "c", "name: \"a: b\"", "name: c")]
    [InlineData("backend.planes", "2", "backend: {planes: 1, leaf: x}", "backend: {planes: 2, leaf: x}")]
    [InlineData("backend.tiers", "3", "backend: {planes: 1, leaf: x}", "backend: {tiers: 3, planes: 1, leaf: x}")]
    [InlineData("floor.trays", "{count: 2}", "  trays: {width_mm: 600}", "  trays: {count: 2}")]
    [InlineData("backend.leaf", null, "backend: {planes: 1, leaf: x}", "backend: {planes: 1}")]
    [InlineData("backend.planes", null, "backend: {planes: 1, leaf: x}", "backend: {leaf: x}")]
    public void One_line_changes_and_no_other(string path, string? value, string before, string after)
    {
        string changed = SpecPath.Set(File, path, value, out string problem)!;
        problem.ShouldBeEmpty();
        changed.ShouldBe(File.Replace(before, after, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_missing_is_added_behind_its_section_and_sections_on_the_way_with_it()
    {
        string changed = SpecPath.Set(File, "floor.rack.width_mm", "700", out _)!;
        changed.ShouldContain("    units: 50\n    width_mm: 700\n  # trays last\n");
        SpecPath.Set(File, "oob.switch.name", "x", out _)!.ShouldContain("\noob:\n  switch:\n    name: x\n");
        SpecPath.Set("lightloom: 1", "floor.places", "[{row: 1}]", out _).ShouldBe("lightloom: 1\nfloor:\n  places:\n    - {row: 1}\n");
    }

    [Fact]
    public void A_list_of_maps_is_written_an_item_a_line_and_replaced_as_a_whole()
    {
        string once = SpecPath.Set(File, "floor.places", "[{holds: a, row: 1}, {holds: \"b, c\", row: 2}]", out _)!;
        once.ShouldContain("\n    - {holds: a, row: 1}\n    - {holds: \"b, c\", row: 2}\n");
        ValueAt(once, "floor", "places").ShouldBeOfType<YamlList>().Items.Count.ShouldBe(2);
        string twice = SpecPath.Set(once, "floor.places", "[{holds: z, row: 3}]", out _)!;
        ValueAt(twice, "floor", "places").ShouldBeOfType<YamlList>().Items.Count.ShouldBe(1);
        twice.ShouldContain("# the end");
        SpecPath.Set(twice, "floor.places", null, out _)!.ShouldNotContain("places");
    }

    [Fact]
    public void A_block_goes_with_all_its_lines_and_its_neighbours_comments_stay()
    {
        string changed = SpecPath.Set(File, "floor.rack", null, out _)!;
        changed.ShouldNotContain("units: 50");
        changed.ShouldContain("  # trays last\n  trays: {width_mm: 600}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("pools[x].nodes")]
    [InlineData("pools[9].nodes")]
    [InlineData("name.deeper")]
    public void What_is_no_path_or_leads_nowhere_is_refused_with_words(string path)
    {
        SpecPath.Set(File, path, "1", out string problem).ShouldBeNull();
        problem.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_single_number_of_every_example_can_be_set_to_itself()
    {
        foreach (string name in SpecTemplates.Names)
        {
            string text = SpecTemplates.Find(name)!.Text;
            DiagnosticBag bag = new();
            YamlNode root = YamlText.Parse(text, "", bag)!;
            foreach ((string path, string value) in Scalars(root, ""))
            {
                // Of a text in quotes the quotes go, and nothing else.
                string changed =
                    SpecPath.Set(text, path, value, out string problem)
                    ?? throw new InvalidOperationException($"{name}: {path}: {problem}");
                Scalars(YamlText.Parse(changed, "", bag)!, "").ShouldBe(Scalars(root, ""), $"{name}: {path}");
            }
        }
    }

    // Words and numbers by their paths; what would need quotes again is left out.
    private static List<(string Path, string Value)> Scalars(YamlNode node, string path)
    {
        List<(string, string)> found = [];
        switch (node)
        {
            case YamlMap map:
                foreach (YamlEntry e in map.Entries.Where(e => e.Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
                {
                    found.AddRange(Scalars(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}"));
                }

                break;
            case YamlList list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    found.AddRange(Scalars(list.Items[i], FormattableString.Invariant($"{path}[{i}]")));
                }

                break;
            case YamlScalar { IsNull: false } scalar when scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'):
                found.Add((path, scalar.Text));
                break;
        }

        return found;
    }

    private static YamlNode ValueAt(string text, string section, string key) =>
        ((YamlMap)((YamlMap)YamlText.Parse(text, "", new DiagnosticBag())!)[section]!.Value)[key]!.Value;
}
