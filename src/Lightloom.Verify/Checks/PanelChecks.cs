using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// Patch panels are devices: known, bought once, with the ports that are used, and standing where nothing else does, in a frame of their
/// own or in units that their rack keeps for them.
/// </summary>
internal static class PanelChecks
{
    private const string Design = "design.json";

    public static void Run(PieceScene pieces, Dictionary<int, Place> places)
    {
        Scene scene = pieces.Scene;
        Dictionary<int, int> highest = HighestPorts(pieces);
        Bought(scene, highest.Count);
        Dictionary<(int Hall, int Rack, int Unit), int> taken = UnitsOfDevices(scene);
        Dictionary<(string Hall, string Rack), RackEntry> racks = [];
        foreach (RackEntry rack in scene.Design.Racks)
        {
            racks.TryAdd((rack.Hall, rack.Name), rack);
        }

        Polishes(pieces);
        HashSet<int> holding = WithCassettes(pieces);
        Dictionary<RackEntry, int> inRack = [];
        foreach ((int panel, int port) in highest.OrderBy(h => h.Key))
        {
            scene.Found.Checked(Rules.DeviceKnown, 1);
            DeviceRun? run = scene.Facts.Panels.GetValueOrDefault(scene.Device(panel));
            if (run is null)
            {
                Say(scene, Rules.DeviceKnown, $"{scene.Device(panel)} is no panel of design.json");
                continue;
            }

            Ports(scene, panel, port, run);
            Kind(scene, panel, run, holding.Contains(panel));
            Place place = places[panel];
            Stands(scene, panel, Math.Max(1, run.RackUnits), place, taken);
            if (racks.TryGetValue((scene.Folder.Names.Halls[place.Hall], scene.Folder.Names.Racks[place.Rack]), out RackEntry? rack))
            {
                InRack(scene, panel, run, place, rack);
                inRack[rack] = inRack.GetValueOrDefault(rack) + Math.Max(1, run.RackUnits);
            }
        }

        foreach (RackEntry rack in scene.Design.Racks)
        {
            if (rack.PanelUnits != inRack.GetValueOrDefault(rack))
            {
                scene.Found.Add(
                    Rules.RackRoom,
                    Design,
                    0,
                    $"panel_units of {rack.Name} is {rack.PanelUnits}; the panels of pieces.csv fill {inRack.GetValueOrDefault(rack)} there"
                );
            }
        }
    }

    // By panel: the highest front port that a plug is in.
    private static Dictionary<int, int> HighestPorts(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        Dictionary<int, int> highest = [];
        foreach (ref readonly PieceRow row in pieces.Rows)
        {
            foreach (PieceEnd end in (ReadOnlySpan<PieceEnd>)[row.A, row.Z])
            {
                if (end.Port >= 0 && scene.Folder.Names.Ports[end.Port] is var port && port.StartsWith("front:", StringComparison.Ordinal))
                {
                    highest[end.Device] = Math.Max(highest.GetValueOrDefault(end.Device), Math.Max(0, PortReading.LastNumber(port)));
                }
                else if (end.Port >= 0 && scene.Folder.Names.Ports[end.Port].StartsWith("rear:", StringComparison.Ordinal))
                {
                    highest.TryAdd(end.Device, 0);
                }
            }
        }

        return highest;
    }

    private static HashSet<int> WithCassettes(PieceScene pieces)
    {
        HashSet<int> holding = [];
        foreach (ref readonly PieceRow row in pieces.Rows)
        {
            if (pieces.Kind(row) == "cassette")
            {
                holding.Add(row.A.Device);
            }
        }

        return holding;
    }

    // Cassettes bring the adapters of their front with them; two plugs that meet without one need a panel that has adapters.
    private static void Kind(Scene scene, int panel, DeviceRun run, bool holdsCassettes)
    {
        if (scene.Facts.Catalogue.Passives.GetValueOrDefault(run.Model) is not { } part)
        {
            return;
        }

        scene.Found.Checked(Rules.PanelKind, 1);
        if (part.Kind != (holdsCassettes ? PassiveKind.Housing : PassiveKind.Panel))
        {
            Say(
                scene,
                Rules.PanelKind,
                holdsCassettes
                    ? $"cassettes stand in {scene.Device(panel)}; {run.Model} is a {part.Kind.ToWord()}, no housing"
                    : $"plugs meet in {scene.Device(panel)} without a cassette; {run.Model} is a {part.Kind.ToWord()}, which has no adapters"
            );
        }
    }

    // Flat and angled plugs fit the same adapter, so that a panel is kept for one polish; behind LC sockets stand cassettes.
    private static void Polishes(PieceScene pieces)
    {
        Scene scene = pieces.Scene;
        foreach (ref readonly PieceRow row in pieces.Rows)
        {
            for (int side = 0; side < 2; side++)
            {
                PieceEnd end = side == 0 ? row.A : row.Z;
                if (
                    end.Port < 0
                    || scene.Facts.Panels.GetValueOrDefault(scene.Device(end.Device)) is not { } run
                    || scene.Facts.Catalogue.Passives.GetValueOrDefault(run.Model)?.Connector?.Value is not { } connector
                    || PieceChecks.PolishOf(connector) is not { } takes
                    || (
                        !connector.Contains("MPO", StringComparison.Ordinal)
                        && scene.Folder.Names.Ports[end.Port].StartsWith("rear:", StringComparison.Ordinal)
                    )
                )
                {
                    continue;
                }

                string polish = PieceChecks.PolishAt(scene.Word(row.Polish), atA: side == 0);
                scene.Found.Checked(Rules.Polish, 1);
                if (polish != takes)
                {
                    scene.Found.Add(
                        Rules.Polish,
                        PieceTable.File,
                        row.Line,
                        $"{pieces.Id(row.Piece)} is polished {polish} at {pieces.Plug(end)}; {run.Model} there takes {connector}"
                    );
                }
            }
        }
    }

    private static void Bought(Scene scene, int used)
    {
        BillRow[] bought = [.. scene.Folder.Bill.Where(r => r.Category == "panel")];
        int line = bought.Length > 0 ? bought[0].Line : 0;
        if (bought.Sum(r => (long)r.Quantity) != used)
        {
            scene.Found.Add(
                Rules.PieceBill,
                BillTable.File,
                line,
                $"the bill has {bought.Sum(r => (long)r.Quantity)} panels; pieces.csv ends in {used}"
            );
        }

        Dictionary<string, long> stand = [];
        foreach (DeviceRun run in scene.Facts.Panels.Values)
        {
            stand[run.Model] = stand.GetValueOrDefault(run.Model) + 1;
        }

        scene.Found.Checked(Rules.PieceBill, stand.Count);
        foreach (BillRow row in bought)
        {
            stand.Remove(row.Product, out long count);
            if (count != (long)row.Quantity)
            {
                scene.Found.Add(
                    Rules.PieceBill,
                    BillTable.File,
                    row.Line,
                    $"the bill has {(long)row.Quantity} {row.Product}; there are {count} under devices"
                );
            }
        }

        foreach ((string model, long count) in stand)
        {
            scene.Found.Add(Rules.PieceBill, BillTable.File, 0, $"the bill has no {model}; there are {count} under devices");
        }
    }

    private static void Ports(Scene scene, int panel, int port, DeviceRun run)
    {
        scene.Found.Checked(Rules.PanelPorts, 1);
        int has = scene.Facts.Catalogue.Passives.GetValueOrDefault(run.Model)?.Ports?.Value ?? run.FrontPorts;
        if (port > has || run.FrontPorts != has)
        {
            Say(
                scene,
                Rules.PanelPorts,
                $"{scene.Device(panel)} has a front port {port}; {run.Model} has {has}, design.json says {run.FrontPorts}"
            );
        }
    }

    private static Dictionary<(int Hall, int Rack, int Unit), int> UnitsOfDevices(Scene scene)
    {
        Dictionary<(int, int, int), int> taken = [];
        HashSet<int> seen = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A);
            Take(row.Z);
        }

        return taken;

        void Take(in CableEnd end)
        {
            if (seen.Add(end.Device) && scene.Facts.DeviceOf(end.Device) is { Run.Racks: 0 } device)
            {
                Place place = scene.Folder.Cables.Places[end.Place];
                for (int unit = place.Unit; unit < place.Unit + Math.Max(1, device.Run.RackUnits); unit++)
                {
                    taken.TryAdd((place.Hall, place.Rack, unit), end.Device);
                }
            }
        }
    }

    private static void Stands(Scene scene, int panel, int height, Place place, Dictionary<(int Hall, int Rack, int Unit), int> taken)
    {
        scene.Found.Checked(Rules.UnitOnce, height);
        for (int unit = place.Unit; unit < place.Unit + height; unit++)
        {
            if (!taken.TryAdd((place.Hall, place.Rack, unit), panel))
            {
                int other = taken[(place.Hall, place.Rack, unit)];
                Say(
                    scene,
                    Rules.UnitOnce,
                    $"{scene.Device(panel)} and {scene.Device(other)} both fill unit {unit} of {scene.Folder.Names.Racks[place.Rack]}"
                );
                return;
            }
        }
    }

    // A panel in a rack fills units that are kept for panels, above those of devices. A system's rack keeps none: there panels fill what its
    // trays leave, and UnitOnce holds them apart.
    private static void InRack(Scene scene, int panel, DeviceRun run, Place place, RackEntry rack)
    {
        scene.Found.Checked(Rules.UnitInRack, 1);
        int top = place.Unit + Math.Max(1, run.RackUnits) - 1;
        if (rack is { Use: "rack-scale", ReservedUnits: 0 })
        {
            if (place.Unit < 1 || top > rack.Units)
            {
                Say(
                    scene,
                    Rules.UnitInRack,
                    $"{scene.Device(panel)} ({run.Model}, {run.RackUnits} U) stands at unit {place.Unit} of {rack.Name}, "
                        + $"which has {rack.Units}"
                );
            }
        }
        else if (place.Unit <= rack.Units || top > rack.Units + rack.ReservedUnits)
        {
            Say(
                scene,
                Rules.UnitInRack,
                $"{scene.Device(panel)} ({run.Model}, {run.RackUnits} U) stands at unit {place.Unit} of {rack.Name}, "
                    + $"which keeps units {rack.Units + 1} to {rack.Units + rack.ReservedUnits} for panels"
            );
        }
    }

    private static void Say(Scene scene, Rule rule, string text) => scene.Found.Add(rule, PieceTable.File, 0, $"{text}");
}
