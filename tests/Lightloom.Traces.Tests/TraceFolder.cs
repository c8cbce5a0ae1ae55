namespace Lightloom.Traces.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TraceFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lightloom-traces-").FullName;

    public string Path => _path;

    public string File(string name, byte[] bytes)
    {
        string file = System.IO.Path.Combine(_path, name);
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }

    public string File(string name, string text) => File(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
