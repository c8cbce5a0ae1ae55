using System.Globalization;
using System.Text;
using System.Text.Json;
using Lightloom.Report.Files;
using Lightloom.Simulation.Calibration;
using Lightloom.Simulation.Fluid;

namespace Lightloom.Report.Calibration;

/// <summary>Calibrations of the fluid engine: the table that <c>simulate --calibration</c> takes, and every case behind it. Immutable.</summary>
/// <param name="results">By pair of transport and load balancing.</param>
/// <param name="failures">Pairs that could not be measured, as sentences.</param>
public sealed class CalibrationReport(IReadOnlyList<CalibrationResult> results, IReadOnlyList<string> failures)
{
    /// <summary>Writes <c>fluid-terms.csv</c> and <c>cases.csv</c>; DIR changes only when both are complete.</summary>
    /// <param name="directory">DIR; made when it does not exist.</param>
    /// <param name="cancel">Ends the writing and leaves DIR as it was.</param>
    public void WriteFiles(string directory, CancellationToken cancel = default) =>
        OutputFolder.Write(
            directory,
            "calibrate",
            beside =>
            {
                Text(Path.Combine(beside, "fluid-terms.csv"), new FluidTermsTable([.. results.Select(r => r.Terms)]).Write);
                Text(Path.Combine(beside, "cases.csv"), WriteCases);
            },
            cancel
        );

    /// <summary>Writes a line for each case.</summary>
    public void WriteCases(TextWriter to)
    {
        to.Write("transport,load_balancing,network,pattern,bytes,fluid,ideal_us,calibrated_us,packets_us,error,ideal_error\n");
        foreach (CalibrationResult result in results)
        {
            foreach (CalibrationCase one in result.Cases)
            {
                to.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{result.Terms.Transport},{result.Terms.LoadBalancing},\"{one.Network}\",{one.Pattern},{one.Size.Bytes},"
                            + $"{one.Engine},{one.Ideal.Microseconds:0.###},{one.Calibrated.Microseconds:0.###},"
                            + $"{one.Packets.Microseconds:0.###},{one.Error:0.####},{one.IdealError:0.####}\n"
                    )
                );
            }
        }
    }

    /// <summary>Writes one document and a line end.</summary>
    public void WriteJson(Stream output)
    {
        using (Utf8JsonWriter w = new(output, JsonText.Options))
        {
            w.WriteStartObject();
            w.WriteStartArray("calibrations");
            foreach (CalibrationResult result in results)
            {
                WriteOne(w, result);
            }

            w.WriteEndArray();
            w.WriteStartArray("failures");
            foreach (string failure in failures)
            {
                w.WriteStringValue(failure);
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The lines for a terminal.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (CalibrationResult result in results)
        {
            FluidTerms t = result.Terms;
            yield return $"{t.Transport} with {t.LoadBalancing}";
            yield return Say($"  host link            {100 * t.Host:0.0} % of time added, {100 * t.Fan:0.0} % where many share it")
                + Say($", {t.Start:0.00} round trips to start, steps that overlap {t.Chain:0.0} times, {t.Overlap:0.0} flow by flow");
            foreach (SpreadTerm s in t.Spreads)
            {
                yield return Say($"  fabric {s.RoundTrips, 6:0.#} trips   {100 * s.Even:0.0} %, {s.Uneven:0.00} by drawn paths");
            }

            foreach (AgainTerm again in t.Again)
            {
                yield return Say($"  ring   {again.RoundTrips, 6:0.#} trips   {100 * again.Added:0.0} % of a step added");
            }

            foreach (CalibrationCase c in result.Cases)
            {
                yield return Say($"  {c.Pattern, -28} {c.Size, 8}  ideal {c.Ideal.Microseconds, 9:0.0} us, calibrated ")
                    + Say($"{c.Calibrated.Microseconds, 9:0.0}, packets {c.Packets.Microseconds, 9:0.0}, ")
                    + Say($"error {100 * c.Error, 6:0.0} %  {c.Network}");
            }

            yield return Say($"  mean error {100 * t.Error:0.0} % of {t.Cases} cases; of the ideal {100 * result.IdealError:0.0} %");
        }

        foreach (string failure in failures)
        {
            yield return failure;
        }
    }

    private static void WriteOne(Utf8JsonWriter w, CalibrationResult result)
    {
        FluidTerms t = result.Terms;
        w.WriteStartObject();
        w.WriteString("transport", t.Transport);
        w.WriteString("load_balancing", t.LoadBalancing);
        w.WriteNumber("host", Rounded(t.Host));
        w.WriteNumber("fan", Rounded(t.Fan));
        w.WriteNumber("start", Rounded(t.Start));
        w.WriteNumber("chain", Rounded(t.Chain));
        w.WriteNumber("overlap", Rounded(t.Overlap));
        w.WriteNumber("mean_error", Rounded(t.Error));
        w.WriteNumber("ideal_mean_error", Rounded(result.IdealError));
        w.WriteStartArray("spread");
        foreach (SpreadTerm s in t.Spreads)
        {
            w.WriteStartObject();
            w.WriteNumber("round_trips", s.RoundTrips);
            w.WriteNumber("even", Rounded(s.Even));
            w.WriteNumber("uneven", Rounded(s.Uneven));
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("ring");
        foreach (AgainTerm again in t.Again)
        {
            w.WriteStartObject();
            w.WriteNumber("round_trips", again.RoundTrips);
            w.WriteNumber("added", Rounded(again.Added));
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartArray("cases");
        foreach (CalibrationCase c in result.Cases)
        {
            w.WriteStartObject();
            w.WriteString("network", c.Network);
            w.WriteString("pattern", c.Pattern);
            w.WriteNumber("bytes", c.Size.Bytes);
            w.WriteString("fluid", c.Engine);
            w.WriteNumber("ideal_us", Rounded(c.Ideal.Microseconds));
            w.WriteNumber("calibrated_us", Rounded(c.Calibrated.Microseconds));
            w.WriteNumber("packets_us", Rounded(c.Packets.Microseconds));
            w.WriteNumber("error", Rounded(c.Error));
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static double Rounded(double value) => Math.Round(value, 6);

    private static void Text(string path, Action<TextWriter> write)
    {
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        write(writer);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
