using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>The names that go on cables and into the files: cable ids, products, bundles, labels.</summary>
/// <remarks>A label reads <c>site:hall:row:rack:U:device:port:lane</c>, for example <c>site-1:hall-1:R03:A03-12:U24:be-leaf-001:E1/7:0</c>; docs/models/bill.md describes the scheme.</remarks>
public static class CableNaming
{
    /// <summary>What the ids of a link class's cables start with: <c>be-hl-</c> (backend, host to leaf), <c>fe-ls-</c> (frontend, leaf to spine), <c>oob-ss-</c> (management, spine to super-spine).</summary>
    public static string Prefix(LinkClass links) => Short(links.Fabric) + (links.From, links.To) switch
    {
        (Tier.Host, _) => "-hl-",
        (Tier.Leaf, _) => "-ls-",
        _ => "-ss-",
    };

    /// <summary>Digits of the number in every cable id of a plan, so that ids sort as text.</summary>
    public static int Digits(CablePlan cables) => Math.Max(5, cables.Cables.Length.ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>The id of cable <paramref name="cable"/>, a leg of which is in <paramref name="links"/>: <c>be-hl-00017</c>.</summary>
    public static string CableId(LinkClass links, int cable, int digits) => Prefix(links) + (cable + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>The catalogue id of the assembly or of both modules; unlike modules as <c>A+Z</c>.</summary>
    public static string ProductId(LinkProduct product) => product.A.Id == product.Z.Id ? product.A.Id : product.A.Id + "+" + product.Z.Id;

    /// <summary>The kind as cables.csv prints it: <c>dac</c>, <c>sr</c> ...</summary>
    public static string KindWord(LinkProduct product) => product.A.Kind.ToString().ToLowerInvariant();

    /// <summary>The part of a label that says where a device is, up to and including the colon after its name.</summary>
    public static string LabelPlace(ClusterDesign design, int device)
    {
        Rack rack = design.Placement.Racks[design.Placement.RackOfDevice[device]];
        Hall hall = design.Placement.Halls[rack.Hall];
        return string.Create(CultureInfo.InvariantCulture, $"{hall.Site}:{hall.Name}:R{rack.Row:00}:{rack.Name}:U{design.Placement.UnitOfDevice[device]:00}:{design.Network.NameOf(device)}:");
    }

    /// <summary>The label at one end of a link.</summary>
    public static string Label(ClusterDesign design, FabricRole fabric, int device, int cage, int lane) =>
        string.Create(CultureInfo.InvariantCulture, $"{LabelPlace(design, device)}{design.Network.PortName(device, fabric, cage)}:{lane}");

    /// <summary><c>be</c>, <c>fe</c> or <c>oob</c>.</summary>
    public static string Short(FabricRole role) => role switch
    {
        FabricRole.Backend => "be",
        FabricRole.Frontend => "fe",
        _ => "oob",
    };
}
