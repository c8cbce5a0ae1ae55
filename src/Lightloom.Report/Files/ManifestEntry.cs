namespace Lightloom.Report.Files;

/// <summary>One file of a result.</summary>
/// <param name="File">Its name in the folder, with <c>/</c> between folders.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Command">The command that wrote it: <c>design</c>, <c>simulate</c> or <c>compare</c>.</param>
public sealed record ManifestEntry(string File, long Bytes, string Sha256, string Command)
{
    /// <summary>True when a file has the size and the SHA-256 of this entry.</summary>
    internal bool Matches(string path)
    {
        using FileStream stream = System.IO.File.OpenRead(path);
        return stream.Length == Bytes && Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)) == Sha256;
    }
}
