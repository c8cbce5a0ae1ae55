namespace Lightloom.Architecture.Tests;

/// <summary>What <c>folders.txt</c> says: the folders of each assembly, lowest first, and the references let through.</summary>
internal sealed class FolderOrder
{
    /// <summary>By assembly: its folders, lowest first; the empty string for the assembly's own folder.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Folders { get; }

    /// <summary>By assembly: the file it is built into.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>References that may go against the order: from a type to a type, by full name.</summary>
    public IReadOnlySet<(string From, string To)> Allowed { get; }

    public FolderOrder(string text)
    {
        var folders = new Dictionary<string, IReadOnlyList<string>>();
        var files = new Dictionary<string, string>();
        var allowed = new HashSet<(string, string)>();
        List<string>? current = null;
        foreach (string line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "allow")
            {
                words.Length.ShouldBeGreaterThan(4, $"an exception says why: {line}");
                words[2].ShouldBe("->", line);
                allowed.Add((words[1], words[3]));
            }
            else if (line[0] != ' ')
            {
                folders.Add(words[0], current = []);
                files.Add(words[0], words.Length > 1 ? words[1] : words[0] + ".dll");
            }
            else
            {
                current.ShouldNotBeNull(line).Add(words[0] == "." ? "" : words[0]);
            }
        }
        Folders = folders;
        Files = files;
        Allowed = allowed;
    }

    /// <summary>The folder of a type: the part of its namespace after the assembly's name.</summary>
    public static string FolderOf(string assembly, string @namespace) =>
        @namespace == assembly ? ""
        : @namespace.StartsWith(assembly + ".", StringComparison.Ordinal) ? @namespace[(assembly.Length + 1)..]
        : throw new ArgumentException($"namespace {@namespace} is outside its assembly {assembly}");

    /// <summary>The place of a folder in the order of its assembly; -1 when the file does not name it.</summary>
    public int PlaceOf(string assembly, string folder)
    {
        IReadOnlyList<string> folders = Folders[assembly];
        for (int i = 0; i < folders.Count; i++)
        {
            if (folders[i] == folder)
            {
                return i;
            }
        }
        return -1;
    }

    public static FolderOrder Read() => new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "folders.txt")));
}
