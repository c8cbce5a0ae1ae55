using Lightloom.Simulation.Memory;
using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>How each flow's generator of random numbers begins: load balancings draw from it, and so does whoever foretells them.</summary>
internal static class FlowRandom
{
    /// <summary>The mark of <see cref="Uet{TBalancer,TScope}"/>.</summary>
    public const uint Uet = 0xA5A5A5A5u;

    /// <summary>The mark of <see cref="Rdma{TBalancer}"/>.</summary>
    public const uint Rdma = 0xC3C3C3C3u;

    /// <summary>The generator of a flow when it starts.</summary>
    public static uint Of(int flow, ulong seed, uint mark) => Hash.Mix32((uint)seed ^ ((uint)flow * 0x9E3779B9u) ^ mark) | 1;

    /// <summary>How the generators of a run's flows begin: the mark, and how many numbers are drawn before load balancings draw.</summary>
    public static (uint Mark, int Drawn) BeginningOf(SimulationOptions options)
    {
        TransportDescription transport = Transports.Find(options.Transport);
        return (Transports.IsUet(transport) ? Uet : Rdma, transport.DrawnBefore);
    }

    /// <summary>The generator of a flow when its load balancing is about to draw.</summary>
    public static uint Of(int flow, ulong seed, (uint Mark, int Drawn) beginning)
    {
        uint random = Of(flow, seed, beginning.Mark);
        for (int i = 0; i < beginning.Drawn; i++)
        {
            Hash.Next(ref random);
        }
        return random;
    }
}
