using Lightloom.Diagnostics;

namespace Lightloom.Hardware;

/// <summary>The rule that only ports of one protocol are joined.</summary>
public static class Protocols
{
    /// <summary>What all of them can run, Ethernet before InfiniBand; those of whom nothing is known take part in anything.</summary>
    /// <param name="speakers">What is joined, from the hosts up.</param>
    /// <param name="protocol">The protocol of the network; Ethernet when there is none in common.</param>
    /// <returns>Null, or the first two that share nothing, both named.</returns>
    public static Rejection? Join(IEnumerable<Speaker> speakers, out Protocol protocol)
    {
        protocol = Protocol.Ethernet;
        List<Speaker> joined = [];
        IReadOnlyList<Protocol>? common = null;
        foreach (Speaker speaker in speakers)
        {
            if (speaker.Protocols is not { Count: > 0 } own)
            {
                continue;
            }

            common = common is null ? own : [.. common.Intersect(own)];
            if (common.Count == 0)
            {
                // Three may share nothing although each two of them do: then the last before this one is named.
                Speaker other = joined.Find(j => !Shared(j.Protocols, own));
                other = other.Name is null ? joined[^1] : other;
                return new(
                    RejectionCode.Protocol,
                    $"{other.Name} speaks {Words(other.Protocols!)} and {speaker.Name} {Words(own)}, so they cannot be joined"
                );
            }

            joined.Add(speaker);
        }

        protocol = common is null ? Protocol.Ethernet : common.Min();
        return null;
    }

    /// <summary>True when both can run one protocol, or nothing is known of one of them.</summary>
    public static bool Shared(IReadOnlyList<Protocol>? a, IReadOnlyList<Protocol>? b) => a is null || b is null || a.Intersect(b).Any();

    /// <summary>The names as prose has them: <c>Ethernet and InfiniBand</c>.</summary>
    public static string Words(IReadOnlyList<Protocol> protocols) => Listed.InWords(protocols.Select(p => Word(p)));

    /// <summary>The name as prose has it.</summary>
    public static string Word(Protocol protocol) => protocol == Protocol.InfiniBand ? "InfiniBand" : "Ethernet";
}
