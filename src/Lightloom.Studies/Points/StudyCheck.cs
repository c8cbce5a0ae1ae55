using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Studies.Files;
using Lightloom.Yaml;

namespace Lightloom.Studies.Points;

/// <summary>
/// Finds what is wrong with a study before anything runs: places and options that do not exist, axes that contradict themselves, and values
/// that the cluster file or the command does not take. Every value is tried once, beside the first value of everything else.
/// </summary>
public sealed class StudyCheck
{
    private readonly StudyFile _file;
    private readonly ICommandTable _commands;
    private readonly IReadOnlyDictionary<string, CommandOption> _options;
    private readonly DiagnosticBag _diagnostics;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private StudyCheck(StudyFile file, ICommandTable commands, DiagnosticBag diagnostics)
    {
        (_file, _commands, _diagnostics) = (file, commands, diagnostics);
        _options = commands.OptionsOf(file.Spec.Command).ToDictionary(o => o.Name);
    }

    /// <summary>The points of the study; null when <paramref name="diagnostics"/> says what is wrong.</summary>
    /// <param name="file">The study.</param>
    /// <param name="commands">What the command line knows.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static StudyPlan? Plan(StudyFile file, ICommandTable commands, string version, DiagnosticBag diagnostics)
    {
        StudyCheck check = new(file, commands, diagnostics);
        check.Axes();
        check.Targets();
        if (diagnostics.HasErrors)
        {
            return null;
        }

        if (StudyPlan.CountOf(file.Spec) is > StudyPlan.MostPoints and var count)
        {
            diagnostics.Error(
                StudyProblem.TooManyPoints,
                $"the study has {count:#,0} points, and at most {StudyPlan.MostPoints:#,0} are run; take fewer values, or "
                    + "`sampling: latin-hypercube` with `samples:`",
                mark: file.Spec.Mark
            );
            return null;
        }

        StudyPlan plan = new(file, commands, version);
        check.Values(plan);
        return diagnostics.HasErrors ? null : plan;
    }

    private void Axes()
    {
        StudySpec spec = _file.Spec;
        foreach (AxisSpec axis in spec.Axes)
        {
            bool list = axis.Values.Count > 0,
                range = axis.From is not null || axis.To is not null;
            string? wrong =
                list && range ? "gives values and a range; leave one of them out"
                : !list && (axis.From is null || axis.To is null) ? "has nothing to vary over; give `values:`, or `from:` and `to:`"
                : range && axis.From >= axis.To ? $"goes from {axis.From} to {axis.To}; the first must be the smaller"
                : range && axis is { Scale: AxisScale.Log, From: <= 0 }
                    ? "has equal ratios from zero or below; start above 0, or take `scale: linear`"
                : list && (axis.Count is not null || axis.Whole || axis.Unit.Length > 0 || axis.Scale != AxisScale.Linear)
                    ? "lists its values, so count, scale, whole and unit change nothing; leave them out"
                : range && axis.Count is null && spec.Sampling == Sampling.Grid
                    ? "does not say how many numbers a grid takes of the range; add `count: 4`"
                : null;
            if (wrong is not null)
            {
                _diagnostics.Error(StudyProblem.WrongAxis, $"the axis '{Excerpt.Of(axis.Vary)}' {wrong}", mark: axis.Mark);
            }
        }

        string? sampling =
            spec.Sampling == Sampling.LatinHypercube && spec.Samples is null
                ? "a Latin hypercube needs `samples: 100`, how many points it draws"
            : spec.Sampling == Sampling.LatinHypercube && spec.Axes.Count == 0 ? "a Latin hypercube needs `axes:`"
            : spec.Sampling == Sampling.Grid && spec.Samples is not null
                ? "a grid takes every combination, so samples changes nothing; leave it out, or add `sampling: latin-hypercube`"
            : null;
        if (sampling is not null)
        {
            _diagnostics.Error(StudyProblem.WrongAxis, sampling, mark: spec.Mark);
        }
    }

    private void Targets()
    {
        StudySpec spec = _file.Spec;
        HashSet<string> axes = [];
        foreach (AxisSpec axis in spec.Axes)
        {
            Target(axis.Vary, axis.Mark);
            if (!axes.Add(axis.Vary))
            {
                Twice(axis.Vary, axis.Mark);
            }
        }

        foreach ((string target, _, SourceMark mark) in spec.Fixed.Items)
        {
            Target(target, mark);
        }

        HashSet<string> known = [];
        foreach ((string target, _, SourceMark mark) in spec.Points.SelectMany(p => p.Items))
        {
            if (known.Add(target))
            {
                Target(target, mark);
            }

            if (axes.Contains(target))
            {
                Twice(target, mark);
            }
        }

        if (spec.Seeds is not null)
        {
            if (!_options.ContainsKey("--seed"))
            {
                _diagnostics.Error(StudyProblem.UnknownOption, $"{spec.Command} has no --seed: leave `seeds:` out", mark: spec.Mark);
            }
            else if (axes.Contains("--seed") || known.Contains("--seed"))
            {
                Twice("--seed", spec.Mark);
            }
        }
    }

    private void Twice(string target, SourceMark mark) =>
        _diagnostics.Error(StudyProblem.VariedTwice, $"'{target}' is varied twice; keep one of them", mark: mark);

    private void Target(string target, SourceMark mark)
    {
        if (!Assignment.IsOptionName(target))
        {
            // A word without a dot that is an option of the command lacks its dashes.
            string? path = SpecPlace.Problem(target);
            if (path is not null)
            {
                string say = _options.ContainsKey("--" + target) ? $"'{Excerpt.Of(target)}' is an option; write it as --{target}" : path;
                _diagnostics.Error(StudyProblem.UnknownPath, say, mark: mark);
            }
        }
        else if (!_options.TryGetValue(target, out CommandOption? option))
        {
            string[] names = [.. _options.Values.Where(o => o.WhyNot is null).Select(o => o.Name)];
            _diagnostics.Error(
                StudyProblem.UnknownOption,
                $"{_file.Spec.Command} has no option '{Excerpt.Of(target)}'"
                    + Nearest.Suggestion(target, names, $"; it has {string.Join(", ", names)}"),
                mark: mark
            );
        }
        else if (option.WhyNot is { } why)
        {
            _diagnostics.Error(StudyProblem.UnknownOption, $"{target} cannot be part of a study: {why}", mark: mark);
        }
    }

    private void Values(StudyPlan plan)
    {
        StudySpec spec = _file.Spec;
        IReadOnlyList<Assignment> first = plan.CoordinatesOf(0);
        foreach (Assignment one in spec.Fixed.Items.Select(i => new Assignment(i.Target, i.Value)))
        {
            Fits(one);
        }

        foreach (GivenValues point in spec.Points)
        {
            // A listed point belongs together, so it is tried as a whole.
            Assignment[] given = [.. point.Items.Select(i => new Assignment(i.Target, i.Value))];
            if (Array.TrueForAll(given, Fits))
            {
                Try(
                    plan,
                    [.. given, .. first.Where(f => !given.Any(g => g.Target == f.Target))],
                    given.FirstOrDefault()?.Value.Mark ?? spec.Mark
                );
            }
        }

        bool any = spec.Points.Count > 0;
        foreach (AxisSpec axis in spec.Axes)
        {
            AxisValues values = new(axis);
            for (int i = 0; i < Math.Min(values.Count, 1000); i++)
            {
                Assignment one = new(axis.Vary, values[i]);
                any = true;
                if (Fits(one))
                {
                    Try(plan, [.. first.Select(f => f.Target == one.Target ? one : f)], one.Value.Mark);
                }
            }
        }

        if (!any && !_diagnostics.HasErrors)
        {
            Try(plan, first, spec.Mark);
        }
    }

    // Whether a value has the form that its target takes.
    private bool Fits(Assignment one)
    {
        if (!one.IsOption)
        {
            return true;
        }

        OptionKind kind = _options[one.Target].Kind;
        string? wrong =
            kind == OptionKind.Flag && one.Value.Shown is not ("true" or "false") ? "is there or not: write true or false"
            : kind != OptionKind.Flag && one.Value.Words.Count == 0 ? "takes a word, a number or a list"
            : kind == OptionKind.File && !Path.Exists(_file.Find(one.Value.Shown))
                ? $"names {_file.Find(one.Value.Shown)}, which does not exist"
            : null;
        if (wrong is not null)
        {
            _diagnostics.Error(StudyProblem.WrongValue, $"{one.Target} {wrong}, not {Excerpt.Of(one.Value.Shown)}", mark: one.Value.Mark);
        }

        return wrong is null;
    }

    private void Try(StudyPlan plan, IReadOnlyList<Assignment> varied, SourceMark mark)
    {
        PointInputs inputs;
        try
        {
            inputs = plan.Inputs(varied);
        }
        catch (InvalidOperationException e)
        {
            _diagnostics.Error(StudyProblem.WrongValue, e.Message, mark: mark);
            return;
        }

        if (_commands.Problem(inputs.Run) is { } misused)
        {
            _diagnostics.Error(StudyProblem.WrongValue, misused, mark: mark);
            return;
        }

        // Values of options leave the files as they were: those are read, and blamed, once.
        foreach (ClusterText file in inputs.Files.Where(f => _read.Add(f.Text)))
        {
            DiagnosticBag found = new();
            SpecReader.Read(file.Text, file.Name, CatalogueOf(inputs, found), found);
            foreach (Diagnostic one in found.Where(d => d.Severity == Severity.Error).Take(3))
            {
                _diagnostics.Error(
                    StudyProblem.WrongValue,
                    $"{string.Join(", ", varied.Where(v => !v.IsOption).Select(v => $"{v.Target}: {Excerpt.Of(v.Value.Shown)}"))}"
                        + $" makes of the cluster file: {one}",
                    mark: mark
                );
            }
        }
    }

    private static Catalogue CatalogueOf(PointInputs inputs, DiagnosticBag diagnostics)
    {
        int at = inputs.Run.ToList().IndexOf("--catalog");
        return at < 0 ? Catalogue.Default : Catalogue.Default.WithDirectory(inputs.Run[at + 1], diagnostics);
    }
}
