using System.Text.Json;
using Lightloom.Cli.Commands;
using Lightloom.Spec;

namespace Lightloom.Cli.Tests;

public sealed class InitCommandTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lightloom-init").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_template_is_written_and_nothing_is_left_beside_it()
    {
        string path = Path.Combine(_folder, "c.yaml");
        InitCommand.WriteTemplate("minimal", path, force: false, _output, _errors).ShouldBe(ExitCode.Done);
        File.ReadAllText(path).ShouldBe(SpecTemplates.Find("minimal")!.Text);
        Directory.GetFiles(_folder).ShouldBe([path]);
        _errors.ToString().ShouldContain($"next: lightloom design {path}");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_there_is_overwritten_by_force_only()
    {
        string path = Path.Combine(_folder, "c.yaml");
        File.WriteAllText(path, "mine");
        InitCommand.WriteTemplate("full", path, force: false, _output, _errors).ShouldBe(ExitCode.BadInput);
        File.ReadAllText(path).ShouldBe("mine");
        _errors.ToString().ShouldBe($"error LL8102: '{path}' exists; `--force` overwrites it, `-o` names another{Environment.NewLine}");
        InitCommand.WriteTemplate("full", path, force: true, _output, _errors).ShouldBe(ExitCode.Done);
        File.ReadAllText(path).ShouldBe(SpecTemplates.Find("full")!.Text);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told()
    {
        InitCommand
            .WriteTemplate("minimal", Path.Combine(_folder, "no", "c.yaml"), force: false, _output, _errors)
            .ShouldBe(ExitCode.BadInput);
        InitCommand.WriteTemplate("minimal", _folder, force: true, _output, _errors).ShouldBe(ExitCode.BadInput);
        _errors.ToString().ShouldContain("LL8103");
        _errors.ToString().ShouldContain("LL8101");
    }

    [Fact]
    public void An_unknown_template_suggests_the_nearest()
    {
        InitCommand.WriteTemplate("minimum", "-", force: false, _output, _errors).ShouldBe(ExitCode.BadCommandLine);
        _errors.ToString().ShouldBe($"lightloom: there is no template 'minimum'; did you mean 'minimal'?{Environment.NewLine}");
    }

    [Fact]
    public void The_list_names_every_template()
    {
        InitCommand.List(json: true, _output);
        using JsonDocument document = JsonDocument.Parse(_output.ToString());
        document
            .RootElement.GetProperty("templates")
            .EnumerateArray()
            .Select(t => t.GetProperty("name").GetString())
            .ShouldBe(SpecTemplates.Names);
    }
}
