using System.CommandLine;
using Lightloom.Cli.Options;
using Lightloom.Cli.Output;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Yaml;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom catalog</c>: the hardware catalogue, every figure with its source.</summary>
public static class CatalogCommand
{
    private static readonly string[] Kinds =
    [
        "switches",
        "nodes",
        "nics",
        "interconnects",
        "passives",
        "asics",
        "models",
        "generations",
        "stacks",
        "facts",
        "sources",
        "assumed",
    ];

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of tables.", Recursive = true };
        CheckedOption<string?> directory = CommonOptions.Catalog();
        directory.Recursive = true;
        var kind = new Argument<string?>("KIND")
        {
            Description = "Only one kind: " + string.Join(", ", Kinds) + ".",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var id = new Argument<string>("ID")
        {
            Description = "A part, a fact, a source, or a class, difference or rule of the article and the trade.",
        };

        var list = new Command("list", "List the parts; with KIND also the facts, the sources, or all that is assumed.") { kind };
        list.SetAction(parse => List(parse.GetValue(kind), directory.In(parse), parse.GetValue(json)));

        var show = new Command("show", "Show everything that is known of one part, fact or source.") { id };
        show.SetAction(parse => Show(parse.GetValue(id)!, directory.In(parse), parse.GetValue(json)));

        var section = new Argument<string?>("SECTION")
        {
            Description = "Only one section: " + string.Join(", ", CatalogueFields.Sections) + ".",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var schema = new Command("schema", "Print which fields an entry has, for files of your own; --json: as JSON Schema.") { section };
        schema.SetAction(parse => Schema(parse.GetValue(section), parse.GetValue(json)));

        var command = new Command("catalog", "The hardware catalogue, every figure with its source.")
        {
            list,
            show,
            schema,
            json,
            directory,
        };
        command.SetAction(parse => List(null, directory.In(parse), parse.GetValue(json)));
        return command;
    }

    private static int List(string? kind, string? directory, bool json)
    {
        if (kind is not null && !Kinds.Contains(kind))
        {
            Console.Error.WriteLine(
                $"error LL1020: the catalogue has no kind "
                    + $"'{Excerpt.Of(kind)}'{Nearest.Suggestion(kind, Kinds, "; use one of " + string.Join(", ", Kinds))}"
            );
            return ExitCode.BadCommandLine;
        }

        if (Load(directory) is not { } catalogue)
        {
            return ExitCode.BadInput;
        }

        if (json)
        {
            CatalogueJson.WriteList(Console.OpenStandardOutput(), catalogue, kind);
        }
        else
        {
            CatalogueTables.WriteList(Console.Out, catalogue, kind);
        }

        return ExitCode.Done;
    }

    private static int Schema(string? section, bool json)
    {
        if (section is not null && !CatalogueFields.Sections.Contains(section))
        {
            string sections = "; use one of " + string.Join(", ", CatalogueFields.Sections);
            Console.Error.WriteLine(
                $"error LL1020: the catalogue has no kind '{Excerpt.Of(section)}'"
                    + Nearest.Suggestion(section, CatalogueFields.Sections, sections)
            );
            return ExitCode.BadCommandLine;
        }

        if (json)
        {
            Console.Out.Write(SpecSchema.GenerateCatalogue(section));
        }
        else
        {
            CatalogueTables.WriteSchema(Console.Out, section);
        }

        return ExitCode.Done;
    }

    private static int Show(string id, string? directory, bool json)
    {
        if (Load(directory) is not { } catalogue)
        {
            return ExitCode.BadInput;
        }

        CatalogueItem? item =
            catalogue.Find(id)
            ?? (CatalogueItem?)catalogue.Facts.GetValueOrDefault(id)
            ?? (CatalogueItem?)catalogue.Sources.GetValueOrDefault(id)
            ?? catalogue.FindQuotation(id);
        if (item is null)
        {
            IEnumerable<string> known = catalogue
                .Entries.Select(e => e.Id)
                .Concat(catalogue.Facts.Keys)
                .Concat(catalogue.Sources.Keys)
                .Concat(catalogue.ArticleClasses.Keys)
                .Concat(catalogue.Differences.Keys)
                .Concat(catalogue.Rules.Keys)
                .Concat(catalogue.Models.Keys)
                .Concat(catalogue.Generations.Keys)
                .Concat(catalogue.Stacks.Keys);
            Console.Error.WriteLine(
                $"error LL1021: the catalogue has no "
                    + $"'{Excerpt.Of(id)}'{Nearest.Suggestion(id, known, "; `lightloom catalog list` shows what it has")}"
            );
            return ExitCode.BadInput;
        }

        if (json)
        {
            CatalogueJson.WriteOne(Console.OpenStandardOutput(), catalogue, item);
        }
        else
        {
            CatalogueTables.WriteOne(Console.Out, catalogue, item);
        }

        return ExitCode.Done;
    }

    private static Catalogue? Load(string? directory)
    {
        if (directory is null)
        {
            return Catalogue.Default;
        }

        var diagnostics = new DiagnosticBag();
        Catalogue catalogue = Catalogue.Default.WithDirectory(directory, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return diagnostics.HasErrors ? null : catalogue;
    }
}
