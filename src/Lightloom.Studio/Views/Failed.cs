using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>Devices and cables that are taken to have failed.</summary>
internal sealed class Failed
{
    /// <summary>Nothing has failed.</summary>
    public static Failed Nothing { get; } = new();

    /// <summary>Failed devices.</summary>
    public HashSet<int> Devices { get; } = [];

    /// <summary>Failed cables.</summary>
    public HashSet<int> Cables { get; } = [];

    /// <summary>What was named, in its order.</summary>
    public List<(string Name, string Kind, int Number)> Named { get; } = [];

    /// <summary>Finds what is named; a name that is neither a device's nor a cable's is returned in <paramref name="unknown"/>.</summary>
    public static Failed Of(DesignView view, IEnumerable<string> names, out string? unknown)
    {
        Failed failed = new();
        unknown = null;
        foreach (string name in names.Where(n => n.Length > 0))
        {
            if (view.Names.Find(name) is >= 0 and var device)
            {
                failed.Devices.Add(device);
                failed.Named.Add((name, "device", device));
            }
            else if (view.Cables.Find(name) is >= 0 and var cable)
            {
                failed.Cables.Add(cable);
                failed.Named.Add((name, "cable", cable));
            }
            else
            {
                unknown ??= name;
            }
        }

        return failed;
    }

    /// <summary>True when a link is lost: its cable, or the device at either end.</summary>
    public bool Has(DesignView view, LinkClass links, int index)
    {
        ref readonly Link link = ref links.Links[index];
        return (Devices.Count > 0 && (Devices.Contains(link.A) || Devices.Contains(link.Z)))
            || (Cables.Count > 0 && Cables.Contains(view.Design.Cables.CableOfLink[links.Index][index]));
    }
}
