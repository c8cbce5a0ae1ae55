using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Catalog;
using Lightloom.Topology;

namespace Lightloom.Bill;

/// <summary>
/// What plugs in where: cages in use, and how many modules and assembly ends each run of like devices holds. A cage counts once, however
/// many links share it.
/// </summary>
internal sealed class PluggedModules
{
    private readonly Dictionary<(int Group, InterconnectModel Model), long> _modules = [];

    /// <summary>Distinct cages that carry at least one link.</summary>
    public long Cages { get; private set; }

    /// <summary>Modules by device group and model, assemblies not counted.</summary>
    public IReadOnlyDictionary<(int Group, InterconnectModel Model), long> Modules => _modules;

    /// <summary>Counts every cage at both ends of every link.</summary>
    public static PluggedModules Count(Network network, CablePlan cables)
    {
        PluggedModules result = new();
        InterconnectModel?[] aModels = cables.Products.Select(p => p.CoPackagedA ? null : p.A).ToArray();
        InterconnectModel?[] zModels = cables.Products.Select(p => p.CoPackagedZ ? null : p.Z).ToArray();
        foreach (IGrouping<FabricRole, LinkClass> fabric in network.LinkClasses.GroupBy(c => c.Fabric))
        {
            Seen seen = new(network, fabric);
            foreach (LinkClass links in fabric)
            {
                ImmutableArray<int> cableOf = cables.CableOfLink[links.Index];
                for (int i = 0; i < links.Links.Length; i++)
                {
                    int cable = cableOf[i];
                    int product = cable < 0 ? -1 : cables.Cables[cable].Product;
                    Link link = links.Links[i];
                    result.Plug(network, seen, link.A, link.ACage, product < 0 ? null : aModels[product]);
                    result.Plug(network, seen, link.Z, link.ZCage, product < 0 ? null : zModels[product]);
                }
            }
        }

        return result;
    }

    private void Plug(Network network, Seen seen, int device, int cage, InterconnectModel? model)
    {
        if (!seen.Add(network.GroupOfDevice[device], device, cage))
        {
            return;
        }

        Cages++;
        if (model is { IsAssembly: false })
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _modules,
                (network.GroupOfDevice[device], model),
                out _
            )++;
        }
    }

    // One bit a cage of every device of a fabric.
    private sealed class Seen
    {
        private readonly ulong[]?[] _bits;
        private readonly int[] _words;
        private readonly int[] _first;

        public Seen(Network network, IEnumerable<LinkClass> classes)
        {
            int[] highest = new int[network.Groups.Count];
            foreach (LinkClass links in classes)
            {
                foreach (ref readonly Link link in links.Links.AsSpan())
                {
                    ref int a = ref highest[network.GroupOfDevice[link.A]];
                    a = Math.Max(a, link.ACage);
                    ref int z = ref highest[network.GroupOfDevice[link.Z]];
                    z = Math.Max(z, link.ZCage);
                }
            }

            _words = highest.Select(h => h / 64 + 1).ToArray();
            _first = network.Groups.Select(g => g.First).ToArray();
            _bits = network.Groups.Select((g, i) => highest[i] == 0 ? null : new ulong[(long)g.Count * _words[i]]).ToArray();
        }

        public bool Add(int group, int device, int cage)
        {
            ref ulong word = ref _bits[group]![(long)(device - _first[group]) * _words[group] + cage / 64];
            ulong bit = 1UL << (cage & 63);
            bool fresh = (word & bit) == 0;
            word |= bit;
            return fresh;
        }
    }
}
