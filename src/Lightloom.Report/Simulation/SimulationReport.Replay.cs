using System.Globalization;
using System.Text.Json;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Report;

/// <content>What ranks of a replayed trace did with their time.</content>
public sealed partial class SimulationReport
{
    /// <summary>
    /// Writes one row a rank: <c>rank,host,operations,ended,end_us,compute_us,overlapped_us,exposed_us,idle_us</c>. The last four add up to
    /// the end. A rank that has not ended everything has its last change for its end.
    /// </summary>
    public void WriteRanks(TextWriter text)
    {
        CsvTable table = new(text, "rank,host,operations,ended,end_us,compute_us,overlapped_us,exposed_us,idle_us");
        foreach (RankResult r in _result.Ranks)
        {
            table
                .Integer(r.Rank)
                .Integer(r.Host)
                .Integer(r.Operations)
                .Integer(r.Ended)
                .Microseconds(r.End)
                .Microseconds(r.Compute)
                .Microseconds(r.Overlapped)
                .Microseconds(r.Exposed)
                .Microseconds(r.Idle)
                .EndRow();
        }
    }

    private static readonly (string Name, Func<RankResult, SimTime> Of)[] Shares =
    [
        ("compute_us", r => r.Compute),
        ("overlapped_us", r => r.Overlapped),
        ("exposed_us", r => r.Exposed),
        ("idle_us", r => r.Idle),
    ];

    private SimTime LastEnd => _result.Ranks.Select(r => r.End).Max();

    private bool AllEnded => _result.Ranks.All(r => r.Ended == r.Operations);

    private void WriteReplay(Utf8JsonWriter json)
    {
        if (_result.Ranks.Count == 0)
        {
            return;
        }

        json.WriteStartObject("replay");
        json.WriteString("name", _traffic.Name);
        json.WriteNumber("ranks", _result.Ranks.Count);
        json.WriteNumber("operations", _result.Ranks.Sum(r => (long)r.Operations));
        json.WriteNumber("ended", _result.Ranks.Sum(r => (long)r.Ended));
        if (AllEnded)
        {
            json.WriteNumber("end_us", Micro(LastEnd));
        }

        foreach ((string name, Func<RankResult, SimTime> of) in Shares)
        {
            json.WriteStartObject(name);
            json.WriteNumber("min", Micro(_result.Ranks.Min(of)));
            json.WriteNumber("mean", Math.Round(_result.Ranks.Average(r => of(r).Picoseconds) / 1e6, 6));
            json.WriteNumber("max", Micro(_result.Ranks.Max(of)));
            json.WriteEndObject();
        }

        json.WriteStartArray("per_rank");
        foreach (RankResult r in _result.Ranks)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", r.Rank);
            json.WriteNumber("end_us", Micro(r.End));
            foreach ((string name, Func<RankResult, SimTime> of) in Shares)
            {
                json.WriteNumber(name, Micro(of(r)));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void AddReplay(List<(string, string)> rows)
    {
        if (_result.Ranks.Count == 0)
        {
            return;
        }

        string Share(Func<RankResult, SimTime> of) =>
            (100 * _result.Ranks.Average(r => of(r).Picoseconds) / Math.Max(1, _result.Ranks.Average(r => r.End.Picoseconds))).ToString(
                "0.0",
                CultureInfo.InvariantCulture
            ) + " %";
        long ended = _result.Ranks.Sum(r => (long)r.Ended),
            all = _result.Ranks.Sum(r => (long)r.Operations);
        SimTime first = _result.Ranks.Select(r => r.End).Min();
        rows.Add(
            (
                "replay",
                $"{Words(_result.Ranks.Count)} ranks, {Words(ended)} of {Words(all)} operations done; the last rank ends after "
                    + $"{Words(LastEnd.Microseconds)} us, the first after {Words(first.Microseconds)} us"
            )
        );
        rows.Add(
            (
                "ranks' time",
                $"computing {Share(r => r.Compute)}, computing and communicating {Share(r => r.Overlapped)}, "
                    + $"exposed communication {Share(r => r.Exposed)}, idle {Share(r => r.Idle)}"
            )
        );
    }
}
