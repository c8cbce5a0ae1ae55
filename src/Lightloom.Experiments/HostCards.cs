using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Transport;
using Lightloom.Spec;

namespace Lightloom.Experiments;

/// <summary>What cards the hosts of a design have, as the engine's options: one rule for every command that runs a design.</summary>
public static class HostCards
{
    /// <summary>
    /// The transport that runs when nobody asks for one: the file's; on a switch-scheduled fabric a plain RoCE card, unless the file names
    /// another than the default.
    /// </summary>
    /// <param name="backend">The file's backend, or null when there is no file.</param>
    /// <param name="scheduled">Whether cells and credits carry the packets.</param>
    /// <param name="asked">What the command line asks for, or null.</param>
    public static string Transport(BackendSpec? backend, bool scheduled, string? asked = null) =>
        Transports.Find(asked ?? (IsPlain(backend, scheduled, asked) ? "roce" : backend?.Transport ?? Transports.Default.Name)).Name;

    /// <summary>
    /// Whether that card must take packets in any order: on several planes of a cell fabric they overtake each other, which go-back-N does
    /// not survive.
    /// </summary>
    public static bool TakesAnyOrder(BackendSpec? backend, bool scheduled, int planes, string? asked = null) =>
        IsPlain(backend, scheduled, asked) && planes > 1;

    /// <summary>The engine's options for a design, with everything else at its default.</summary>
    /// <param name="designed">The network.</param>
    /// <param name="backend">The file's backend.</param>
    /// <param name="transport">Another transport, or null.</param>
    /// <param name="balancing">Another load balancing, or null.</param>
    public static SimulationOptions Options(
        DesignedNetwork designed,
        BackendSpec backend,
        string? transport = null,
        string? balancing = null
    )
    {
        bool scheduled = designed.Fabric.Paradigm == Paradigm.SwitchScheduled;
        SimulationOptions options = Of(Transport(backend, scheduled, transport), balancing ?? backend.LoadBalancing);
        return !scheduled
            ? options
            : options with
            {
                FlowControl = FlowControl.None,
                SelectiveRepeat = TakesAnyOrder(backend, scheduled, designed.Network.PlaneCount, transport),
                Cells = new CellOptions(),
            };
    }

    /// <summary>The engine's options for the transport and the load balancing that a file names.</summary>
    public static SimulationOptions EndpointOptions(BackendSpec backend) => Of(Transport(backend, scheduled: false), backend.LoadBalancing);

    private static SimulationOptions Of(string transport, string balancing) =>
        new()
        {
            Transport = transport,
            LoadBalancing = LoadBalancings.Find(balancing).Name,
            FlowControl = Transports.Find(transport).FlowControl,
        };

    private static bool IsPlain(BackendSpec? backend, bool scheduled, string? asked) =>
        asked is null && scheduled && (backend is null || backend.Transport == new BackendSpec().Transport);
}
