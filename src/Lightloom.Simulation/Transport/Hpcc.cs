using Lightloom.Simulation.LoadBalancing;
using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>HPCC: a window by the load that switches write into packets.</summary>
internal sealed unsafe class Hpcc(World world, Partition partition) : RdmaControl(world, partition), IRdmaTransport
{
    /// <inheritdoc/>
    public static TransportDescription Description { get; } =
        new()
        {
            Name = "hpcc",
            Help = "HPCC: a window steered by in-band telemetry",
            InOrder = true,
            Timeout = TimeoutRule.Verbs,
            ReadsTelemetry = true,
            FlowControl = FlowControl.Pfc,
        };

    /// <inheritdoc/>
    public static RdmaControl Create(World world, Partition partition) => new Hpcc(world, partition);

    private const double Eta = 0.95;
    private const int Stages = 5;

    /// <inheritdoc/>
    public override void Start(RdmaSender* sender, bool selective)
    {
        sender->Window = BandwidthDelay;
        sender->ReferenceWindow = BandwidthDelay;
        sender->LastPath = (PathTelemetry*)Partition.Pool.TakeZeroed(sizeof(PathTelemetry));
        TakeInitialWindow(sender);
    }

    /// <inheritdoc/>
    public override void End(RdmaSender* sender)
    {
        if (sender->LastPath != null)
        {
            Partition.Pool.Give(sender->LastPath, sizeof(PathTelemetry));
            sender->LastPath = null;
        }
    }

    /// <inheritdoc/>
    public override void Acknowledged(RdmaSender* sender, AckRecord* ack, uint packets, long delay, long now)
    {
        PathTelemetry* path = Partition.Path((uint)ack->Bitmap);
        PathTelemetry* last = sender->LastPath;
        if (last->Count == path->Count && path->Count > 0)
        {
            double most = 0;
            long span = 0;
            for (int i = 0; i < path->Count; i++)
            {
                HopTelemetry* hop = PathTelemetry.Hops(path) + i;
                HopTelemetry* before = PathTelemetry.Hops(last) + i;
                long dt = hop->Time - before->Time;
                if (dt <= 0 || hop->Port != before->Port)
                {
                    continue;
                }
                double byteTime = hop->ByteTime / 65536.0;
                double queue = Math.Min(hop->QueueBytes, before->QueueBytes) * byteTime / RoundTrip;
                double rate = Math.Max(0, hop->SentBytes - before->SentBytes) * byteTime / dt;
                if (queue + rate > most)
                {
                    most = queue + rate;
                    span = dt;
                }
            }
            if (span > 0)
            {
                double tau = Math.Min(span, RoundTrip);
                sender->Utilisation = (sender->Utilisation * (RoundTrip - tau) + most * tau) / RoundTrip;
                React(sender, (int)(ack->Cumulative - sender->LastUpdate) > 0, sender->Next);
            }
        }
        *last = *path;
    }

    /// <summary>Whether the busiest link of the way carries more than the controller wants.</summary>
    internal static bool IsBusy(double utilisation) => utilisation >= Eta;

    /// <summary>
    /// The window that brings the busiest link to the wanted utilisation, and a little more; equation 4 of Li et al., SIGCOMM 2019.
    /// </summary>
    internal static double WindowFor(double reference, double utilisation, double increase) =>
        reference / Math.Max(1e-3, utilisation / Eta) + increase;

    private void React(RdmaSender* sender, bool roundTripOver, uint next)
    {
        double window;
        bool decrease = IsBusy(sender->Utilisation) || sender->IncreaseStage >= Stages;
        window = decrease ? WindowFor(sender->ReferenceWindow, sender->Utilisation, Payload) : sender->ReferenceWindow + Payload;
        window = Math.Clamp(window, Mtu, BandwidthDelay);
        sender->Window = window;
        sender->Rate = Math.Max(LineByteTime, RoundTrip / window);
        if (roundTripOver)
        {
            sender->IncreaseStage = decrease ? 0 : sender->IncreaseStage + 1;
            sender->ReferenceWindow = window;
            sender->LastUpdate = next;
        }
    }
}
