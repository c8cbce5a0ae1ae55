using Lightloom.Topology;

namespace Lightloom.Studio.Views;

/// <summary>Numbers the links of all classes one after another, and says which end at each device.</summary>
internal sealed class LinkIndex
{
    private readonly Network _network;
    private readonly int[] _firstOfClass;
    private readonly int[] _start;
    private readonly int[] _links;

    public LinkIndex(Network network)
    {
        _network = network;
        _firstOfClass = new int[network.LinkClasses.Count + 1];
        _start = new int[network.DeviceCount + 1];
        for (int c = 0; c < network.LinkClasses.Count; c++)
        {
            Link[] links = network.LinkClasses[c].Links;
            _firstOfClass[c + 1] = _firstOfClass[c] + links.Length;
            foreach (ref readonly Link link in links.AsSpan())
            {
                _start[link.A + 1]++;
                _start[link.Z + 1]++;
            }
        }

        for (int d = 0; d < network.DeviceCount; d++)
        {
            _start[d + 1] += _start[d];
        }

        _links = new int[_start[^1]];
        int[] next = _start[..^1];
        for (int c = 0; c < network.LinkClasses.Count; c++)
        {
            Link[] links = network.LinkClasses[c].Links;
            for (int i = 0; i < links.Length; i++)
            {
                _links[next[links[i].A]++] = _firstOfClass[c] + i;
                _links[next[links[i].Z]++] = _firstOfClass[c] + i;
            }
        }
    }

    /// <summary>How many links there are.</summary>
    public int Count => _firstOfClass[^1];

    /// <summary>Numbers of the links that end at a device.</summary>
    public ReadOnlySpan<int> Of(int device) => _links.AsSpan(_start[device], _start[device + 1] - _start[device]);

    /// <summary>The number of a link.</summary>
    public int NumberOf(LinkClass links, int index) => _firstOfClass[links.Index] + index;

    /// <summary>The class of a link, and its place in it.</summary>
    public (LinkClass Class, int Index) At(int link)
    {
        int c = Array.BinarySearch(_firstOfClass, link);
        // Of classes without links the last begins at the link.
        c = c < 0 ? ~c - 1 : c;
        while (_firstOfClass[c + 1] == _firstOfClass[c])
        {
            c++;
        }

        return (_network.LinkClasses[c], link - _firstOfClass[c]);
    }
}
