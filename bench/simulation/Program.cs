using System.Diagnostics;
using System.Globalization;
using Lightloom.Simulation.Bench;
using Lightloom.Simulation.Engine;
using Lightloom.Simulation.Htsim;
using Lightloom.Simulation.Model;
using Lightloom.Units;

// One simulation of htsim files as a whole process, so that a shell can time it beside another simulator:
//   simulation-bench TOPO CM [--transport nscc] [--load-balancing oblivious] [--paths 64] [--linkspeed-gbps 800] [--threads 1] [--seed 13]
// The comparison of docs/validation/htsim.md:
//   simulation-bench validate tests/reference/htsim [SEEDS]
if (args is ["validate", var folder, ..])
{
    return Validation.Print(folder, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5);
}

// Packets, bursts and cells side by side, for docs/performance.md:
//   simulation-bench cells [HOSTS] [BYTES] [ROUNDS] [TRANSPORT]
if (args is ["cells", ..])
{
    long Number(int at, long otherwise) => args.Length > at ? long.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
    return CellComparison.Print((int)Number(1, 4096), Number(2, 2_000_000), (int)Number(3, 3), args.Length > 4 ? args[4] : "nscc");
}
var options = new SimulationOptions { Seed = 13 };
double linkspeed = 0;
int repeat = 1,
    degrade = 0;
for (int i = 2; i < args.Length; i++)
{
    string Value() => args[++i];
    switch (args[i])
    {
        case "--transport":
            options = options with { Transport = Value() };
            break;
        case "--load-balancing":
            options = options with { LoadBalancing = Value() };
            break;
        case "--paths":
            options = options with { Paths = int.Parse(Value(), CultureInfo.InvariantCulture) };
            break;
        case "--linkspeed-gbps":
            linkspeed = double.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--threads":
            options = options with { Threads = int.Parse(Value(), CultureInfo.InvariantCulture) };
            break;
        case "--seed":
            options = options with { Seed = ulong.Parse(Value(), CultureInfo.InvariantCulture) };
            break;
        case "--no-trim":
            options = options with { Trim = false };
            break;
        case "--pfc":
            options = options with { FlowControl = FlowControl.Pfc };
            break;
        case "--cbfc":
            options = options with { FlowControl = FlowControl.Cbfc };
            break;
        case "--mtu":
            options = options with { Mtu = DataSize.FromBytes(int.Parse(Value(), CultureInfo.InvariantCulture)) };
            break;
        case "--selective-repeat":
            options = options with { SelectiveRepeat = true };
            break;
        case "--cells":
            options = options with
            {
                Cells = (options.Cells ?? new()) with { Mode = Value() == "true" ? CellMode.Cells : CellMode.Bursts },
            };
            break;
        case "--no-hungry":
            options = options with { Cells = (options.Cells ?? new()) with { Hungry = HungryPolicy.None } };
            break;
        case "--degrade":
            degrade = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--repeat":
            repeat = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        default:
            Console.Error.WriteLine($"unknown option {args[i]}");
            return 2;
    }
}
var diagnostics = new List<SourceDiagnostic>();
HtsimTopology? topology = HtsimTopology.Read(args[0], File.ReadAllText(args[0]), diagnostics);
var traffic = topology is null ? null : ConnectionMatrix.Read(args[1], File.ReadAllText(args[1]), topology.Nodes, diagnostics);
diagnostics.ForEach(d => Console.Error.WriteLine(d));
if (topology is null || traffic is null)
{
    return 1;
}
var network = topology.Build(linkspeed, degrade);
for (int i = 0; i < repeat; i++)
{
    SimulationResult result = PacketSimulator.Run(network, traffic, options);
    SimTime[] times = result.CompletionTimes();
    SimTime last = SimTime.Zero;
    foreach (FlowResult flow in result.Flows)
    {
        last = SimTime.Max(last, flow.Finish ?? SimTime.Zero);
    }
    double sum = 0;
    foreach (SimTime time in times)
    {
        sum += time.Picoseconds;
    }
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"n={times.Length}/{traffic.Flows.Count} last={last.Microseconds:0.######} mean={sum / Math.Max(1, times.Length) / 1e6:0.####} p50={SimulationResult.NearestRank(times, 0.5).Microseconds:0.####} "
                + $"p99={SimulationResult.NearestRank(times, 0.99).Microseconds:0.####} max={(times.Length == 0 ? SimTime.Zero : times[^1]).Microseconds:0.####} rtx={result.Packets.Retransmitted} trim={result.Packets.Trimmed} ecn={result.Packets.EcnMarked} "
                + $"hops={result.PacketHops} wall={result.WallTime.TotalSeconds:0.###} Mhops/s={result.PacketHops / result.WallTime.TotalSeconds / 1e6:0.00} rss={Process.GetCurrentProcess().PeakWorkingSet64 >> 20}MB hash={result.ResultHash} {result.Unfinished}"
        )
    );
    if (result.Cells is not null)
    {
        Console.WriteLine(result.Cells);
    }
    if (result.Packets.Sent != result.Packets.Delivered + result.Packets.Trimmed + result.Packets.Dropped + result.Packets.InFlight)
    {
        Console.WriteLine("NOT CONSERVED " + result.Packets);
    }
}
return 0;
