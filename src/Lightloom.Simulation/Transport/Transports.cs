using Lightloom.Simulation.Model;
using Lightloom.Simulation.Switching;

namespace Lightloom.Simulation.Transport;

/// <summary>
/// All transports, in the order in which lists show them. A new one is a file of its own and a line here; files, command lines, help and
/// reports read its word and traits from its description.
/// </summary>
public static class Transports
{
    private static readonly Entry[] Entries =
    [
        Uet<Nscc>(),
        Uet<Rccc>(),
        Uet<NsccRccc>(),
        Uet<Ndp>(),
        Uet<Eqds>(),
        Rdma<Dcqcn>(),
        Rdma<Roce>(),
        Rdma<Hpcc>(),
        Rdma<Swift>(),
        Rdma<Timely>(),
        Uet<FixedWindow>(),
        Rdma<Ideal>(),
    ];

    /// <summary>What each says of itself.</summary>
    public static IReadOnlyList<TransportDescription> All { get; } = [.. Entries.Select(e => e.Description)];

    /// <summary>Their words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. All.Select(t => t.Name)];

    /// <summary>The transport of the engine's default options.</summary>
    public static TransportDescription Default { get; } = Find(new SimulationOptions().Transport);

    /// <summary>The option by which receivers go on to deal credit to messages that have arrived, as uet-htsim does.</summary>
    public static TransportOption LateCredit => UetOptions.LateCredit;

    /// <summary>The transport of a word in whatever case; null when there is none.</summary>
    public static TransportDescription? TryFind(string word) =>
        All.FirstOrDefault(t => t.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The transport of a word in whatever case.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static TransportDescription Find(string word) =>
        TryFind(word) ?? throw new RefusedException($"'{word}' is no transport; known are {string.Join(", ", Words)}");

    /// <summary>Whether a transport runs on <see cref="Uet{TBalancer,TScope}"/>; otherwise on <see cref="Rdma{TBalancer}"/>.</summary>
    internal static bool IsUet(TransportDescription transport) => EntryOf(transport).Profile is not null;

    /// <summary>How the run's transport sets <see cref="Uet{TBalancer,TScope}"/>.</summary>
    internal static UetProfile ProfileOf(World world) => EntryOf(world.Transport).Profile!;

    /// <summary>The congestion control that the run's transport gives <see cref="Rdma{TBalancer}"/>.</summary>
    internal static RdmaControl ControlOf(World world, Partition partition, HostLine line) =>
        EntryOf(world.Transport).Control!(world, partition, line);

    private static Entry EntryOf(TransportDescription transport) => Entries.First(e => e.Description == transport);

    private static Entry Uet<T>()
        where T : IUetTransport => new(T.Description, T.Profile, null);

    private static Entry Rdma<T>()
        where T : IRdmaTransport => new(T.Description, null, T.Create);

    private sealed record Entry(
        TransportDescription Description,
        UetProfile? Profile,
        Func<World, Partition, HostLine, RdmaControl>? Control
    );
}
