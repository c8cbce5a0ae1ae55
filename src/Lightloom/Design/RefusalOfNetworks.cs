using Lightloom.Cabling;
using Lightloom.Diagnostics;
using Lightloom.Spec;
using Lightloom.Topology;

namespace Lightloom.Design;

/// <summary>
/// The errors of an attempt whose networks found no ports or no cables, with what mends them. A change is named only where the file with it was
/// carried through and the links in question found what they need; where several networks fail, also what makes them a design together.
/// </summary>
/// <param name="spec">What was asked.</param>
/// <param name="attempt">How far it came.</param>
/// <param name="pools">Pools, then services.</param>
/// <param name="carry">Carries a changed file through: why it is no design, or null when it is one.</param>
internal sealed class RefusalOfNetworks(ClusterSpec spec, Attempt attempt, IReadOnlyList<PoolNodes> pools, Func<ClusterSpec, Carried> carry)
{
    /// <summary>Remedies of cables that are carried through, all errors together.</summary>
    private const int MostCarried = 12;

    private readonly Dictionary<string, Carried> _carried = [];
    private readonly Diagnostic[] _said = [.. attempt.Diagnostics];

    /// <summary>What is to be said.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics()
    {
        NetworkSection[] blamed = [.. NetworkSection.All(spec).Where(s => ErrorsOf(s).Count > 0)];
        List<(string Keys, Func<ClusterSpec, ClusterSpec> In)> mended = [];
        foreach (NetworkSection section in blamed)
        {
            if (Mended(section) is { } change)
            {
                mended.Add(change);
            }
        }

        if (blamed.Length > 1 && mended.Count == blamed.Length)
        {
            SayTogether(ErrorsOf(blamed[0])[0], mended);
        }
        else if (
            attempt.Stage == AttemptStage.Placed
            && mended.Count < blamed.Length
            && RelaxedKeys.Of(spec, blamed, file => carry(file).Lacks is null) is { } keys
        )
        {
            Append(ErrorsOf(blamed[0])[0], $"it works with {keys}");
        }

        return _said;
    }

    private List<int> ErrorsOf(NetworkSection section) =>
        [.. Enumerable.Range(0, _said.Length).Where(i => _said[i].Severity == Severity.Error && section.IsBlamedBy(_said[i]))];

    /// <summary>Says what mends one network, and returns the change of which all its errors are gone; null where none was found.</summary>
    private (string Keys, Func<ClusterSpec, ClusterSpec> In)? Mended(NetworkSection section)
    {
        List<int> errors = ErrorsOf(section);
        NearestNetwork nearest = new(spec, pools, new LinkJudge(spec), carry);
        if (attempt.Stage != AttemptStage.Placed)
        {
            if (section.Role == FabricRole.Backend)
            {
                Append(errors[0], nearest.WordsOfReserve(section));
            }

            return null;
        }

        List<(int Error, UnservedLinks Links, List<CableRemedy> Holding)> unserved = [];
        foreach (int error in errors)
        {
            if (attempt.Unserved.FirstOrDefault(u => u.Error == _said[error]) is { } links)
            {
                unserved.Add((error, links, Holding(links)));
            }
        }

        CableRemedy? remedy = unserved.SelectMany(u => u.Holding).FirstOrDefault(r => !CarriedOf(r).Errors.Any(section.IsBlamedBy));
        (string Words, string Keys, Func<ClusterSpec, ClusterSpec> In)? change = remedy is null ? Change(section, nearest, errors) : null;
        foreach ((int error, UnservedLinks links, List<CableRemedy> holding) in unserved)
        {
            string? works = error == errors[0] ? change?.Words : null;
            _said[error] = _said[error] with { Message = links.Message(holding, works, isMended: change is not null) };
        }

        if (unserved.Count == 0 && change is { } other)
        {
            Append(errors[0], other.Words);
        }

        return remedy is not null ? (remedy.Keys, remedy.In)
            : change is { } found ? (found.Keys, found.In)
            : null;
    }

    /// <summary>A change of a network's keys with which all its links find cables, if need be without the panels that the file asks for.</summary>
    private (string Words, string Keys, Func<ClusterSpec, ClusterSpec> In)? Change(
        NetworkSection section,
        NearestNetwork nearest,
        IReadOnlyList<int> errors
    )
    {
        bool ofExternal = errors.Any(i => _said[i].Where?.EndsWith("-external", StringComparison.Ordinal) == true);
        if (nearest.OfCables(section, ofExternal) is { } change)
        {
            return (change.Words, change.Keys, file => section.In(file, change.Changed));
        }

        (FloorSpec floor, string keys) = PanelKeys.Without(spec.Floor);
        ClusterSpec bare = spec with { Floor = floor };
        if (keys.Length > 0 && carry(bare) is var alone && alone.Errors.All(e => HasCables(e) && !section.IsBlamedBy(e)))
        {
            return (
                alone.Lacks is null ? $"it works with {keys}" : $"with {keys} this network works",
                keys,
                file => file with { Floor = PanelKeys.Without(file.Floor).Floor }
            );
        }

        if (keys.Length == 0 || new NearestNetwork(bare, pools, new LinkJudge(bare), carry).OfCables(section, ofExternal) is not { } beside)
        {
            return null;
        }

        string both = $"{beside.Keys}, {keys}";
        string words = beside.IsDesign ? $"it works with {both}" : beside.Words.Replace(beside.Keys, both, StringComparison.Ordinal);
        return (words, both, file => section.In(file with { Floor = PanelKeys.Without(file.Floor).Floor }, beside.Changed));
    }

    /// <summary>Of each kind of remedy the first with which these links find something.</summary>
    private List<CableRemedy> Holding(UnservedLinks links)
    {
        return
        [
            .. links
                .Remedies.GroupBy(r => r.Kind)
                .Select(kind => kind.FirstOrDefault(r => MayCarry(r) && Serves(CarriedOf(r))))
                .OfType<CableRemedy>(),
        ];

        bool Serves(Carried carried) => carried.Errors.All(e => HasCables(e) && e.Where != links.Where);
    }

    // What breaks a limit has all its cables, what lacks some was asked of every link; what found no room has none.
    private static bool HasCables(Diagnostic error) =>
        error.Id.StartsWith("LL69", StringComparison.Ordinal) || error.Id.StartsWith("LL79", StringComparison.Ordinal);

    private bool MayCarry(CableRemedy remedy) => _carried.Count < MostCarried || _carried.ContainsKey(remedy.Keys);

    private Carried CarriedOf(CableRemedy remedy)
    {
        if (!_carried.TryGetValue(remedy.Keys, out Carried? carried))
        {
            _carried[remedy.Keys] = carried = carry(remedy.In(spec));
        }

        return carried;
    }

    private void SayTogether(int error, IReadOnlyList<(string Keys, Func<ClusterSpec, ClusterSpec> In)> changes)
    {
        (string Keys, Func<ClusterSpec, ClusterSpec> In)[] unlike = [.. changes.DistinctBy(c => c.Keys)];
        if (carry(unlike.Aggregate(spec, (file, change) => change.In(file))).Lacks is null)
        {
            Append(error, $"it works with {string.Join(", ", unlike.Select(c => c.Keys))}");
        }
    }

    private void Append(int error, string words) => _said[error] = _said[error] with { Message = $"{_said[error].Message}; {words}" };
}
