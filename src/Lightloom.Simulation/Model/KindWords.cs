namespace Lightloom.Simulation.Model;

/// <summary>What cluster files, command lines, tables and JSON call transports and load balancings.</summary>
public static class KindWords
{
    /// <summary>All transports.</summary>
    public static IReadOnlyList<string> Transports { get; } = [.. Enum.GetValues<TransportKind>().Select(Of)];

    /// <summary>All load balancings.</summary>
    public static IReadOnlyList<string> LoadBalancings { get; } = [.. Enum.GetValues<LoadBalancingKind>().Select(Of)];

    /// <summary>The word of a transport.</summary>
    public static string Of(TransportKind kind) => kind == TransportKind.NsccRccc ? "nscc+rccc" : kind.ToString().ToLowerInvariant();

    /// <summary>The word of a load balancing.</summary>
    public static string Of(LoadBalancingKind kind) =>
        kind switch
        {
            LoadBalancingKind.SwitchRr => "switch-rr",
            LoadBalancingKind.SwitchAr => "switch-ar",
            LoadBalancingKind.SwitchArFlow => "switch-ar-flow",
            _ => kind.ToString().ToLowerInvariant(),
        };

    /// <summary>The transport of a word.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static TransportKind Transport(string word) => Enum.GetValues<TransportKind>()[Place(Transports, word)];

    /// <summary>The load balancing of a word.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static LoadBalancingKind LoadBalancing(string word) => Enum.GetValues<LoadBalancingKind>()[Place(LoadBalancings, word)];

    /// <summary>
    /// The flow control that a transport is run with unless somebody says otherwise: those made for networks that lose nothing get priority
    /// flow control.
    /// </summary>
    public static FlowControl FlowControlOf(TransportKind transport) =>
        transport is TransportKind.Roce or TransportKind.Dcqcn or TransportKind.Hpcc ? FlowControl.Pfc : FlowControl.None;

    private static int Place(IReadOnlyList<string> words, string word)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new ArgumentException($"'{word}' is none of {string.Join(", ", words)}");
    }
}
