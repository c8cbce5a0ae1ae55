using System.Globalization;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Calibration;

/// <summary>What pairs of a transport and a load balancing add to the ideal fluid, as a table. Immutable; safe to share.</summary>
/// <param name="Rows">The pairs, each once.</param>
/// <remarks>
/// As text: comments behind <c>#</c>, a line of column names, a line for each pair; docs/models/fluid.md says what the columns mean.
/// </remarks>
public sealed record FluidTermsTable(IReadOnlyList<FluidTerms> Rows)
{
    private const string Fixed = "transport,load_balancing,host,fan,start,chain,overlap,error,cases,gbps";
    private const int FixedColumns = 10;
    private const double LeastEven = -0.9;
    private const int ColumnsOfSpread = 5;

    /// <summary>The terms of a pair; null where it has not been measured.</summary>
    public FluidTerms? Find(string transport, string loadBalancing) =>
        Rows.FirstOrDefault(r => r.Transport == transport && r.LoadBalancing == loadBalancing);

    /// <summary>Reads a table.</summary>
    /// <param name="name">What a refusal calls it.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="RefusedException">A line is none of a table's; the message names it.</exception>
    public static FluidTermsTable Read(string name, string text)
    {
        List<FluidTerms> rows = [];
        string[] lines = text.Split('\n');
        bool header = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            if (!header)
            {
                header = line.StartsWith(Fixed, StringComparison.Ordinal)
                    ? true
                    : throw new RefusedException(
                        $"{name}:{i + 1}: a table of fluid terms begins with the columns {Fixed}; `lightloom calibrate` writes one"
                    );
                continue;
            }
            rows.Add(
                RowOf(line.Split(','))
                    ?? throw new RefusedException(
                        $"{name}:{i + 1}: a row has {FixedColumns} columns and then five for each length, words and numbers of at least 0 "
                            + $"(even_N: {LeastEven.ToString(CultureInfo.InvariantCulture)}); `lightloom calibrate` writes such rows"
                    )
            );
        }
        return new(rows);
    }

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter to)
    {
        int spreads = Rows.Count == 0 ? 0 : Rows.Max(r => r.Spreads.Count);
        to.Write(Fixed);
        for (int i = 1; i <= spreads; i++)
        {
            to.Write($",round_trips_{i},even_{i},uneven_{i},ring_trips_{i},again_{i}");
        }
        to.Write('\n');
        foreach (FluidTerms row in Rows)
        {
            to.Write($"{row.Transport},{row.LoadBalancing},{Text(row.Host)},{Text(row.Fan)},{Text(row.Start)},{Text(row.Chain)},");
            to.Write(
                $"{Text(row.Overlap)},{Text(row.Error)},{row.Cases.ToString(CultureInfo.InvariantCulture)},{Text(row.MeasuredRate.Gbps)}"
            );
            foreach ((SpreadTerm term, AgainTerm again) in row.Spreads.Zip(row.Again))
            {
                to.Write($",{Text(term.RoundTrips)},{Text(term.Even)},{Text(term.Uneven)},{Text(again.RoundTrips)},{Text(again.Added)}");
            }
            to.Write('\n');
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static FluidTerms? RowOf(string[] cells)
    {
        if (cells.Length < FixedColumns || (cells.Length - FixedColumns) % ColumnsOfSpread != 0)
        {
            return null;
        }
        double[] numbers = new double[cells.Length - 2];
        for (int i = 0; i < numbers.Length; i++)
        {
            bool good = double.TryParse(cells[i + 2], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]);
            // What is added evenly may be less than nothing, where a transport leaves the paths that it began with.
            bool even = i >= FixedColumns - 2 && (i - FixedColumns + 2) % ColumnsOfSpread == 1;
            if (!good || !double.IsFinite(numbers[i]) || numbers[i] < (even ? LeastEven : 0))
            {
                return null;
            }
        }
        List<SpreadTerm> spreads = [];
        List<AgainTerm> again = [];
        for (int i = FixedColumns - 2; i < numbers.Length; i += ColumnsOfSpread)
        {
            bool longer =
                numbers[i] > (spreads.Count == 0 ? 0 : spreads[^1].RoundTrips)
                && numbers[i + 3] > (again.Count == 0 ? 0 : again[^1].RoundTrips);
            if (!longer)
            {
                return null;
            }
            spreads.Add(new(numbers[i], numbers[i + 1], numbers[i + 2]));
            again.Add(new(numbers[i + 3], numbers[i + 4]));
        }
        return new()
        {
            Transport = cells[0],
            LoadBalancing = cells[1],
            Host = numbers[0],
            Fan = numbers[1],
            Start = numbers[2],
            Chain = numbers[3],
            Overlap = numbers[4],
            Error = numbers[5],
            Cases = (int)Math.Min(int.MaxValue, numbers[6]),
            MeasuredRate = DataRate.FromGbps(numbers[7]),
            Spreads = spreads,
            Again = again,
        };
    }
}
