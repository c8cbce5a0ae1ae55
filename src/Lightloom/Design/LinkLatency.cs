using Lightloom.Cabling;
using Lightloom.Catalog;
using Lightloom.Units;

namespace Lightloom.Design;

/// <summary>
/// What one link and one switch add to a path without load. The budget of a fabric and the simulation both count by these.
/// </summary>
public static class LinkLatency
{
    /// <summary>Forward error correction, the electronics of both ends, and the cable at its length, in one direction.</summary>
    /// <param name="product">What the cable is made of.</param>
    /// <param name="lengthMillimetres">Its length.</param>
    /// <param name="catalogue">Where the figures come from.</param>
    public static SimTime Of(LinkProduct product, int lengthMillimetres, Catalogue catalogue) =>
        Fixed(product, catalogue) + SimTime.FromNanoseconds(lengthMillimetres / 1000.0 * Propagation(product, catalogue).PerMetre);

    /// <summary>The part of <see cref="Of"/> that does not depend on the length.</summary>
    public static SimTime Fixed(LinkProduct product, Catalogue catalogue) =>
        Electronics("", product, catalogue).Each + (Fec(product, catalogue) is { } fec ? SimTime.FromNanoseconds(fec.Value) : SimTime.Zero);

    /// <summary>
    /// The code's delay: lanes of 200G carry a stronger one; null for twisted pair, which carries none that is counted here.
    /// </summary>
    internal static Fact? Fec(LinkProduct product, Catalogue catalogue) =>
        product.Medium == Medium.TwistedPair
            ? null
            : catalogue.Fact(product.A.LaneRate is { } lane && lane >= DataRate.FromGbps(200) ? "fec-200g-lane-ns" : "fec-kp4-ns");

    internal static string Cite(Fact fact) => fact.Assumed ?? string.Join(", ", fact.SourceIds);

    internal static LatencyTerm Electronics(string link, LinkProduct product, Catalogue catalogue)
    {
        bool copper = product.Medium is Medium.Copper or Medium.TwistedPair;
        InterconnectModel slower = (product.A.Latency ?? SimTime.Zero) >= (product.Z.Latency ?? SimTime.Zero) ? product.A : product.Z;
        if (slower.Latency is { } known)
        {
            bool assumed = slower.IsAssumed("module_latency_ns") || slower.IsAssumed("latency_ns");
            return new(
                $"{link}: {(copper ? "cable electronics" : "modules")} ({slower.Id})",
                known,
                2,
                string.Join(", ", slower.SourcesOf("module_latency_ns")),
                assumed
            );
        }

        // A redriver or passive cable without a figure adds next to nothing; a module without one counts as a DSP module.
        Fact dsp = catalogue.Fact("module-dsp-ns");
        return copper
            ? new(
                $"{link}: cable electronics ({slower.Id})",
                SimTime.Zero,
                2,
                "no figure published; taken as zero",
                product.A.Kind != InterconnectKind.Dac
            )
            : new($"{link}: modules ({slower.Id})", SimTime.FromNanoseconds(dsp.Value), 2, Cite(dsp) + "; no figure for this module", true);
    }

    internal static (double PerMetre, string Source) Propagation(LinkProduct product, Catalogue catalogue)
    {
        if (product.A.PropagationPerMetre is { } known)
        {
            return (known.Nanoseconds, string.Join(", ", product.A.SourcesOf("propagation_ns_per_m")));
        }

        Fact fact = catalogue.Fact(
            product.Medium switch
            {
                Medium.Copper => "propagation-twinax-ns-per-m",
                Medium.TwistedPair => "propagation-twisted-pair-ns-per-m",
                Medium.Os2 => "propagation-singlemode-ns-per-m",
                _ => "propagation-multimode-ns-per-m",
            }
        );
        return (fact.Value, Cite(fact));
    }

    /// <summary>What a switch adds, where the figure is from, and whether it is assumed.</summary>
    public static (SimTime Each, string Source, bool Assumed) OfSwitch(SwitchModel model, Catalogue catalogue)
    {
        if (model.Latency is { } known)
        {
            return (
                known,
                model.IsAssumed("latency_ns") ? model.Assumptions["latency_ns"] : string.Join(", ", model.SourcesOf("latency_ns")),
                model.IsAssumed("latency_ns")
            );
        }

        Fact fallback = catalogue.Fact("switch-default-ns");
        return (SimTime.FromNanoseconds(fallback.Value), $"no figure for {model.Id}; {Cite(fallback)}", true);
    }
}
