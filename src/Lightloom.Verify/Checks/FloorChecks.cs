using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>Every device stands once, in units of its own, in a rack that has room and power for it.</summary>
internal static class FloorChecks
{
    private const string Design = "design.json";

    public static void Run(Scene scene)
    {
        Dictionary<(string Hall, string Rack), RackEntry> racks = RacksOf(scene);
        Dictionary<int, Standing> standing = Places(scene, racks);
        Units(scene, racks, standing);
        Racks(scene, racks, standing);
        Trays(scene);
    }

    private static Dictionary<(string Hall, string Rack), RackEntry> RacksOf(Scene scene)
    {
        Dictionary<(string, string), RackEntry> racks = [];
        foreach (RackEntry rack in scene.Design.Racks)
        {
            if (!racks.TryAdd((rack.Hall, rack.Name), rack))
            {
                scene.Found.Add(Rules.RackRoom, Design, 0, $"the rack {rack.Name} of {rack.Hall} is there twice");
            }
        }

        return racks;
    }

    // The places of every device: one, or one a rack for a node of several racks.
    private static Dictionary<int, Standing> Places(Scene scene, Dictionary<(string Hall, string Rack), RackEntry> racks)
    {
        Dictionary<int, Standing> standing = [];
        HashSet<int> unknown = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A, row.Line);
            Take(row.Z, row.Line);
        }

        foreach (string name in scene.Facts.NamedTwice)
        {
            scene.Found.Add(Rules.DeviceKnown, Design, 0, $"two runs of devices claim the name {name}");
        }

        return standing;

        void Take(in CableEnd end, int line)
        {
            Place place = scene.Folder.Cables.Places[end.Place];
            if (!standing.TryGetValue(end.Device, out Standing? at))
            {
                standing[end.Device] = new([place], line);
                scene.Found.Checked(Rules.DeviceKnown, 1);
                scene.Found.Checked(Rules.DevicePlace, 1);
                if (scene.Facts.DeviceOf(end.Device) is not { } device)
                {
                    scene.Found.Add(Rules.DeviceKnown, CableTable.File, line, $"{scene.Device(end.Device)} is no device of design.json");
                }
                else if (device.IsUnknown)
                {
                    scene.Found.Add(
                        Rules.DeviceKnown,
                        CableTable.File,
                        line,
                        $"{scene.Device(end.Device)} is '{device.Run.Model}', which the catalogue does not have"
                    );
                }

                Known(scene, racks, place, end.Device, line);
                return;
            }

            if (at.Places.Contains(place))
            {
                return;
            }

            int most = Math.Max(1, scene.Facts.DeviceOf(end.Device)?.Run.Racks ?? 1);
            if (at.Places.Count < most)
            {
                at.Places.Add(place);
                Known(scene, racks, place, end.Device, line);
            }
            else
            {
                scene.Found.Add(
                    Rules.DevicePlace,
                    CableTable.File,
                    line,
                    $"{scene.Device(end.Device)} stands in {Words(scene, place)}; "
                        + $"in line {at.Line} it stands in {Words(scene, at.Places[0])}"
                );
            }
        }
    }

    private static void Known(Scene scene, Dictionary<(string Hall, string Rack), RackEntry> racks, Place place, int device, int line)
    {
        if (!racks.ContainsKey(KeyOf(scene, place)))
        {
            scene.Found.Add(
                Rules.DevicePlace,
                CableTable.File,
                line,
                $"{scene.Device(device)} stands in {Words(scene, place)}; design.json has no such rack"
            );
        }
    }

    private static void Units(Scene scene, Dictionary<(string Hall, string Rack), RackEntry> racks, Dictionary<int, Standing> standing)
    {
        Dictionary<(int Hall, int Rack, int Unit), int> taken = [];
        foreach ((int number, Standing at) in standing)
        {
            if (scene.Facts.DeviceOf(number) is not { } device)
            {
                continue;
            }

            int height =
                device.Tray?.RackUnits.Value ?? device.Switch?.RackUnits?.Value ?? device.Node?.RackUnits?.Value ?? device.Run.RackUnits;
            TrayUnit(scene, number, device, at);
            if (device.Run.Racks > 0)
            {
                height = 1;
            }

            foreach (Place place in at.Places)
            {
                scene.Found.Checked(Rules.UnitOnce, height);
                if (
                    racks.TryGetValue(KeyOf(scene, place), out RackEntry? rack)
                    && device.Run.Racks == 0
                    && (place.Unit < 1 || place.Unit + height - 1 > rack.Units)
                )
                {
                    scene.Found.Add(
                        Rules.UnitInRack,
                        CableTable.File,
                        at.Line,
                        $"{scene.Device(number)} ({device.Run.Model}, {height} U) stands at unit {place.Unit} of {rack.Name}, "
                            + $"which has {rack.Units}"
                    );
                }

                for (int unit = place.Unit; unit < place.Unit + height; unit++)
                {
                    if (!taken.TryAdd((place.Hall, place.Rack, unit), number))
                    {
                        scene.Found.Add(
                            Rules.UnitOnce,
                            CableTable.File,
                            at.Line,
                            $"{scene.Device(number)} and {scene.Device(taken[(place.Hall, place.Rack, unit)])} both fill unit {unit} of "
                                + $"{scene.Folder.Names.Racks[place.Rack]}"
                        );
                        break;
                    }
                }

                scene.Found.Checked(Rules.UnitInRack, 1);
            }
        }
    }

    // A tray stands where the elevation of its maker has one of its kind.
    private static void TrayUnit(Scene scene, int number, Device device, Standing at)
    {
        if (device.Tray is not { } tray)
        {
            return;
        }

        foreach (Place place in at.Places)
        {
            scene.Found.Checked(Rules.TrayUnit, 1);
            if (!tray.Units.Value.Contains(place.Unit))
            {
                scene.Found.Add(
                    Rules.TrayUnit,
                    CableTable.File,
                    at.Line,
                    $"{scene.Device(number)} stands at unit {place.Unit}; {device.Run.Tray} trays of {device.Run.Model} stand at "
                        + $"{string.Join(", ", tray.Units.Value)}"
                );
            }
        }
    }

    private static void Racks(Scene scene, Dictionary<(string Hall, string Rack), RackEntry> racks, Dictionary<int, Standing> standing)
    {
        Dictionary<(string, string), Load> held = [];
        foreach ((int number, Standing at) in standing)
        {
            if (scene.Facts.DeviceOf(number) is not { } device)
            {
                continue;
            }

            foreach (Place place in at.Places)
            {
                (string, string) key = KeyOf(scene, place);
                held[key] = held.GetValueOrDefault(key) + Load.Of(device);
            }
        }

        double empty = scene.Facts.Catalogue.Fact("rack-empty-weight-kg").Value;
        foreach (((string Hall, string Rack) key, RackEntry rack) in racks)
        {
            scene.Found.Checked(Rules.RackRoom, 1);
            Load load = held.GetValueOrDefault(key);
            (int units, double watts, int devices) = (load.Units, load.Watts, load.Devices);
            double kilowatts = Math.Max(rack.PowerKw, watts / 1000);
            if (rack.UsedUnits > rack.Units || units > rack.Units)
            {
                scene.Found.Add(
                    Rules.RackRoom,
                    Design,
                    0,
                    $"the rack {rack.Name} of {rack.Hall} holds {Math.Max(units, rack.UsedUnits)} units of devices and has {rack.Units}"
                );
            }

            if (rack.PowerLimitKw > 0 && kilowatts > rack.PowerLimitKw + 0.0005)
            {
                scene.Found.Add(
                    Rules.RackPower,
                    Design,
                    0,
                    $"the rack {rack.Name} of {rack.Hall} draws {kilowatts:0.###} kW; its limit is {rack.PowerLimitKw:0.###} kW"
                );
            }

            scene.Found.Checked(Rules.RackPower, 1);
            double kilograms = load.Weight(empty);
            if (rack.WeightLimitKg > 0 && kilograms > 0)
            {
                scene.Found.Checked(Rules.RackWeight, 1);
                if (kilograms > rack.WeightLimitKg + 0.0005)
                {
                    scene.Found.Add(
                        Rules.RackWeight,
                        Design,
                        0,
                        $"the rack {rack.Name} of {rack.Hall} weighs {kilograms:0.###} kg; its limit is {rack.WeightLimitKg:0.###} kg"
                    );
                }
            }

            if (devices > rack.Devices)
            {
                scene.Found.Add(
                    Rules.RackRoom,
                    Design,
                    0,
                    $"the rack {rack.Name} of {rack.Hall} counts {rack.Devices} devices; cables.csv has {devices} in it"
                );
            }
        }
    }

    private static void Trays(Scene scene)
    {
        if (scene.Design.Trays is not { } trays)
        {
            return;
        }

        // A tray that is too full is a warning of the design; a design that does not warn says that none is.
        bool warned = scene.Design.Diagnostics.Any(d => d.Id is "LL5010" or "LL5011");
        scene.Found.Checked(Rules.TrayFill, 1);
        if (trays is { PeakFill: { } fill, FillLimit: { } limit } && fill > limit + 0.00005 && !warned)
        {
            scene.Found.Add(
                Rules.TrayFill,
                Design,
                0,
                $"trays.peak_fill is {fill:0.####}, above the limit of {limit:0.####}, and no diagnostic says so"
            );
        }

        if (trays is { PeakKgPerM: { } weight, KgPerMLimit: { } most } && weight > most + 0.0005 && !warned)
        {
            scene.Found.Add(
                Rules.TrayFill,
                Design,
                0,
                $"trays.peak_kg_per_m is {weight:0.###}, above the limit of {most:0.###}, and no diagnostic says so"
            );
        }
    }

    private static (string Hall, string Rack) KeyOf(Scene scene, Place place) =>
        (scene.Folder.Names.Halls[place.Hall], scene.Folder.Names.Racks[place.Rack]);

    private static string Words(Scene scene, Place place) =>
        FormattableString.Invariant(
            $"{scene.Folder.Names.Halls[place.Hall]} row {place.Row} rack {scene.Folder.Names.Racks[place.Rack]} unit {place.Unit}"
        );

    /// <summary>Where a device stands, and the first line that says so.</summary>
    private sealed record Standing(List<Place> Places, int Line);

    // What the devices of cables.csv put into a rack. A device whose weight is not known weighs nothing here; the trays of a node are weighed
    // with their rack, once.
    private readonly record struct Load(int Units, double Watts, int Devices, double Kilograms, double WithRack)
    {
        public static Load Of(Device device)
        {
            int racks = Math.Max(1, device.Run.Racks);
            double kilograms = (device.Node?.Weight ?? device.Switch?.Weight)?.Value.Kilograms ?? 0;
            bool fillsRack = device.Run.Kind == "tray" || (device.IsNode && device.Run.RackUnits == 0);
            double whole = fillsRack ? kilograms / Math.Max(1, device.Node?.RackCount ?? 1) : 0;

            // A node of several racks counts as a device of its first.
            return new(device.Run.RackUnits, device.Run.PowerW / racks, racks > 1 ? 0 : 1, fillsRack ? 0 : kilograms, whole);
        }

        /// <summary>What the rack weighs with its devices, 0 where no weight is known.</summary>
        public double Weight(double empty) => Kilograms + WithRack > 0 ? Kilograms + (WithRack > 0 ? WithRack : empty) : 0;

        public static Load operator +(in Load a, in Load b) =>
            new(a.Units + b.Units, a.Watts + b.Watts, a.Devices + b.Devices, a.Kilograms + b.Kilograms, Math.Max(a.WithRack, b.WithRack));
    }
}
