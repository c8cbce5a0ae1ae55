using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Channels;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>The names that go on cables and into the files: cable ids, products, bundles, labels.</summary>
/// <remarks>
/// A label reads <c>site:hall:row:rack:U:device:port:lane</c>, for example <c>site-1:hall-1:R03:A03-12:U24:be-leaf-001:E1/7:0</c>;
/// docs/models/bill.md describes the scheme.
/// </remarks>
public static class CableNaming
{
    /// <summary>
    /// What the ids of a link class's cables start with: <c>be-hl-</c> (backend, host to leaf), <c>fe-ls-</c> (frontend, leaf to spine),
    /// <c>oob-ss-</c> (management, spine to super-spine).
    /// </summary>
    public static string Prefix(LinkClass links) =>
        links.Fabric.Prefix
        + (links.From, links.To) switch
        {
            (Tier.Host, _) => "-hl-",
            (Tier.Leaf, Tier.Leaf) => "-ll-",
            (_, Tier.External) => "-ex-",
            (Tier.Leaf, _) => "-ls-",
            _ => "-ss-",
        };

    /// <summary>Digits of the number in every piece id, so that ids sort as text: <c>P00017</c>.</summary>
    public static int PieceDigits(ChannelPlan channels) => Math.Max(5, channels.Pieces.ToString(CultureInfo.InvariantCulture).Length);

    /// <summary>The id of a piece: <c>P00017</c>.</summary>
    /// <param name="number">The piece's number from 0.</param>
    /// <param name="digits">As <see cref="PieceDigits"/> says.</param>
    public static string PieceId(long number, int digits) => "P" + (number + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>The kind as cables.csv prints it: <c>dac</c>, <c>sr</c> ...</summary>
    public static string KindWord(LinkProduct product) => product.Head.Kind.ToWord();

    /// <summary>The first part of a label: <c>site:hall:row:rack:</c>.</summary>
    public static string LabelOfRack(Placement placement, int rack)
    {
        Rack one = placement.Racks[rack];
        Hall hall = placement.Halls[one.Hall];
        return string.Create(CultureInfo.InvariantCulture, $"{hall.Site}:{hall.Name}:R{one.Row:00}:{one.Name}:");
    }

    /// <summary>The second part of a label: <c>U24:device:</c>.</summary>
    public static string LabelOfStand(ClusterDesign design, (int Device, Tray? Tray) stand) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"U{stand.Tray?.Unit ?? design.Placement.UnitOfDevice[stand.Device]:00}:{NameOfStand(design, stand.Device, stand.Tray)}:"
        );

    /// <summary>The name of a device, or of a tray of it.</summary>
    public static string NameOfStand(ClusterDesign design, int device, Tray? tray) =>
        tray is null ? design.Network.NameOf(device) : design.Network.GroupOf(device).NameOf(device, tray);

    /// <summary>The label at one end of a link: place, device and the port that the leg is.</summary>
    public static string Label(ClusterDesign design, FabricRole fabric, int device, int cage, string leg) =>
        LabelOfRack(design.Placement, design.Placement.RackOfPort(design.Network, device, fabric, cage))
        + LabelOfStand(design, (device, design.Network.TrayOf(device, fabric, cage)))
        + leg;

    /// <summary>The label at a plug in a device: place, device, cage and, in a module with optical sockets, the socket.</summary>
    /// <param name="design">The design.</param>
    /// <param name="end">The plug; not one in a panel.</param>
    /// <param name="port">Name of its cage.</param>
    public static string PlugLabel(ClusterDesign design, in PieceEnd end, string port) =>
        Label(
            design,
            end.Fabric,
            end.Device,
            end.Port,
            port + (end.Socket < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":s{end.Socket}"))
        );
}
