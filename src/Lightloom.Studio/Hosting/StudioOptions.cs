using System.Globalization;

namespace Lightloom.Studio.Hosting;

/// <summary>What the command line asks of the Studio.</summary>
public sealed record StudioOptions
{
    /// <summary>The environment variable that hands the token on, as arguments are to be seen by every user of a machine.</summary>
    public const string TokenVariable = "LIGHTLOOM_STUDIO_TOKEN";

    /// <summary>The environment variable that hands the database's address on, as it may hold a password.</summary>
    public const string DatabaseVariable = "LIGHTLOOM_STUDIO_DATABASE";

    /// <summary>The environment variable that names the program that runs simulations and the like.</summary>
    public const string ProgramVariable = "LIGHTLOOM_STUDIO_PROGRAM";

    /// <summary>The project: a folder, or a cluster file in it.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>TCP port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The address that it listens at: an IP address of this machine, or <c>localhost</c>.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>What a client must know; null on loopback only.</summary>
    public string? Token { get; init; }

    /// <summary><c>postgres://USER:PASSWORD@HOST/DATABASE</c>, or null for SQLite in the project's folder.</summary>
    public string? Database { get; init; }

    /// <summary>True to open a browser.</summary>
    public bool Open { get; init; }

    /// <summary>The program with the commands <c>simulate</c>, <c>train</c> ... and what goes before its arguments; empty for none.</summary>
    public IReadOnlyList<string> Program { get; init; } = [];

    /// <summary>Largest estimate of memory that is designed; null for three quarters of what the machine has.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The arguments that hand the options to another process of the Studio; token and database go by the environment.</summary>
    public IReadOnlyList<string> ToArguments() =>
        [Folder, "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", Bind, .. Open ? Array.Empty<string>() : ["--no-open"]];

    /// <summary>Reads what <see cref="ToArguments"/> wrote, and the environment.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static StudioOptions Parse(IReadOnlyList<string> arguments)
    {
        StudioOptions options = new() { Open = true };
        for (int i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--port" => options with { Port = int.Parse(Next(ref i), CultureInfo.InvariantCulture) },
                "--bind" => options with { Bind = Next(ref i) },
                "--no-open" => options with { Open = false },
                var folder when !folder.StartsWith("--", StringComparison.Ordinal) => options with { Folder = folder },
                var other => throw new FormatException($"there is no option {other}; start the Studio by: lightloom studio"),
            };
        }

        return options with
        {
            Token = Variable(TokenVariable),
            Database = Variable(DatabaseVariable),
            Program = Variable(ProgramVariable)?.Split('\n') ?? [],
        };

        string Next(ref int i) => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
