using System.Reflection;
using System.Runtime.Loader;
using Lightloom.Keys;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lightloom.Generators.Tests;

/// <summary>A piece of source compiled together with what the generators make of it.</summary>
internal sealed class Compiled
{
    private static readonly CSharpParseOptions Parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private readonly Compilation _compilation;
    private readonly GeneratorDriver _driver;

    private Compiled(Compilation compilation, GeneratorDriver driver, IReadOnlyList<Diagnostic> problems) =>
        (_compilation, _driver, Problems) = (compilation, driver, problems);

    /// <summary>What the generators complain of.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>Compiles a source in namespace <c>T</c>.</summary>
    public static Compiled From(string source)
    {
        string text = $"""
            using System;
            using System.Collections.Generic;
            using Lightloom;
            using Lightloom.Diagnostics;
            using Lightloom.Keys;
            using Lightloom.Units;
            namespace T;
            {source}
            """;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        Compilation compilation = CSharpCompilation.Create(
            "Sample" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(text, Parse, "Sample.cs")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new KeyGenerator().AsSourceGenerator(), new WordGenerator().AsSourceGenerator()],
            parseOptions: Parse,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out var problems);
        return new(updated, driver, problems);
    }

    /// <summary>The compiled assembly; fails when the generated code does not compile without a warning.</summary>
    public Assembly Load()
    {
        Problems.Select(p => p.ToString()).ShouldBeEmpty();
        using var image = new MemoryStream();
        var result = _compilation.Emit(image);
        result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()).ShouldBeEmpty();
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>The keys of a type of the source.</summary>
    public KeyedType KeysOf(string type) =>
        (KeyedType)Load().GetType($"T.{type}Keys", throwOnError: true)!.GetProperty("Type")!.GetValue(null)!;

    /// <summary>Why each output of the generators was made when a second, unrelated file joins the compilation.</summary>
    public IReadOnlyList<IncrementalStepRunReason> ReasonsAfterAnUnrelatedEdit()
    {
        Compilation edited = _compilation
            .RemoveSyntaxTrees(_compilation.SyntaxTrees.Where(t => t.FilePath != "Sample.cs"))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("namespace T; class Other;", Parse, "Other.cs"));
        return
        [
            .. _driver
                .RunGenerators(edited)
                .GetRunResult()
                .Results.SelectMany(r => r.TrackedOutputSteps.Values)
                .SelectMany(steps => steps)
                .SelectMany(step => step.Outputs)
                .Select(o => o.Reason),
        ];
    }
}
