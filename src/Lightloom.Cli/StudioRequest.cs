namespace Lightloom.Cli;

/// <summary>What the command line asks of the Studio.</summary>
public sealed record StudioRequest
{
    /// <summary>The project's folder, or a cluster file in it.</summary>
    public required string Folder { get; init; }

    /// <summary>TCP port; 0 for any free one.</summary>
    public required int Port { get; init; }

    /// <summary>The address to listen at.</summary>
    public required string Bind { get; init; }

    /// <summary>What a client must know, or null.</summary>
    public string? Token { get; init; }

    /// <summary>The PostgreSQL database of runs, or null.</summary>
    public string? Database { get; init; }

    /// <summary>True to open a browser.</summary>
    public bool Open { get; init; }
}
