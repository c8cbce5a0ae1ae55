using Lightloom.Cabling;
using Lightloom.Hardware;
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
        Fixed(product, catalogue)
        + SimTime.FromNanoseconds(lengthMillimetres / 1000.0 * PropagationPerMetre(product, catalogue).Value.Nanoseconds);

    /// <summary>The part of <see cref="Of"/> that does not depend on the length.</summary>
    public static SimTime Fixed(LinkProduct product, Catalogue catalogue) =>
        Electronics("", product, catalogue).Each + (Fec(product, catalogue)?.Value ?? SimTime.Zero);

    /// <summary>
    /// The code's delay: lanes of 200G carry a stronger one; null for twisted pair, which carries none that is counted here.
    /// </summary>
    internal static Figure<SimTime>? Fec(LinkProduct product, Catalogue catalogue) =>
        product.Medium == Medium.TwistedPair
            ? null
            : catalogue.Nanoseconds(
                product.A.LaneRate?.Value is { } lane && lane >= DataRate.FromGbps(200) ? "fec-200g-lane-ns" : "fec-kp4-ns"
            );

    internal static LatencyTerm Electronics(string link, LinkProduct product, Catalogue catalogue)
    {
        bool copper = !product.Medium.IsFibre();
        SimTime a = product.A.Latency?.Value ?? SimTime.Zero,
            z = product.Z.Latency?.Value ?? SimTime.Zero;
        InterconnectModel slower = a >= z ? product.A : product.Z;
        if (slower.Latency is { } known)
        {
            return new(
                $"{link}: {(copper ? "cable electronics" : "modules")} ({slower.Id})",
                known.Value,
                2,
                known.Citation,
                known.IsAssumed
            );
        }

        // A redriver or passive cable without a figure adds next to nothing; a module without one counts as a DSP module.
        Figure<SimTime> dsp = catalogue.Nanoseconds("module-dsp-ns");
        return copper
            ? new(
                $"{link}: cable electronics ({slower.Id})",
                SimTime.Zero,
                2,
                "no figure published; taken as zero",
                product.A.Traits.IsActive
            )
            : new($"{link}: modules ({slower.Id})", dsp.Value, 2, dsp.Citation + "; no figure for this module", true);
    }

    internal static Figure<SimTime> PropagationPerMetre(LinkProduct product, Catalogue catalogue) =>
        product.A.PropagationPerMetre ?? catalogue.Nanoseconds(product.Medium.PropagationFact());

    /// <summary>What a switch adds, where the figure is from, and whether it is assumed.</summary>
    public static (SimTime Each, string Source, bool Assumed) OfSwitch(SwitchModel model, Catalogue catalogue)
    {
        if (model.Latency is { } known)
        {
            return (known.Value, known.Citation, known.IsAssumed);
        }

        Figure<SimTime> fallback = catalogue.Nanoseconds("switch-default-ns");
        return (fallback.Value, $"no figure for {model.Id}; {fallback.Citation}", true);
    }
}
