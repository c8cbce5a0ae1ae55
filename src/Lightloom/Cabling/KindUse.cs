using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>What one kind of cable or module serves on a tier.</summary>
/// <param name="head">The article, or the module that carries more.</param>
internal sealed class KindUse(InterconnectModel head)
{
    /// <summary>The article.</summary>
    public InterconnectModel Head => head;

    /// <summary>What it meets at the other end; itself for an assembly.</summary>
    public HashSet<InterconnectModel> Tails { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Links that are alike and served over like lengths, the upper end of the metre in millimetres.</summary>
    public Dictionary<(LinkClass Class, int Product, int Panels, int Millimetres), long> Links { get; } = [];

    /// <summary>All its links.</summary>
    public long Count => Links.Values.Sum();

    /// <summary>The longest of them in metres, rounded up.</summary>
    public int LongestMetres => Links.Keys.Max(k => k.Millimetres) / 1000;
}
