using System.Globalization;
using Lightloom.Simulation.Model;

namespace Lightloom.Report;

/// <content>The tables of <c>--flows-out</c> and <c>--trace</c>.</content>
public sealed partial class SimulationReport
{
    /// <summary>
    /// Writes one row a flow: <c>id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane</c>; the last is the plane
    /// that the flow's packets took, or several as <c>0..3</c> or <c>0..1+3</c>. Where several jobs share the network their name follows
    /// (<c>job</c>), and where hosts have names of their own these (<c>src_name,dst_name</c>). Times have six decimals at most, a point
    /// before them and no separators.
    /// </summary>
    public void WriteFlows(TextWriter text)
    {
        bool named = _names is not NumberedNames;
        bool hasJobs = _traffic.Jobs.Count > 0;
        CsvTable table = new(
            text,
            "id,src,dst,bytes,start_us,finish_us,fct_us,packets,retransmitted,path_plane"
                + (hasJobs ? ",job" : "")
                + (named ? ",src_name,dst_name" : "")
        );
        int job = 0;
        for (int f = 0; f < _result.Flows.Count; f++)
        {
            FlowDescription flow = _traffic.Flows[f];
            FlowResult r = _result.Flows[f];
            while (job < _traffic.Jobs.Count && f >= _traffic.Jobs[job].FirstFlow + _traffic.Jobs[job].FlowCount)
            {
                job++;
            }

            table
                .Integer(flow.Id != 0 ? flow.Id : f + 1)
                .Integer(flow.Source)
                .Integer(flow.Destination)
                .Integer(flow.Size.Bytes)
                .Microseconds(r.Start)
                .Microseconds(r.Finish)
                .Microseconds(r.CompletionTime)
                .Integer(r.Packets)
                .Integer(r.Retransmitted)
                .Text(PlaneList(r.Planes));
            if (hasJobs)
            {
                table.Text(job < _traffic.Jobs.Count ? _traffic.Jobs[job].Name : null);
            }

            if (named)
            {
                table.Text(_names.Host(flow.Source)).Text(_names.Host(flow.Destination));
            }

            table.EndRow();
        }
    }

    /// <summary>
    /// The planes of a bit mask as users read them: <c>2</c>, <c>0..3</c>, <c>0..1+3</c>; empty for none. A spreadsheet would read 1-3 as a
    /// day in January.
    /// </summary>
    internal static string PlaneList(ulong planes)
    {
        var text = new System.Text.StringBuilder();
        for (int plane = 0; plane < 64; plane++)
        {
            if ((planes >> plane & 1) == 0)
            {
                continue;
            }
            int last = plane;
            while (last < 63 && (planes >> (last + 1) & 1) != 0)
            {
                last++;
            }
            text.Append(text.Length > 0 ? "+" : "").Append(plane);
            if (last > plane)
            {
                text.Append("..").Append(last);
            }
            plane = last;
        }
        return text.ToString();
    }

    /// <summary>Writes the samples of the whole network over time, one row each.</summary>
    public void WriteTrace(TextWriter text)
    {
        CsvTable table = new(
            text,
            "time_us,flows_finished,packets_delivered,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation,carrying_utilisatio"
                + "n"
        );
        foreach (TraceSample s in _result.Trace)
        {
            table
                .Microseconds(s.Time)
                .Integer(s.FlowsFinished)
                .Integer(s.DeliveredPackets)
                .Integer(s.Queued.Bytes)
                .Integer(s.LargestQueue.Bytes)
                .Number(s.MeanUtilisation, Share)
                .Number(s.MaximumUtilisation, Share)
                .Number(s.CarryingUtilisation, Share)
                .EndRow();
        }
    }

    /// <summary>
    /// Writes the samples of the busiest links and of those with the fullest queues, one row a link and moment:
    /// <c>time_us,link,from,to,cable,utilisation,queue_bytes</c>.
    /// </summary>
    public void WriteLinkTrace(TextWriter text)
    {
        CsvTable table = new(text, "time_us,link,from,to,cable,utilisation,queue_bytes");
        foreach (LinkSeries series in _result.LinkSeries)
        {
            (string from, string to) = _names.Ends(series.Link, series.Upwards);
            string link = string.Create(CultureInfo.InvariantCulture, $"{series.Link}{(series.Upwards ? "-up" : "-down")}");
            string cable = _names.Cable(series.Link);
            for (int s = 0; s < _result.Trace.Count; s++)
            {
                if (!float.IsNaN(series.Utilisation[s]))
                {
                    table
                        .Microseconds(_result.Trace[s].Time)
                        .Text(link)
                        .Text(from)
                        .Text(to)
                        .Text(cable)
                        .Number(series.Utilisation[s], Share)
                        .Integer(series.Queue[s].Bytes)
                        .EndRow();
                }
            }
        }
    }

    /// <summary>
    /// Writes one row a direction of a link that carried anything:
    /// <c>link,from,to,cable,bytes,utilisation,peak_queue_bytes,marked,trimmed,dropped,paused_us</c>; the utilisation is of the whole run.
    /// </summary>
    public void WriteLinks(TextWriter text)
    {
        CsvTable table = new(text, "link,from,to,cable,bytes,utilisation,peak_queue_bytes,marked,trimmed,dropped,paused_us");
        foreach (LinkResult link in _result.Links)
        {
            (string from, string to) = _names.Ends(link.Link, link.Upwards);
            table
                .Text(string.Create(CultureInfo.InvariantCulture, $"{link.Link}{(link.Upwards ? "-up" : "-down")}"))
                .Text(from)
                .Text(to)
                .Text(_names.Cable(link.Link))
                .Integer(link.Sent.Bytes)
                .Number(link.Utilisation, "0.######")
                .Integer(link.PeakQueue.Bytes)
                .Integer(link.Marked)
                .Integer(link.Trimmed)
                .Integer(link.Dropped)
                .Microseconds(link.Paused)
                .EndRow();
        }
    }

    private const string Share = "0.####";
}
