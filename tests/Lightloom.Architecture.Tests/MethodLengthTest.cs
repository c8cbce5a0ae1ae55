using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lightloom.Architecture.Tests;

/// <summary>No method is longer than a hundred lines of source, from its first brace to its last, without a reason in methods.txt.</summary>
public sealed class MethodLengthTest
{
    private const int MostLines = 100;

    [Fact]
    public void No_method_is_longer_than_a_hundred_lines_without_a_reason() =>
        LongMethods(Source())
            .Where(m => !Reasons().Contains(m.Name))
            .Select(m => $"{m.Name}: {m.Lines} lines")
            .ShouldBeEmpty($"split by subject, or say in methods.txt why one piece is better");

    [Fact]
    public void Every_reason_is_still_needed()
    {
        HashSet<string> found = [.. LongMethods(Source()).Select(m => m.Name)];
        Reasons().Where(r => !found.Contains(r)).ShouldBeEmpty("these lines of methods.txt can go");
    }

    [Theory]
    [InlineData(98, false)]
    [InlineData(99, true)]
    public void Lines_are_counted_from_brace_to_brace(int statements, bool tooLong)
    {
        string text = "class A\n{\n    void B()\n    {\n" + string.Concat(Enumerable.Repeat("        ;\n", statements)) + "    }\n}\n";
        LongMethods([("A.cs", text)]).Any().ShouldBe(tooLong);
    }

    private static IEnumerable<(string Name, int Lines)> LongMethods(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        from node in CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantNodes()
        let name = NameOf(node)
        where name is not null
        let span = node.SyntaxTree.GetLineSpan(Body(node)?.Span ?? node.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MostLines
        select ($"{file.Path}:{name}", lines);

    private static string? NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
            PropertyDeclarationSyntax { ExpressionBody: not null } property => property.Identifier.Text,
            OperatorDeclarationSyntax @operator => "operator" + @operator.OperatorToken.Text,
            _ => null,
        };

    private static SyntaxNode? Body(SyntaxNode node) =>
        node switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            PropertyDeclarationSyntax property => property.ExpressionBody,
            _ => null,
        };

    private static HashSet<string> Reasons()
    {
        var reasons = new HashSet<string>();
        foreach (
            string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "methods.txt")).Where(l => l.Length > 0 && l[0] != '#')
        )
        {
            string[] parts = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            parts.Length.ShouldBe(2, $"an entry says why: {line}");
            reasons.Add(parts[0]);
        }
        return reasons;
    }

    private static IEnumerable<(string Path, string Text)> Source()
    {
        string root = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "src");
        return Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(p => (Relative: Path.GetRelativePath(root, p).Replace('\\', '/'), Path: p))
            .Where(f => !f.Relative.Split('/').Any(d => d is "obj" or "bin"))
            .Select(f => (f.Relative, File.ReadAllText(f.Path)));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
