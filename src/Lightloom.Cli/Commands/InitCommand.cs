using System.CommandLine;
using System.Text;
using Lightloom.Cli.Options;
using Lightloom.Diagnostics;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Yaml;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom init [TEMPLATE] [-o FILE]</c>: writes a commented starter file, or the JSON Schema of the format.</summary>
public static class InitCommand
{
    private const string DefaultTemplate = "minimal";
    private const string DefaultFile = "cluster.yaml";
    internal const string StandardOutput = "-";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> template = new("TEMPLATE")
        {
            Description = $"Name of the template; {DefaultTemplate} when left out. --list shows them all.",
            DefaultValueFactory = _ => DefaultTemplate,
        };
        CheckedOption<string?> output = Value.Path(
            "--output|-o",
            $"Where to write it; {DefaultFile} when left out, - for standard output.",
            "FILE"
        );
        Option<bool> list = new("--list") { Description = "Show the templates and write nothing." };
        Option<bool> schema = new("--schema")
        {
            Description = "Write the JSON Schema of the format instead, to standard output unless -o says otherwise.",
        };
        Option<bool> force = new("--force") { Description = "Overwrite a file that is there already." };
        Option<bool> json = new("--json") { Description = "With --list: print one JSON document." };
        Command command = new("init", "Writes a commented starter file.") { template, output, list, schema, force, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
            {
                List(parsed.GetValue(json), Console.Out);
                return ExitCode.Done;
            }

            return parsed.GetValue(schema)
                ? Write(
                    SpecSchema.Generate(),
                    output.In(parsed) ?? StandardOutput,
                    parsed.GetValue(force),
                    "the JSON Schema of the format",
                    Console.Out,
                    Console.Error
                )
                : WriteTemplate(
                    parsed.GetValue(template)!,
                    output.In(parsed) ?? DefaultFile,
                    parsed.GetValue(force),
                    Console.Out,
                    Console.Error
                );
        });
        return command;
    }

    internal static int WriteTemplate(string name, string path, bool force, TextWriter output, TextWriter errors)
    {
        if (SpecTemplates.Find(name) is not { } template)
        {
            errors.WriteLine(
                $"lightloom: there is no template "
                    + $"'{Excerpt.Of(name)}'{Nearest.Suggestion(name, SpecTemplates.Names, "; `lightloom init --list` shows them")}"
            );
            return ExitCode.BadCommandLine;
        }

        int result = Write(template.Text, path, force, $"the template '{name}'", output, errors);
        if (result == ExitCode.Done && path != StandardOutput)
        {
            errors.WriteLine($"next: lightloom design {path}");
        }

        return result;
    }

    internal static void List(bool json, TextWriter output)
    {
        SpecTemplate[] templates = [.. SpecTemplates.Names.Select(n => SpecTemplates.Find(n)!)];
        if (!json)
        {
            int width = templates.Max(t => t.Name.Length);
            foreach (SpecTemplate template in templates)
            {
                output.WriteLine($"{template.Name.PadRight(width)}  {template.Summary}");
            }

            return;
        }

        using MemoryStream stream = new();
        TemplatesJson.Write(templates, stream);
        output.Write(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Writes a file that a person will go on with, and says so; one that is there already only by force.</summary>
    internal static int Write(string text, string path, bool force, string what, TextWriter output, TextWriter errors)
    {
        if (path == StandardOutput)
        {
            output.Write(text);
            return ExitCode.Done;
        }

        if (Directory.Exists(path))
        {
            return Refuse("LL8101", $"'{path}' is a directory; give `-o` a file's name", errors);
        }

        if (File.Exists(path) && !force)
        {
            return Refuse("LL8102", $"'{path}' exists; `--force` overwrites it, `-o` names another", errors);
        }

        try
        {
            Report.Files.OutputFile.WriteText(path, writer => writer.Write(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse("LL8103", $"'{path}' cannot be written: {e.Message}; choose another place with `-o`", errors);
        }

        errors.WriteLine($"wrote {path}: {what}");
        return ExitCode.Done;
    }

    private static int Refuse(string id, string message, TextWriter errors)
    {
        errors.WriteLine(new Diagnostic(id, Severity.Error, message));
        return ExitCode.BadInput;
    }
}
