namespace Lightloom.Training.Tests;

/// <summary>Files that came with the tests.</summary>
internal static class Reference
{
    public static string[] Lines(string name)
    {
        using Stream stream =
            typeof(Reference).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("not embedded: " + name);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().TrimEnd().Split('\n');
    }
}
