using System.CommandLine;
using Lightloom.Cli.Options;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom studio [DIR]</c>: serves the page on which a network is designed, seen and questioned.</summary>
public static class StudioCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> folder = new("DIR")
        {
            Description = "The project: a folder of plain files, or a cluster file in it; made when it is not there.",
            DefaultValueFactory = _ => ".",
        };
        CheckedOption<int?> port = Value.Whole("--port", "TCP port; 0 takes any free one.", 0, 65_535, 0);
        CheckedOption<string?> bind = Value.Text<string>(
            "--bind",
            "Address to listen at; any but this machine's own needs --token. [127.0.0.1]",
            "an IP address of this machine, such as 127.0.0.1 or 0.0.0.0, or localhost",
            TryAddress,
            "ADDRESS"
        );
        CheckedOption<string?> token = Value.Text<string>(
            "--token",
            "What a client must know, at least 16 characters.",
            "16 to 200 letters, digits, - or _",
            TryToken,
            "T"
        );
        CheckedOption<string?> database = Value.Text<string>(
            "--database",
            "A PostgreSQL database for runs, which a team shares (SQLite in DIR).",
            "postgres://USER:PASSWORD@HOST/DATABASE",
            TryDatabase,
            "URL"
        );
        Option<bool> noOpen = new("--no-open") { Description = "Do not open a browser." };
        Command command = new("studio", "Opens the Studio: a page to design, see and question a network.")
        {
            folder,
            port,
            bind,
            token,
            database,
            noOpen,
        };
        command.SetAction(parsed =>
            StudioStart.Run(
                new()
                {
                    Folder = parsed.GetValue(folder)!,
                    Port = port.In(parsed) ?? 0,
                    Bind = bind.In(parsed) ?? "127.0.0.1",
                    Token = token.In(parsed),
                    Database = database.In(parsed),
                    Open = !parsed.GetValue(noOpen),
                }
            )
        );
        return command;
    }

    private static bool TryAddress(string text, out string? value)
    {
        value = text;
        return text.Equals("localhost", StringComparison.OrdinalIgnoreCase) || System.Net.IPAddress.TryParse(text, out _);
    }

    private static bool TryToken(string text, out string? value)
    {
        value = text;
        return text.Length is >= 16 and <= 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    private static bool TryDatabase(string text, out string? value)
    {
        value = text;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "postgres" or "postgresql";
    }
}
