using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lightloom.Report;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;
using Lightloom.Studies.Runs;

namespace Lightloom.Cli.Output;

/// <summary>What a study says of itself: before it runs, while it runs, and at its end.</summary>
internal sealed class StudyReport
{
    private const int MostShown = 10;

    private readonly StudyPlan _plan;
    private readonly StudyFolder _folder;
    private readonly TextWriter _errors;
    private readonly bool _terminal;
    private DateTime _shown = DateTime.MinValue;
    private int _told;

    public StudyReport(StudyPlan plan, StudyFolder folder, TextWriter errors, bool terminal) =>
        (_plan, _folder, _errors, _terminal) = (plan, folder, errors, terminal);

    /// <summary>The number of points and the time they will take.</summary>
    /// <param name="state">What is there already.</param>
    /// <param name="where">Who runs them, to follow "to run".</param>
    /// <param name="workers">How many run at once; 0 where that is not known.</param>
    public void Announce(StudyState state, string where, int workers)
    {
        (int known, double mean) = _folder.Times();
        string time =
            state.Missing.Count == 0 ? ""
            : known == 0 ? "; the time is estimated once the first points are done"
            : workers > 0
                ? $"; about {Duration(mean * state.Missing.Count / workers)} ({Duration(mean)} a point, the mean of {Count(known)})"
            : $"; about {Duration(mean * state.Missing.Count)} of work in all ({Duration(mean)} a point, the mean of {Count(known)})";
        _errors.WriteLine(
            $"{_plan.File.Spec.Name}: {Count(_plan.Count)} points of {_plan.File.Spec.Command}, {Count(state.Answered)} with a result, "
                + $"{Count(state.Missing.Count)} to run{where}{time}"
        );
    }

    /// <summary>A point that ended badly, the first few of them.</summary>
    public void Tell(int point, PointResult result)
    {
        if (result.Status is PointStatus.Refused or PointStatus.Broken && _told++ < MostShown)
        {
            Clear();
            _errors.WriteLine(PlainText.Line($"  {Failure(point, result)}"));
            if (_told == MostShown)
            {
                _errors.WriteLine("  further ones are counted; the end and study.sqlite list them");
            }
        }
    }

    /// <summary>How far it is: on a terminal a line that renews itself, elsewhere one every half minute.</summary>
    public void Progress(int done, int all, int failed, double seconds, string more = "")
    {
        DateTime now = DateTime.UtcNow;
        if ((now - _shown).TotalSeconds < (_terminal ? 0.2 : 30) || done == 0)
        {
            return;
        }

        bool first = _shown == DateTime.MinValue;
        _shown = now;
        if (first && !_terminal && done < all && seconds < 30)
        {
            _errors.WriteLine(
                $"  {Count(done)} of {Count(all)} after {Duration(seconds)}; about {Duration(seconds / done * (all - done))} left{more}"
            );
            return;
        }

        string line =
            $"  {Count(done)} of {Count(all)}{(failed > 0 ? $", {Count(failed)} failed" : "")}; "
            + $"about {Duration(seconds / done * (all - done))} left{more}";
        if (_terminal)
        {
            Terminal.Raw(_errors).Write("\r\u001b[2K" + PlainText.Line(line));
        }
        else
        {
            _errors.WriteLine(line);
        }
    }

    /// <summary>Takes the line of progress away.</summary>
    public void Clear()
    {
        if (_terminal)
        {
            Terminal.Raw(_errors).Write("\r\u001b[2K");
        }
    }

    /// <summary>The end, for people.</summary>
    public void Print(StudyState state, bool merged, TextWriter to)
    {
        to.WriteLine(
            $"{_plan.File.Spec.Name}: {Count(_plan.Count)} points: {Count(state.Done)} done, {Count(state.Infeasible)} infeasible, "
                + $"{Count(state.Refused)} refused, {Count(state.Broken)} failed, {Count(state.Missing.Count - state.Broken)} not run"
        );
        foreach (
            IGrouping<string, (int Point, PointResult Result)> group in Failed()
                .GroupBy(f => $"{f.Result.Status.ToWord()}: {f.Result.Diagnostics.FirstOrDefault()}")
                .OrderByDescending(g => g.Count())
                .Take(MostShown)
        )
        {
            (int point, PointResult _) = group.First();
            to.WriteLine(PlainText.Line($"  {Count(group.Count())} x {group.Key} (point {point}: {Coordinates(point)})"));
        }

        to.WriteLine(
            merged
                ? $"Merged into {_folder.Sqlite} and {Path.GetFileName(_folder.Parquet)}; results/ has each point's document"
                : $"Nothing to merge yet in {_folder.Root}"
        );
    }

    /// <summary>The end, for programs.</summary>
    public void WriteJson(StudyState state, string engine, IReadOnlyList<string> jobs, Stream to)
    {
        using Utf8JsonWriter json = new(
            to,
            new()
            {
                Indented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                NewLine = "\n",
            }
        );
        json.WriteStartObject();
        json.WriteString("study", _plan.File.Spec.Name);
        json.WriteString("command", _plan.File.Spec.Command);
        json.WriteString("version", _plan.Version);
        json.WriteString("engine", engine);
        json.WriteNumber("points", _plan.Count);
        json.WriteNumber("done", state.Done);
        json.WriteNumber("infeasible", state.Infeasible);
        json.WriteNumber("refused", state.Refused);
        json.WriteNumber("failed", state.Broken);
        json.WriteNumber("missing", state.Missing.Count);
        json.WriteString("folder", _folder.Root);
        json.WriteStartArray("jobs");
        foreach (string job in jobs)
        {
            json.WriteStringValue(job);
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach ((int point, PointResult result) in Failed().Take(1000))
        {
            json.WriteStartObject();
            json.WriteNumber("point", point);
            json.WriteString("hash", result.Hash);
            json.WriteString("status", result.Status.ToWord());
            json.WriteNumber("exit_code", result.ExitCode);
            json.WriteStartObject("varied");
            foreach (Assignment one in _plan.CoordinatesOf(point))
            {
                json.WriteString(one.Target, one.Value.Shown);
            }

            json.WriteEndObject();
            json.WriteString("diagnostic", result.Diagnostics.FirstOrDefault() ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private IEnumerable<(int Point, PointResult Result)> Failed()
    {
        for (int i = 0; i < _plan.Count; i++)
        {
            string hash = _plan.HashOf(i);
            if ((_folder.Result(hash) ?? _folder.Failure(hash)) is { Status: not PointStatus.Done } result)
            {
                yield return (i, result);
            }
        }
    }

    private string Failure(int point, PointResult result) =>
        $"point {point} ({Coordinates(point)}) {result.Status.ToWord()}: {result.Diagnostics.FirstOrDefault()}";

    private string Coordinates(int point) => string.Join(", ", _plan.CoordinatesOf(point).Select(c => $"{c.Target}: {c.Value.Shown}"));

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) =>
        seconds switch
        {
            < 10 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            < 120 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
            < 7200 => (seconds / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
            _ => (seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
        };
}
