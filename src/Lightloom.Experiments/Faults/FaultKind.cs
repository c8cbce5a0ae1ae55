using System.Globalization;
using Lightloom.Topology;

namespace Lightloom.Experiments.Faults;

/// <summary>A class of faults and where in the network it strikes: a host's cable is another matter than a spine's.</summary>
/// <param name="Class">The class.</param>
/// <param name="From">For cables and transceivers the lower tier of their links; <see cref="Tier.Host"/> for the other classes, where it
/// says nothing.</param>
/// <param name="Upper">For transceivers: at the upper end of their links. One at a host may carry all of its planes, one at a leaf several
/// hosts.</param>
public readonly record struct FaultKind(FaultClass Class, Tier From = Tier.Host, bool Upper = false) : IComparable<FaultKind>
{
    /// <summary>The words of <see cref="FaultClass"/>, in its order.</summary>
    public static IReadOnlyList<string> Words { get; } = ["cable", "transceiver", "nic-port", "leaf", "spine", "super-spine", "plane"];

    /// <summary>
    /// Whether a fault touches all XPUs alike rather than those behind one switch or card. Decides how slowdowns combine; see
    /// docs/models/faults.md.
    /// </summary>
    public bool IsGlobal => Class is FaultClass.Spine or FaultClass.SuperSpine or FaultClass.Plane;

    /// <summary>
    /// <c>leaf</c>, <c>cable host-leaf</c>, <c>transceiver leaf up</c> ...; a spine of a switch-scheduled network is a
    /// <c>fabric-element</c>.
    /// </summary>
    public string Word(Fabric fabric) =>
        Class switch
        {
            FaultClass.Cable => $"cable {From.ToWord()}-{(IsAcross(fabric) ? From : From + 1).ToWord()}",
            // Both ends of a link between the two leaves of a pair are a leaf's.
            FaultClass.Transceiver when IsAcross(fabric) => $"transceiver {From.ToWord()} {(Upper ? "z-side" : "a-side")}",
            FaultClass.Transceiver => "transceiver "
                + (
                    Upper ? (From + 1).ToWord() + " down"
                    : From == Tier.Host ? "host"
                    : From.ToWord() + " up"
                ),
            FaultClass.Spine when fabric.Paradigm == Lightloom.Spec.Paradigm.SwitchScheduled => "fabric-element",
            _ => Words[(int)Class],
        };

    private bool IsAcross(Fabric fabric)
    {
        Tier from = From;
        return fabric.LinkClasses.Any(c => c.From == from && c.To == from);
    }

    /// <summary>Reads a class as users write it; <c>fabric-element</c> is a spine.</summary>
    public static bool TryParse(string word, out FaultClass value)
    {
        int at = word.Trim().ToLower(CultureInfo.InvariantCulture) switch
        {
            "fabric-element" => (int)FaultClass.Spine,
            var other => Words.ToList().IndexOf(other),
        };
        value = (FaultClass)Math.Max(0, at);
        return at >= 0;
    }

    /// <summary>Reads two classes that fail together, as <c>leaf+spine</c>.</summary>
    public static bool TryParsePair(string text, out (FaultClass First, FaultClass Second) pair)
    {
        pair = default;
        if (text.Split('+') is not [var a, var b] || !TryParse(a, out FaultClass first) || !TryParse(b, out FaultClass second))
        {
            return false;
        }

        pair = (first, second);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(FaultKind other) => (Class, From, Upper).CompareTo((other.Class, other.From, other.Upper));
}
