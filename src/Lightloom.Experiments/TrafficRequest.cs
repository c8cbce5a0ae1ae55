using Lightloom.Simulation.Model;
using Lightloom.Simulation.Traffic;

namespace Lightloom.Experiments;

/// <summary>What shall run on a network, not yet made for one. Immutable.</summary>
public abstract record TrafficRequest
{
    /// <summary>The size of a collective when nobody says another: 1 MiB for each XPU.</summary>
    public const long UsualBytes = 1 << 20;

    /// <summary>Makes the traffic for a network.</summary>
    /// <param name="bed">The network.</param>
    /// <param name="seed">Seeds what is random.</param>
    /// <exception cref="RefusedException">It cannot be made for this network; the message says why.</exception>
    public abstract TrafficDescription On(Testbed bed, ulong seed);

    /// <summary>What names sizes and XPUs where no option does, as a sentence begins.</summary>
    public virtual string Origin => "the matrix of --tm";

    /// <summary>Whether <see cref="Origin"/> says how many XPUs take part.</summary>
    public virtual bool SaysXpus => true;

    /// <summary>What to say of how it was made for a network, as sentences; usually nothing.</summary>
    public virtual IReadOnlyList<string> NotesOn(Testbed bed) => [];
}
