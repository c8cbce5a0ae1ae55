using System.Globalization;
using Lightloom.Experiments;
using Lightloom.Experiments.Calibration;
using Lightloom.Simulation.Collectives;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Fluid;
using Lightloom.Simulation.Hybrid;
using Lightloom.Simulation.Model;
using Lightloom.Training.Machines;
using Lightloom.Units;

namespace Lightloom.Training.Timing;

/// <summary>A designed network that times the collectives of a job, by the engine or the model that was asked for.</summary>
/// <remarks>One question is answered at a time.</remarks>
public sealed class CollectiveEngine
{
    private readonly EngineRequest _request;
    private readonly KnownCollectives _fluid;
    private readonly ICollectiveTime? _foreign;
    private readonly HybridCollectives? _packets;
    private readonly KnownCollectives? _knownPackets;
    private readonly SimulationOptions _options;
    private readonly NetworkDescription _network;
    private RunBudget _budget;

    private CollectiveEngine(EngineRequest request, Testbed bed, FluidCollectives fluid, Packets? packets, CancellationToken cancellation)
    {
        (_request, _network, _options) = (request, packets?.Network ?? bed.Network, packets?.Options ?? new());
        (_fluid, Terms) = (new(fluid), fluid.Terms);
        _budget = NewBudget();
        if (packets is not null)
        {
            bool all = request.Name == EngineRequest.Packet;
            _packets = new(packets.Network, bed.HostsOfXpus, packets.Options, extrapolates: !all)
            {
                Cancellation = cancellation,
                Progress = request.Progress,
                Routed = bed.Routed,
                WindowOf = (bytes, ranks) => AllToAllWindow.Of(packets.Network, bytes, ranks),
                BeforeMaking = (network, size, options) => MemoryCheck.BeforeMaking(() => size, network, options),
                BeforeRun = BeforeRun,
            };
            PacketCollectives inPackets = new(_packets, fluid);
            _knownPackets = new(all ? inPackets : new GrowingCollectives(inPackets));
        }

        _foreign = request.Name switch
        {
            EngineRequest.Astra => new KnownCollectives(new ForeignCollectives(CollectiveModel.Astra, bed)),
            EngineRequest.Simai => new SimaiStep(new KnownCollectives(new ForeignCollectives(CollectiveModel.Simai, bed))),
            _ => null,
        };
    }

    /// <summary>What transport and load balancing of the cluster file add to fair rates; null where that has not been measured.</summary>
    public FluidTerms? Terms { get; }

    /// <summary>The times of collectives on XPUs of a kind.</summary>
    /// <param name="machine">The XPUs.</param>
    public ICollectiveTime On(Machine machine) =>
        _foreign ?? (_knownPackets is { } packets ? new DeliveredCollectives(machine, packets) : OnFluid(machine));

    /// <summary>The same by fair rates, whatever was asked for.</summary>
    /// <param name="machine">The XPUs.</param>
    /// <param name="calibrated">Whether transport and load balancing add what was measured of them.</param>
    public ICollectiveTime OnFluid(Machine machine, bool calibrated = false) =>
        new DeliveredCollectives(machine, new ProbedCollectives(_fluid, calibrated));

    /// <summary>Refuses what all packets of a step would take too long for, or too much memory, before any of them is run.</summary>
    /// <param name="machine">The XPUs.</param>
    /// <param name="step">Asks for all collectives of the step.</param>
    /// <exception cref="TooLargeException">They would.</exception>
    public void Check(Machine machine, Action<ICollectiveTime> step)
    {
        if (_packets is null || _request.Name != EngineRequest.Packet)
        {
            return;
        }

        AskedCollectives asked = new(new ProbedCollectives(_fluid, calibrated: false));
        step(new DeliveredCollectives(machine, asked));
        foreach (CollectiveRequest request in asked.Asked)
        {
            TrafficSize size = _packets.SizeOf(request);
            MemoryCheck.BeforeMaking(() => size, _network, _options);
            Take(size.LargestFlow, size.Flows);
        }

        _budget = NewBudget();
    }

    /// <summary>What is to be said of how the step was timed; nothing where nothing is.</summary>
    public string? Note =>
        _request.Name switch
        {
            EngineRequest.Packet => Packeted(""),
            EngineRequest.Hybrid => Packeted(" until rates were steady")
                + (
                    _knownPackets!.LargestError > 0
                        ? Say($"; by their parts the times are good to {100 * _knownPackets.LargestError:0.###} %")
                        : "; none was large enough to leave any out"
                )
                + (_packets!.GroupsLeftOut > 0 ? "; of groups that share no link and lie in the network alike, one was run for all" : ""),
            EngineRequest.Astra =>
                "communication is timed as ASTRA-sim's congestion-unaware backend does, one switch of the cards' rate, and "
                    + "one of the domain's inside a scale-up domain; for comparison with it only",
            EngineRequest.Simai =>
                "communication is timed as SimAI's analytical mode does, in which messages between pipeline stages take no "
                    + "time; for comparison with it only",
            _ => null,
        };

    /// <summary>
    /// The network of a cluster; null when the faults leave a card without any port, since its XPU then sends over its neighbours' cards,
    /// which flows from card to card cannot say.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="faults">Items as <c>simulate --fail</c> takes them; times are ignored.</param>
    /// <param name="request">Which engine or model, and how it is run.</param>
    /// <param name="cancellation">Stops packets.</param>
    /// <exception cref="RefusedException">An item names nothing in the network, or the engine cannot run it.</exception>
    public static CollectiveEngine? Of(
        Cluster cluster,
        IReadOnlyList<string> faults,
        EngineRequest request,
        CancellationToken cancellation = default
    )
    {
        Testbed bed = Testbed.Of(cluster.Design, scaleUp: cluster.Pools.All(p => p.Xpu.ScaleUpRate > 0));
        EngineChoices usual = new();
        FluidTerms? terms = CalibrationRun.TermsFor(MeasuredTerms.Table, usual, bed);
        SimulationOptions options = usual.On(bed);
        Packets? packets = request.RunsPackets ? Packets.Of(bed, request) : null;
        if (faults.Count == 0)
        {
            return new(request, bed, new FluidCollectives(bed.Network, bed.HostsOfXpus, options) { Terms = terms }, packets, cancellation);
        }

        NetworkDescription network = bed.Network;
        LinkDescription[] links = [.. network.Links];
        bool[] dead = new bool[links.Length];
        IReadOnlyList<Fault> hits = [.. faults.SelectMany(f => f.Split('+')).SelectMany(f => FaultList.Parse(f, network))];
        foreach (Fault fault in hits)
        {
            foreach (int link in fault.Links)
            {
                dead[link] |= fault.RateFraction <= 0;
                links[link] = links[link] with
                {
                    Rate = DataRate.FromBitsPerSecond(
                        (long)Math.Max(1, links[link].Rate.BitsPerSecond * Math.Max(1e-9, fault.RateFraction))
                    ),
                };
            }
        }

        bool[] reached = new bool[network.HostCount];
        for (int i = 0; i < links.Length; i++)
        {
            if (links[i].A.IsHost && !dead[i])
            {
                reached[links[i].A.Index] = true;
            }
        }

        if (reached.Contains(false))
        {
            return null;
        }

        NetworkDescription struck = new(network.HostCount, network.Switches, links) { ScaleUp = network.ScaleUp, Routes = network.Routes };
        return new(
            request,
            bed,
            new FluidCollectives(struck, bed.HostsOfXpus, options, dead) { Terms = terms },
            packets?.Struck(request, struck, hits, dead.Contains(true)),
            cancellation
        );
    }

    private RunBudget NewBudget() => new(_request.Minutes, "--engine-min");

    private void BeforeRun(NetworkDescription network, TrafficDescription traffic, SimulationOptions options)
    {
        MemoryCheck.BeforeRunning(network, traffic, options);
        Take(DataSize.FromBytes(traffic.Flows.Sum(f => f.Size.Bytes)), 1);
    }

    private void Take(DataSize flow, long flows) => _budget.Take(flows * RunBudget.LinksOf(_network, flow, _options), _options.Threads);

    private string Packeted(string how) =>
        Say($"{_knownPackets!.Distinct} different collectives in packets{how} ({_options.Transport}, {_options.LoadBalancing}), ")
        + Say($"which crossed {_packets!.PacketHops:#,0} links; placements are compared by the fluid engine");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // SimAI's step has no messages between stages: its term divides by the ratio of overlap, and is zero unless that is given.
    private sealed class SimaiStep(ICollectiveTime inner) : ICollectiveTime
    {
        public int Ranks => inner.Ranks;

        public CollectiveTiming Of(CollectiveRequest request) =>
            request.Kind == CollectiveKind.SendReceive
                ? new(SimTime.Zero, SimTime.Zero, CollectiveAlgorithm.Direct, "")
                : inner.Of(request);
    }

    // What packets run on.
    private sealed record Packets(NetworkDescription Network, SimulationOptions Options)
    {
        public static Packets Of(Testbed bed, EngineRequest request)
        {
            EngineChoices choices = new()
            {
                Engine = EngineKind.Packet,
                Other = new() { Threads = request.Threads, Seed = request.Seed },
            };
            return new(bed.Network, choices.On(bed));
        }

        // Links that are slower are part of the network; those that are out are faults of the run, which switches have to notice.
        public Packets Struck(EngineRequest request, NetworkDescription struck, IReadOnlyList<Fault> faults, bool cut) =>
            !cut ? this with { Network = struck }
            : request.Name == EngineRequest.Packet ? this with { Options = Options with { Faults = faults } }
            : throw new RefusedException(
                "--engine hybrid carries steady rates on, and links that are out are noticed while it runs: "
                    + "take --engine packet or fluid, or faults that leave a share of the rate (=FRACTION)"
            );
    }
}
