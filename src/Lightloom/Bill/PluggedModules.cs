using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Bill;

/// <summary>
/// What plugs in where: cages in use, and how many modules and assembly ends each run of like devices holds. A cage counts once, however
/// many links share it.
/// </summary>
internal sealed class PluggedModules
{
    private readonly Dictionary<(int Group, InterconnectModel Model, Breakout Use), long> _modules = [];
    private readonly Network _network;
    private readonly List<(InterconnectModel Model, Breakout Use)> _models;
    private readonly long[] _counts;

    // Slots of _counts above zero, in the order in which they were met.
    private readonly List<int> _used = [];

    private PluggedModules(Network network, List<(InterconnectModel Model, Breakout Use)> models)
    {
        _network = network;
        _models = models;
        _counts = new long[network.Groups.Count * models.Count];
    }

    /// <summary>Distinct cages that carry at least one link.</summary>
    public long Cages { get; private set; }

    /// <summary>Modules by device group, model and, where that decides what it draws, use; assemblies not counted.</summary>
    public IReadOnlyDictionary<(int Group, InterconnectModel Model, Breakout Use), long> Modules => _modules;

    /// <summary>Counts every cage at both ends of every link.</summary>
    public static PluggedModules Count(Network network, CablePlan cables)
    {
        // Models by number: hashing a catalogue entry costs more than all else here, and a large design asks millions of times.
        List<(InterconnectModel Model, Breakout Use)> models = [];
        int[][] aModels = [.. network.LinkClasses.Select(c => NumbersOf(models, cables, c.ACages, c.Rate, atA: true))];
        int[][] zModels = [.. network.LinkClasses.Select(c => NumbersOf(models, cables, c.ZCages, c.Rate, atA: false))];
        PluggedModules result = new(network, models);
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
                    result.Plug(seen, link.A, link.ACage, product < 0 ? -1 : aModels[links.Index][product]);
                    if (links.To == Tier.External)
                    {
                        continue;
                    }

                    result.Plug(seen, link.Z, link.ZCage, product < 0 ? -1 : zModels[links.Index][product]);
                }
            }
        }

        foreach (int slot in result._used)
        {
            (InterconnectModel model, Breakout use) = models[slot % models.Count];
            result._modules[(slot / models.Count, model, use)] = result._counts[slot];
        }

        return result;
    }

    // By product: the number of its module at one end of a class, or -1 where none plugs in.
    private static int[] NumbersOf(
        List<(InterconnectModel Model, Breakout Use)> models,
        CablePlan cables,
        CageUse cage,
        DataRate rate,
        bool atA
    )
    {
        int[] numbers = new int[cables.Products.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            LinkProduct product = cables.Products[i];
            InterconnectModel model = atA ? product.A : product.Z;
            if (model.IsAssembly || (atA ? product.CoPackagedA : product.CoPackagedZ))
            {
                numbers[i] = -1;
                continue;
            }

            Breakout use = ModulePower.UseOf(model, cage, rate);
            int number = models.FindIndex(m => ReferenceEquals(m.Model, model) && m.Use == use);
            if (number < 0)
            {
                number = models.Count;
                models.Add((model, use));
            }

            numbers[i] = number;
        }

        return numbers;
    }

    private void Plug(Seen seen, int device, int cage, int model)
    {
        int group = _network.GroupOfDevice[device];
        if (!seen.Add(group, device, cage))
        {
            return;
        }

        Cages++;
        if (model >= 0)
        {
            int slot = (group * _models.Count) + model;
            if (_counts[slot]++ == 0)
            {
                _used.Add(slot);
            }
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
