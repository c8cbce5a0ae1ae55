using Lightloom.Experiments.Faults;
using Lightloom.Simulation.Model;

namespace Lightloom.Report;

/// <content>The tables of <c>faults --csv</c> and <c>--series</c>.</content>
public sealed partial class FaultStudyReport
{
    /// <summary>Writes one row a fault and workload.</summary>
    public void WriteCsv(TextWriter text)
    {
        CsvTable table = new(
            text,
            "fault,instance,cut_off,partly_cut_off,hosts_left,worst_host_left,fabric_left,bisection_left,workload,hosts,stops,sound_us,"
                + "faulty_us,inflation,slowed,slowed_by_median,detect_us,recover_us,restore_us,packets_lost,retransmitted,"
                + "other_planes_noticed"
        );
        foreach (FaultOutcome o in outcomes)
        {
            foreach (WorkloadOutcome? w in o.Workloads.Count == 0 ? [null] : o.Workloads.Cast<WorkloadOutcome?>())
            {
                GraphOutcome g = o.Graph;
                StrikeOutcome s = o.Strike;
                table
                    .Text(o.Scenario.Label)
                    .Text(o.Scenario.Name)
                    .Integer(g.CutOff)
                    .Integer(g.PartlyCutOff)
                    .Number(g.HostsLeft)
                    .Number(g.WorstHostLeft)
                    .Number(g.FabricLeft)
                    .Number(g.BisectionLeft)
                    .Text(w?.Name)
                    .Integer(w?.Hosts)
                    .Truth(w?.Stops)
                    .Microseconds(w?.Sound.Picoseconds ?? -1)
                    .Microseconds(w?.Faulty?.Picoseconds ?? -1)
                    .Number(w?.Inflation)
                    .Integer(w?.Slowed)
                    .Number(w?.MedianSlowdown)
                    .Microseconds(s.Detection.Picoseconds)
                    .Microseconds(s.Recovery?.Picoseconds ?? -1)
                    .Microseconds(s.Restoration?.Picoseconds ?? -1)
                    .Integer(s.Lost)
                    .Integer(s.Packets.Retransmitted)
                    .Truth(o.OtherPlanesNoticed)
                    .EndRow();
            }
        }
    }

    /// <summary>Writes the samples of every strike.</summary>
    public void WriteSeries(TextWriter text)
    {
        CsvTable table = new(
            text,
            "fault,instance,time_us,delivered_packets,flows_finished,queued_bytes,largest_queue_bytes,mean_utilisation,max_utilisation"
        );
        foreach (FaultOutcome o in outcomes)
        {
            foreach (TraceSample t in o.Strike.Series)
            {
                table
                    .Text(o.Scenario.Label)
                    .Text(o.Scenario.Name)
                    .Microseconds(t.Time)
                    .Integer(t.DeliveredPackets)
                    .Integer(t.FlowsFinished)
                    .Integer(t.Queued.Bytes)
                    .Integer(t.LargestQueue.Bytes)
                    .Number(t.MeanUtilisation)
                    .Number(t.MaximumUtilisation)
                    .EndRow();
            }
        }
    }
}
