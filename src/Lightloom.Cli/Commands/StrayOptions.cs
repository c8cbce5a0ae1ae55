using System.CommandLine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;

namespace Lightloom.Cli.Commands;

/// <summary>Options that are right by themselves and would change nothing in the run that the others ask for.</summary>
internal static class StrayOptions
{
    /// <summary>The first of them, with what to do instead; null when there is none.</summary>
    /// <param name="settings">The command's options.</param>
    /// <param name="parsed">What was given.</param>
    /// <param name="options">The run that came of it.</param>
    public static string? Find(SimulateSettings settings, ParseResult parsed, SimulationOptions options)
    {
        TransportDescription transport = Transports.Find(options.Transport);
        string? why =
            settings.QueueBytes.IsGivenIn(parsed) && Queues(options) is { } queues ? "--queue-bytes changes nothing here: " + queues
            : settings.EcnBytes.IsGivenIn(parsed) && options.Cells is not null
                ? "--ecn-bytes changes nothing here: a cell fabric marks no packets; it has --congestion-cells"
            : settings.EcnBytes.IsGivenIn(parsed) && !transport.ReadsMarks
                ? $"--ecn-bytes changes nothing here: {transport.Name} never looks at marks; {Those(t => t.ReadsMarks)} do"
            : settings.AckBytes.IsGivenIn(parsed) && !transport.AcknowledgesByBytes
                ? $"--ack-bytes changes nothing here: receivers of {transport.Name} answer every packet; "
                    + $"those of {Those(t => t.AcknowledgesByBytes)} wait for bytes"
            : settings.InitialWindow.IsGivenIn(parsed) && !transport.TakesFirstWindow
                ? $"--initial-window-bytes changes nothing here: senders of {transport.Name} begin without a window; "
                    + $"those of {Those(t => t.TakesFirstWindow)} have one"
            : null;
        return why;
    }

    private static string? Queues(SimulationOptions options) =>
        options switch
        {
            { Cells: not null } => "a cell fabric has virtual output queues; give --voq-bytes",
            { SharedBuffer: not null } => "ports share --buffer-bytes; give one of the two",
            { FlowControl: FlowControl.Pfc } =>
                "with PFC a queue becomes as long as pauses let it; add --flow-control none for queues that overflow",
            _ => null,
        };

    private static string Those(Func<TransportDescription, bool> trait) =>
        string.Join(", ", Transports.All.Where(trait).Select(t => t.Name));
}
