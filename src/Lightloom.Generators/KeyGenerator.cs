using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Lightloom.Generators;

/// <summary>
/// For every type whose properties carry <c>[Key]</c>, and every section that such a property holds: a class <c>TypeKeys</c> that lists the
/// keys, gets their values and makes the type of values that were read. README.md tells how a type is given keys.
/// </summary>
[Generator]
public sealed class KeyGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<KeyedTypeModel>> types = context
            .SyntaxProvider.ForAttributeWithMetadataName(
                Names.Key,
                static (node, _) => node is PropertyDeclarationSyntax,
                static (found, _) => TypesOf((IPropertySymbol)found.TargetSymbol)
            )
            .SelectMany(static (found, _) => found)
            .Collect();

        // A section is met once for each property that holds it.
        context.RegisterSourceOutput(
            types.SelectMany(static (all, _) => all.GroupBy(static t => (t.Namespace, t.Name)).Select(static g => g.First())),
            static (output, model) => Write(output, model)
        );
    }

    private static EquatableArray<KeyedTypeModel> TypesOf(IPropertySymbol property)
    {
        var types = new List<KeyedTypeModel>();
        if (
            !property.ContainingType.IsAbstract
            && SymbolEqualityComparer.Default.Equals(property, KeyedTypeReader.FirstKeyOf(property.ContainingType))
        )
        {
            types.Add(KeyedTypeReader.Read(property.ContainingType));
        }

        // A section may have inherited keys only, and so none to be found by.
        if (
            ShapeReader.SectionOf(property.Type) is { } section
            && SymbolEqualityComparer.Default.Equals(section.ContainingAssembly, property.ContainingAssembly)
        )
        {
            types.Add(KeyedTypeReader.Read(section));
        }

        return new([.. types]);
    }

    private static void Write(SourceProductionContext output, KeyedTypeModel model)
    {
        foreach (Problem problem in model.Problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }

        if (model.Problems.Count == 0)
        {
            output.AddSource($"{model.Namespace}.{model.Name}Keys.g.cs", SourceText.From(KeyedTypeWriter.Write(model), Encoding.UTF8));
        }
    }
}
