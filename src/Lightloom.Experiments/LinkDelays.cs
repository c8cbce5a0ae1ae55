using System.Collections.Immutable;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Hardware;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Experiments;

/// <summary>
/// The delays of one class of links: by product and routed length where cables are planned, else by the length that the catalogue assumes
/// of the tier, in single-mode fibre, with forward error correction and a module's electronics.
/// </summary>
internal sealed class LinkDelays
{
    // Lengths are rounded to a decimetre: half a nanosecond.
    private const int LengthStep = 100;
    private readonly Catalogue _catalogue;
    private readonly CablePlan? _cables;
    private readonly ImmutableArray<int> _lengths;
    private readonly ImmutableArray<int> _cableOf;
    private readonly Dictionary<(int Product, int Length), SimTime> _known = [];
    private readonly SimTime _assumed;

    public LinkDelays(Catalogue catalogue, LinkClass links, CablePlan? cables)
    {
        (_catalogue, _cables) = (catalogue, cables);
        if (cables is not null)
        {
            (_lengths, _cableOf) = (cables.LengthOfLink[links.Index], cables.CableOfLink[links.Index]);
            return;
        }

        string tier =
            links.From == Tier.Host ? "unplaced-host-link-m"
            : links.From == Tier.Leaf ? "unplaced-leaf-uplink-m"
            : "unplaced-spine-uplink-m";
        double metres = catalogue.Fact(tier).Value;
        _assumed =
            catalogue.Nanoseconds("fec-kp4-ns").Value
            + catalogue.Nanoseconds("module-dsp-ns").Value
            + SimTime.FromNanoseconds(metres * catalogue.Fact("propagation-singlemode-ns-per-m").Value);
    }

    /// <summary>The delay of a link by its place in the class.</summary>
    public SimTime Of(int index)
    {
        if (_cables is null)
        {
            return _assumed;
        }

        int length = (_lengths[index] + LengthStep / 2) / LengthStep * LengthStep;
        int product = _cableOf[index] >= 0 ? _cables.Cables[_cableOf[index]].Product : -1;
        if (!_known.TryGetValue((product, length), out SimTime delay))
        {
            delay =
                product < 0
                    ? SimTime.FromPicoseconds((long)(length * _catalogue.Fact("propagation-singlemode-ns-per-m").Value))
                    : LinkLatency.Of(_cables.Products[product], length, _catalogue);
            _known[(product, length)] = delay = SimTime.Max(SimTime.FromPicoseconds(1), delay);
        }

        return delay;
    }
}
