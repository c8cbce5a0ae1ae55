using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightloom.Spec;
using Lightloom.Studies.Files;

namespace Lightloom.Studies.Points;

/// <summary>The points of a study, numbered from 0. Each is made when it is asked for, so that a million cost nothing before they run.</summary>
/// <remarks>Safe for use from several threads at once.</remarks>
public sealed class StudyPlan
{
    /// <summary>More points than this are refused.</summary>
    public const int MostPoints = 1_000_000;

    private const string SeedOption = "--seed";

    private readonly StudyFile _file;
    private readonly string _version;
    private readonly IReadOnlyDictionary<string, CommandOption> _options;
    private readonly IReadOnlyList<AxisValues> _axes;
    private readonly IReadOnlyList<GivenValues> _listed;
    private readonly LatinHypercube? _samples;
    private readonly int _combinations;
    private readonly IReadOnlyList<ulong> _seeds;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _fileHashes = [];
    private readonly string?[] _hashes;
    private (string Key, IReadOnlyList<ClusterText> Files)? _last;

    /// <summary>Makes the points of a study that <see cref="StudyCheck"/> has nothing against.</summary>
    /// <param name="file">The study.</param>
    /// <param name="commands">What the command line knows.</param>
    /// <param name="version">The program's version.</param>
    public StudyPlan(StudyFile file, ICommandTable commands, string version)
    {
        StudySpec spec = file.Spec;
        (_file, _version) = (file, version);
        _options = commands.OptionsOf(spec.Command).ToDictionary(o => o.Name);
        _axes = [.. spec.Axes.Select(a => new AxisValues(a))];
        _listed = spec.Points.Count > 0 ? spec.Points : [GivenValues.None];
        _seeds = spec.Seeds?.Seeds ?? [];
        if (spec.Sampling == Sampling.LatinHypercube)
        {
            _samples = new(spec.Samples!.Value, _axes.Count, (ulong)spec.SamplingSeed);
        }

        _combinations = _samples is null ? _axes.Aggregate(1, (product, axis) => checked(product * axis.Count)) : spec.Samples!.Value;
        Count = checked(_listed.Count * _combinations * Math.Max(1, _seeds.Count));
        _hashes = new string?[Count];
        Columns =
        [
            .. _listed
                .SelectMany(p => p.Items.Select(i => i.Target))
                .Concat(_axes.Select(a => a.Target))
                .Concat(_seeds.Count > 0 ? [SeedOption] : [])
                .Distinct(),
        ];
    }

    /// <summary>How many points there are.</summary>
    public int Count { get; }

    /// <summary>What differs between points: paths, and options with their dashes.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The study.</summary>
    public StudyFile File => _file;

    /// <summary>The program's version, which the points' hashes carry.</summary>
    public string Version => _version;

    /// <summary>How many points a study has, without making any.</summary>
    public static double CountOf(StudySpec spec) =>
        Math.Max(1.0, spec.Points.Count)
        * (
            spec.Sampling == Sampling.LatinHypercube
                ? spec.Samples ?? 1
                : spec.Axes.Aggregate(1.0, (product, axis) => product * new AxisValues(axis).Count)
        )
        * Math.Max(1, spec.Seeds?.Seeds.Count ?? 0);

    /// <summary>What a point varies, with its values; what all points share is left out.</summary>
    /// <param name="index">The point, from 0.</param>
    public IReadOnlyList<Assignment> CoordinatesOf(int index)
    {
        // Seeds turn fastest, then the last axis: neighbours share what is dear to make.
        int seed = _seeds.Count > 0 ? index % _seeds.Count : 0;
        int rest = _seeds.Count > 0 ? index / _seeds.Count : index;
        int combination = rest % _combinations;
        List<Assignment> given = [.. _listed[rest / _combinations].Items.Select(i => new Assignment(i.Target, i.Value))];
        Assignment[] varied = new Assignment[_axes.Count];
        for (int a = _axes.Count - 1; a >= 0; a--)
        {
            StudyValue value;
            if (_samples is not null)
            {
                value = _axes[a].At(_samples.Share(combination, a));
            }
            else
            {
                value = _axes[a][combination % _axes[a].Count];
                combination /= _axes[a].Count;
            }

            varied[a] = new(_axes[a].Target, value);
        }

        given.AddRange(varied);
        if (_seeds.Count > 0)
        {
            given.Add(new(SeedOption, StudyValue.Of(_seeds[seed].ToString(CultureInfo.InvariantCulture), _file.Spec.Mark)));
        }

        return given;
    }

    /// <summary>All that a point's result depends on.</summary>
    /// <param name="index">The point, from 0.</param>
    /// <exception cref="InvalidOperationException">A place cannot be given its value; <see cref="StudyCheck"/> says so beforehand.</exception>
    public PointInputs this[int index] => Inputs(CoordinatesOf(index));

    /// <summary>The hash of a point's inputs, kept once it is known.</summary>
    /// <param name="index">The point, from 0.</param>
    public string HashOf(int index) => _hashes[index] ??= this[index].Hash;

    internal PointInputs Inputs(IReadOnlyList<Assignment> varied)
    {
        Assignment[] all = [.. _file.Spec.Fixed.Items.Select(i => new Assignment(i.Target, i.Value)), .. varied];
        IReadOnlyList<ClusterText> files = FilesOf([.. all.Where(a => !a.IsOption)]);
        SortedDictionary<string, StudyValue> options = new(StringComparer.Ordinal);
        foreach (Assignment option in all.Where(a => a.IsOption))
        {
            options[option.Target] = option.Value;
        }

        List<string> shown = [_file.Spec.Command, .. files.Select(f => f.Name)],
            run = [.. shown];
        StringBuilder hashed = new();
        foreach ((string name, StudyValue value) in options)
        {
            Add(name, value, shown, run, hashed);
        }

        shown.Add("--json");
        run.Add("--json");
        hashed.Insert(0, $"lightloom study 1\n{_version}\n{string.Join('\n', shown)}\n");
        foreach (ClusterText file in files)
        {
            hashed.Append('\n').Append(Digest(Encoding.UTF8.GetBytes(file.Text)));
        }

        return new(shown, run, files, Digest(Encoding.UTF8.GetBytes(hashed.ToString()))[..32]);
    }

    private void Add(string name, StudyValue value, List<string> shown, List<string> run, StringBuilder hashed)
    {
        switch (_options[name].Kind)
        {
            case OptionKind.Flag:
                if (value.Shown is "true" or "True" or "TRUE")
                {
                    shown.Add(name);
                    run.Add(name);
                }

                break;
            case OptionKind.Repeated:
                foreach (string word in value.Words)
                {
                    shown.AddRange([name, word]);
                    run.AddRange([name, word]);
                }

                break;
            case OptionKind.File:
                string full = _file.Find(value.Shown);
                shown.AddRange([name, value.Shown]);
                run.AddRange([name, full]);
                hashed.Append('\n').Append(ContentHash(full));
                break;
            default:
                shown.AddRange([name, value.Shown]);
                run.AddRange([name, value.Shown]);
                break;
        }
    }

    private IReadOnlyList<ClusterText> FilesOf(IReadOnlyList<Assignment> places)
    {
        // Points that differ by options alone share their files.
        string key = string.Join('\n', places.Select(p => $"{p.Target}={p.Value.Yaml}"));
        lock (_gate)
        {
            if (_last is { } last && last.Key == key)
            {
                return last.Files;
            }
        }

        List<ClusterText> files = [];
        foreach (ClusterText file in _file.Clusters)
        {
            string text = file.Text;
            foreach (Assignment place in places)
            {
                text =
                    SpecPath.Set(text, place.Target, place.Value.Yaml, out string why)
                    ?? throw new InvalidOperationException($"{file.Name}: {why}");
            }

            files.Add(file with { Text = text });
        }

        lock (_gate)
        {
            _last = (key, files);
        }

        return files;
    }

    // Of a file's bytes, or of every file of a folder in order of their names.
    private string ContentHash(string path)
    {
        lock (_gate)
        {
            if (_fileHashes.TryGetValue(path, out string? known))
            {
                return known;
            }

            string hash = Directory.Exists(path)
                ? Digest(
                    Encoding.UTF8.GetBytes(
                        string.Join(
                            '\n',
                            Directory
                                .EnumerateFiles(path)
                                .Order(StringComparer.Ordinal)
                                .Select(f => Path.GetFileName(f) + " " + Digest(System.IO.File.ReadAllBytes(f)))
                        )
                    )
                )
                : Digest(System.IO.File.ReadAllBytes(path));
            _fileHashes[path] = hash;
            return hash;
        }
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
