using Lightloom.Diagnostics;
using Lightloom.Studies.Files;
using Lightloom.Studies.Points;

namespace Lightloom.Studies.Tests;

/// <summary>Studies written to a folder of their own, beside a cluster file.</summary>
internal sealed class Written : IDisposable
{
    public const string Cluster = """
        lightloom: 1
        name: tiny
        pools: [{name: a, node: dgx-h100, nodes: 4}]   # four nodes
        backend:
          tiers: 2
        """;

    public Written(string study, string cluster = Cluster)
    {
        Folder = Directory.CreateTempSubdirectory("lightloom-studies-").FullName;
        File.WriteAllText(Path.Combine(Folder, "tiny.yaml"), cluster);
        Study = Path.Combine(Folder, "study.yaml");
        File.WriteAllText(
            Study,
            (
                study.Contains("lightloom_study", StringComparison.Ordinal)
                    ? ""
                    : "lightloom_study: 1\nname: t\ncommand: simulate\ncluster: tiny.yaml\n"
            ) + study
        );
    }

    public string Folder { get; }

    public string Study { get; }

    public (StudyPlan? Plan, IReadOnlyList<Diagnostic> Said) Checked(string version = "1")
    {
        DiagnosticBag said = new();
        StudyPlan? plan = StudyReader.Read(Study, said) is { } file ? StudyCheck.Plan(file, new Commands(), version, said) : null;
        return (plan, said);
    }

    public StudyPlan Plan(string version = "1")
    {
        (StudyPlan? plan, IReadOnlyList<Diagnostic> said) = Checked(version);
        return plan.ShouldNotBeNull(string.Join("\n", said));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A command line with a few options, among them one that takes 1 to 9 only.</summary>
    private sealed class Commands : ICommandTable
    {
        public IReadOnlyList<CommandOption> OptionsOf(string command) =>
            [
                new("--seed", OptionKind.Word),
                new("--size", OptionKind.Word),
                new("--load-balancing", OptionKind.Word),
                new("--scale-up", OptionKind.Flag),
                new("--transport-option", OptionKind.Repeated),
                new("--tm", OptionKind.File),
                new("--json", OptionKind.Flag, "every point prints it"),
            ];

        public string? Problem(IReadOnlyList<string> arguments)
        {
            int at = arguments.ToList().IndexOf("--size");
            return at >= 0 && (arguments[at + 1].Length != 1 || arguments[at + 1] == "0") ? "--size must be 1 to 9" : null;
        }
    }
}
