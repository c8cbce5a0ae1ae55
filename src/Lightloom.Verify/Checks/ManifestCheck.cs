using System.Security.Cryptography;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>The manifest names the files of the folder as they are.</summary>
internal static class ManifestCheck
{
    private const string Name = "manifest.json";

    public static void Run(Scene scene)
    {
        if (scene.Folder.Manifest is not { } manifest)
        {
            scene.Found.Add(Rules.Manifest, Name, 0, $"there is none, so the run that wrote the folder did not end");
            return;
        }

        List<string> wrong = [];
        foreach (ManifestFile file in manifest.Files)
        {
            string path = Path.Combine(scene.Folder.Directory, file.File);
            if (IsOutside(file.File))
            {
                wrong.Add($"'{file.File}' is not in the folder");
            }
            else if (!File.Exists(path))
            {
                wrong.Add($"{file.File} is missing");
            }
            else if (!Matches(path, file))
            {
                wrong.Add($"{file.File} was changed");
            }
        }

        wrong.AddRange(Folder.Needed.Where(n => manifest.Files.All(f => f.File != n)).Select(n => $"{n} is not named"));
        scene.Found.Checked(Rules.Manifest, manifest.Files.Count);
        if (wrong.Count > 0)
        {
            // One line, however many files: what was edited is said row by row below.
            scene.Found.Add(Rules.Manifest, Name, 0, $"{string.Join(", ", wrong)} since the manifest was written");
        }
    }

    private static bool Matches(string path, ManifestFile file)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return stream.Length == file.Bytes
                && string.Equals(Convert.ToHexString(SHA256.HashData(stream)), file.Sha256, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A manifest comes from a folder that anybody may have written.
    private static bool IsOutside(string file) =>
        file.Length == 0 || Path.IsPathRooted(file) || file.Split('/', '\\').Any(part => part is "" or "." or "..");
}
