namespace Lightloom.Studio.Tests.Page;

/// <summary>What the tests of the page need on the machine.</summary>
internal static class PageTools
{
    /// <summary>Where the Chromium is that opens the page, or null. The variable goes before the usual places.</summary>
    public static string? Chromium { get; } =
        new[] { Environment.GetEnvironmentVariable("LIGHTLOOM_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser" }
            .Append(OnPath("chromium"))
            .Append(OnPath("google-chrome"))
            .FirstOrDefault(File.Exists);

    /// <summary>What is missing, in words, or null.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsWindows() ? "the launcher that builds the page is a shell script"
        : Chromium is null ? "Chromium is not installed (apt-get install chromium, or name it in LIGHTLOOM_CHROMIUM)"
        : OnPath("npm") is null ? "npm, which builds the page, is not installed (apt-get install npm)"
        : null;

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(p => Path.Combine(p, name))
            .FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Lightloom.slnx")))
        {
            at = at.Parent;
        }

        return at!.FullName;
    }
}
