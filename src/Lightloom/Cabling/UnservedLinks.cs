using Lightloom.Diagnostics;

namespace Lightloom.Cabling;

/// <summary>Links that are alike and that nothing serves: what is said of them, and what might mend it.</summary>
/// <param name="Where">The network and its tier: <c>backend host-leaf</c>.</param>
/// <param name="Said">How many there are, of which rate and length, and what comes closest.</param>
/// <param name="Remedies">Changes of the file that are expected to help, the best of each kind first.</param>
/// <param name="NoKey">What is said where none does: that no key would do, and how long the links may be.</param>
/// <param name="Otherwise">What is left to do then, where nobody found anything better.</param>
internal sealed record UnservedLinks(string Where, string Said, IReadOnlyList<CableRemedy> Remedies, string NoKey, string Otherwise)
{
    /// <summary>The error's id.</summary>
    public string Id { get; init; } = NearestMiss.Unserved;

    /// <summary>The error with every remedy, none of which has been carried through yet.</summary>
    public Diagnostic Error => new(Id, Severity.Error, Message([.. Remedies.DistinctBy(r => r.Kind)], null), Where);

    /// <summary>The error in words.</summary>
    /// <param name="remedies">Those to name.</param>
    /// <param name="works">What else was found to work, or null.</param>
    /// <param name="isMended">True where what works is said here or with another error of the same network.</param>
    public string Message(IReadOnlyList<CableRemedy> remedies, string? works, bool isMended = false)
    {
        List<string> parts = [Said];
        if (remedies.Count > 0)
        {
            parts.AddRange(remedies.Select(r => r.Words));
        }
        else
        {
            parts.Add(isMended ? NoKey.TrimEnd(' ', ',', ';') : NoKey + Otherwise);
        }

        if (works is not null)
        {
            parts.Add(works);
        }

        return string.Join("; ", parts);
    }
}
