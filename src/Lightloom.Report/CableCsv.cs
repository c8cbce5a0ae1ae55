using System.Globalization;
using System.Text;
using Lightloom.Cabling;
using Lightloom.Design;
using Lightloom.Floor;
using Lightloom.Topology;

namespace Lightloom.Report;

/// <summary>Writes cables.csv: one row a logical link, both ends down to hall, row, rack, unit, device, port and lane.</summary>
/// <remarks>
/// A design may have tens of millions of rows, so everything that repeats (a device's place, a port's name, a route between two racks) is
/// turned into UTF-8 once and copied from then on. The rows stand in the order of the link classes; two runs give the same bytes.
/// </remarks>
public static class CableCsv
{
    /// <summary>The header row.</summary>
    public const string Header =
        "cable_id,fabric,plane,rail,tier,a_hall,a_row,a_rack,a_ru,a_device,a_port,a_lane,z_hall,z_row,z_rack,z_ru,z_device,z_port,z_lane,"
        + "rate_gbps,breakout,product,kind,length_m,order_length_m,reach_m,loss_db,route,bundle,label_a,label_z";

    /// <summary>What follows the header row where the file names ports otherwise than by cage: the ports themselves, and the XPU at A.</summary>
    public const string LegHeader = ",a_interface,z_interface,a_xpu";

    private const int RowsBetweenLooks = 1 << 12;

    /// <summary>Writes every cable.</summary>
    /// <param name="design">The design.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="progress">Told the share that is done, or null.</param>
    /// <param name="cancel">Looked at every few thousand rows.</param>
    /// <returns>How many rows were written, the header not counted.</returns>
    public static long Write(ClusterDesign design, Stream stream, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        Utf8Lines lines = new(stream);
        byte[] header = Encoding.UTF8.GetBytes(Header + (design.Network.Ports.NamesLegs ? LegHeader : "") + "\n");
        lines.Reserve(header.Length);
        lines.Put(header);

        RowParts parts = new(design);
        long total = Math.Max(1, design.Network.LinkCount);
        long rows = 0;
        foreach (LinkClass links in design.Network.LinkClasses)
        {
            for (int from = 0; from < links.Links.Length; from += RowsBetweenLooks)
            {
                cancel.ThrowIfCancellationRequested();
                int to = Math.Min(links.Links.Length, from + RowsBetweenLooks);
                parts.WriteRows(lines, links, from, to);
                rows += to - from;
                progress?.Report((double)rows / total);
            }
        }

        lines.Flush();
        return rows;
    }

    /// <summary>Everything that rows are put together from.</summary>
    private sealed class RowParts
    {
        private readonly ClusterDesign _design;
        private readonly EndTexts _ends;
        private readonly ProductText[] _products;
        private readonly RouteTexts _routes;
        private readonly CableIds[] _ids;
        private readonly bool _namesLegs;
        private readonly int _bundleDigits;

        public RowParts(ClusterDesign design)
        {
            _design = design;
            _ends = new(design);
            _products = design.Cables.Products.Select(p => new ProductText(p)).ToArray();
            _routes = new(design);
            _ids = CableIds.Of(design);
            _namesLegs = design.Network.Ports.NamesLegs;
            _bundleDigits = Digits(design.Cables);
        }

        public void WriteRows(Utf8Lines lines, LinkClass links, int from, int to)
        {
            ReadOnlySpan<Link> all = links.Links;
            ReadOnlySpan<int> cableOf = _design.Cables.CableOfLink[links.Index].AsSpan();
            ReadOnlySpan<int> lengthOf = _design.Cables.LengthOfLink[links.Index].AsSpan();
            ReadOnlySpan<Cable> cables = _design.Cables.Cables.AsSpan();
            ReadOnlySpan<ushort> groups = _design.Network.GroupOfDevice;
            ReadOnlySpan<int> rackOf = _design.Placement.RackOfDevice.AsSpan();
            CableIds ids = _ids[links.Index];
            byte[] fabric = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{links.Fabric.ToWord()},{links.Plane},"));
            byte[] tier = Encoding.UTF8.GetBytes($",{links.TierWord},");
            byte[] rate = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{links.Rate.Gbps:0.###},"));
            int fixedSize = 512 + 2 * _ends.Longest;
            for (int i = from; i < to; i++)
            {
                ref readonly Link link = ref all[i];
                int number = cableOf[i];
                Cable cable = number < 0 ? new() { Product = -1, Bundle = -1 } : cables[number];
                ProductText product = cable.Product < 0 ? ProductText.None : _products[cable.Product];
                byte[] aPort = _ends.Port(groups[link.A], links.Fabric, link.ACage);
                byte[] zPort = _ends.Port(groups[link.Z], links.Fabric, link.ZCage);
                int aRack = _ends.Rack(link.A, links.Fabric, link.ACage);
                int zRack = rackOf[link.Z];
                int aStand = _ends.Stand(link.A, links.Fabric, link.ACage);
                int zStand = _ends.Stand(link.Z, links.Fabric, link.ZCage);
                byte[] route = _routes.Between(aRack, zRack);
                lines.Reserve(
                    fixedSize
                        + ids.Before.Length
                        + ids.Behind.Length
                        + route.Length
                        + 2 * (aPort.Length + zPort.Length)
                        + product.Text.Length
                );

                if (number >= 0)
                {
                    lines.Put(ids.Before.Span);
                    lines.PutPadded(number + 1, ids.Digits);
                    lines.Put(ids.Behind.Span);
                }

                lines.Put(fabric);
                if (link.Rail >= 0)
                {
                    lines.Put(link.Rail);
                }

                lines.Put(tier);
                _ends.PutPlace(lines, aRack, aStand);
                lines.Put(aPort);
                lines.PutByte((byte)',');
                lines.Put(link.ALane);
                lines.PutByte((byte)',');
                _ends.PutPlace(lines, zRack, zStand);
                lines.Put(zPort);
                lines.PutByte((byte)',');
                lines.Put(link.ZLane);
                lines.Put(rate);
                lines.Put(product.Text);
                lines.PutThousandths(lengthOf[i]);
                lines.PutByte((byte)',');
                if (number >= 0)
                {
                    lines.PutThousandths(cable.OrderLengthMillimetres);
                }

                lines.PutByte((byte)',');
                lines.Put(product.Reach);
                lines.PutByte((byte)',');
                PutLoss(lines, number, product);
                lines.PutByte((byte)',');
                lines.Put(route);
                lines.PutByte((byte)',');
                if (cable.Bundle >= 0)
                {
                    lines.PutByte((byte)'B');
                    lines.PutPadded(cable.Bundle + 1, _bundleDigits);
                }

                lines.PutByte((byte)',');
                if (_namesLegs)
                {
                    PutLegs(lines, links, link, (aRack, aStand), (zRack, zStand));
                }
                else
                {
                    PutLabel(lines, aRack, aStand, aPort, link.ALane);
                    lines.PutByte((byte)',');
                    PutLabel(lines, zRack, zStand, zPort, link.ZLane);
                }

                lines.PutByte((byte)'\n');
            }
        }

        private void PutLoss(Utf8Lines lines, int cable, ProductText product)
        {
            int loss = product.LossThousandths(_design.Cables, cable);
            if (loss >= 0)
            {
                lines.PutThousandths(loss);
            }
        }

        private void PutLabel(Utf8Lines lines, int rack, int stand, byte[] port, int lane)
        {
            bool quote = _ends.OpenLabel(lines, rack, stand);
            lines.Put(port);
            lines.PutByte((byte)':');
            lines.Put(lane);
            EndTexts.CloseLabel(lines, quote);
        }

        // Labels by the ports' names, then the names, and the XPU at A.
        private void PutLegs(Utf8Lines lines, LinkClass links, in Link link, (int Rack, int Stand) aEnd, (int Rack, int Stand) zEnd)
        {
            ReadOnlySpan<ushort> groups = _design.Network.GroupOfDevice;
            byte[] a = _ends.Leg(groups[link.A], links.Fabric, link.ACage, link.ALane, links.ACages.Breakout);
            byte[] z = _ends.Leg(groups[link.Z], links.Fabric, link.ZCage, link.ZLane, links.ZCages.Breakout);
            PutLegLabel(lines, aEnd, a);
            lines.PutByte((byte)',');
            PutLegLabel(lines, zEnd, z);
            lines.PutByte((byte)',');
            lines.Put(a);
            lines.PutByte((byte)',');
            lines.Put(z);
            lines.PutByte((byte)',');
            lines.Put(_ends.Xpu(groups[link.A], links.Fabric, link.ACage, link.ALane, links.ACages.Breakout));
        }

        private void PutLegLabel(Utf8Lines lines, (int Rack, int Stand) end, byte[] leg)
        {
            bool quote = _ends.OpenLabel(lines, end.Rack, end.Stand);
            lines.Put(leg);
            EndTexts.CloseLabel(lines, quote);
        }

        private static int Digits(CablePlan cables)
        {
            int highest = -1;
            foreach (ref readonly Cable cable in cables.Cables.AsSpan())
            {
                highest = Math.Max(highest, cable.Bundle);
            }

            return Math.Max(4, (highest + 1).ToString(CultureInfo.InvariantCulture).Length);
        }
    }

    /// <summary>A product's part of a row: breakout, product and kind, and its reach.</summary>
    private sealed class ProductText
    {
        public static readonly ProductText None = new();
        private readonly bool _hasLoss;
        private readonly Dictionary<long, int> _losses = [];
        private long _lastKey = -1;
        private int _lastLoss;

        public ProductText(LinkProduct product)
        {
            Text = Encoding.UTF8.GetBytes($"{product.Breakout},{Csv.Field(product.Id)},{CableNaming.KindWord(product)},");
            _hasLoss = !product.IsAssembly;
            Reach = Encoding.UTF8.GetBytes(product.Reach.Metres.ToString("0.###", CultureInfo.InvariantCulture));
        }

        private ProductText()
        {
            Text = ",,,"u8.ToArray();
            Reach = [];
        }

        public byte[] Text { get; }

        public byte[] Reach { get; }

        /// <summary>
        /// The loss of a cable in thousandths of a decibel, rounded to hundredths, or -1. Cables of one length with as many panels lose the
        /// same.
        /// </summary>
        public int LossThousandths(CablePlan cables, int cable)
        {
            if (!_hasLoss)
            {
                return -1;
            }

            long key = (long)cables.Cables[cable].OrderLengthMillimetres << 8 | (uint)cables.PanelsOf(cable);
            if (key != _lastKey)
            {
                ref int kept = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_losses, key, out bool known);
                if (!known)
                {
                    kept = cables.LossDb(cable) is { } loss ? (int)Math.Round(loss * 100) * 10 : -1;
                }

                _lastKey = key;
                _lastLoss = kept;
            }

            return _lastLoss;
        }
    }
}
