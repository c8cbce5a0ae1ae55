using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>Lanes, cages and switches are used once, and as the catalogue allows.</summary>
internal static class CageChecks
{
    public static void Run(Scene scene)
    {
        LanesOnce(scene);
        Divisions(scene);
        PortsOfSwitches(scene);
    }

    private static void LanesOnce(Scene scene)
    {
        Dictionary<(int Cage, int Lane), int> seen = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A, row.Line, row.Cable);
            Take(row.Z, row.Line, row.Cable);
        }

        scene.Found.Checked(Rules.LaneOnce, 2L * scene.Rows.Length);

        void Take(in CableEnd end, int line, int cable)
        {
            if (!seen.TryAdd((end.Cage, end.Lane), line))
            {
                scene.Found.Add(
                    Rules.LaneOnce,
                    CableTable.File,
                    line,
                    $"{scene.CableId(cable)} ends in {scene.Cage(end.Cage)} lane {end.Lane}, "
                        + $"which line {seen[(end.Cage, end.Lane)]} has taken"
                );
            }
        }
    }

    // Every cage runs one rate, and some division of the catalogue has so many legs of it.
    private static void Divisions(Scene scene)
    {
        int cages = scene.Folder.Cables.Cages.Count;
        long[] rate = new long[cages];
        int[] legs = new int[cages];
        int[] highest = new int[cages];
        int[] line = new int[cages];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A, row);
            Take(row.Z, row);
        }

        for (int cage = 0; cage < cages; cage++)
        {
            CageKey key = scene.Folder.Cables.Cages[cage];
            if (scene.Facts.DeviceOf(key.Device) is not { IsUnknown: false, IsOutside: false } device)
            {
                continue;
            }

            scene.Found.Checked(Rules.CageDivision, 1);
            if (scene.Facts.CageOf(cage) is not { } facts)
            {
                scene.Found.Add(
                    Rules.CageDivision,
                    CableTable.File,
                    line[cage],
                    $"{scene.Cage(cage)} is no {scene.Word(key.Fabric)} port of {device.Run.Model}"
                );
                continue;
            }

            DataRate each = DataRate.FromGbps(rate[cage] / 1000.0);
            int ways = Math.Max(legs[cage], highest[cage] + 1);
            bool divides =
                facts.Divisions.Count == 0
                    ? each * ways <= facts.Rate
                    : facts.Divisions.Any(b => b.Ways >= ways && RatesOf(b, facts).Contains(each));
            if (!divides)
            {
                string allowed =
                    facts.Divisions.Count == 0
                        ? facts.Rate.ToString()
                        : string.Join(", ", facts.Divisions)
                            + (facts.LaneRatesAreKnown ? $" on lanes of {string.Join(" or ", facts.LaneRates)}" : "");
                scene.Found.Add(
                    Rules.CageDivision,
                    CableTable.File,
                    line[cage],
                    $"{scene.Cage(cage)} of {device.Run.Model} runs {ways}x{rate[cage] / 1000.0:0.###}; the catalogue allows {allowed}"
                );
            }
        }

        void Take(in CableEnd end, in CableRow row)
        {
            if (legs[end.Cage]++ == 0)
            {
                (rate[end.Cage], line[end.Cage]) = (row.Rate, row.Line);
            }
            else if (rate[end.Cage] != row.Rate)
            {
                scene.Found.Add(
                    Rules.CageRate,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} runs {row.Rate / 1000.0:0.###}G in {scene.Cage(end.Cage)}, "
                        + $"which line {line[end.Cage]} runs at {rate[end.Cage] / 1000.0:0.###}G"
                );
            }

            highest[end.Cage] = Math.Max(highest[end.Cage], end.Lane);
        }

        scene.Found.Checked(Rules.CageRate, 2L * scene.Rows.Length);
    }

    // A division groups lanes, so that each of its legs carries as much less as the lanes run slower.
    private static IEnumerable<DataRate> RatesOf(Breakout division, CageFacts facts)
    {
        yield return division.Rate;
        DataRate own = facts.LaneRates[0];
        foreach (DataRate slower in facts.LaneRates.Where(r => r < own && division.Rate.BitsPerSecond % own.BitsPerSecond == 0))
        {
            yield return slower * (division.Rate.BitsPerSecond / own.BitsPerSecond);
        }
    }

    private static void PortsOfSwitches(Scene scene)
    {
        Dictionary<int, int> ports = [];
        Dictionary<(int Device, int Group), int> groups = [];
        foreach (ref readonly CableRow row in scene.Rows)
        {
            Take(row.A);
            Take(row.Z);
        }

        foreach ((int device, int used) in ports)
        {
            SwitchModel box = scene.Facts.DeviceOf(device)!.Switch!;
            scene.Found.Checked(Rules.LogicalPorts, 1);
            if (box.MaxLogicalPorts is { } most && used > most.Value)
            {
                scene.Found.Add(
                    Rules.LogicalPorts,
                    CableTable.File,
                    0,
                    $"{scene.Device(device)} ({box.Id}) runs {used} logical ports; its chip runs {most.Value}"
                );
            }
        }

        foreach (((int device, int group), int used) in groups)
        {
            SwitchModel box = scene.Facts.DeviceOf(device)!.Switch!;
            if (used > box.MaxLogicalPortsPerGroup!.Value)
            {
                int size = box.CagesPerPortGroup!.Value;
                scene.Found.Add(
                    Rules.LogicalPorts,
                    CableTable.File,
                    0,
                    $"{scene.Device(device)} ({box.Id}) runs {used} logical ports in cages {(group * size) + 1} to {(group + 1) * size}; "
                        + $"their pipeline runs {box.MaxLogicalPortsPerGroup.Value}"
                );
            }
        }

        void Take(in CableEnd end)
        {
            CageKey cage = scene.Folder.Cables.Cages[end.Cage];
            if (scene.Facts.DeviceOf(cage.Device) is not { Switch: { } box } || scene.Facts.IsManagement(cage))
            {
                return;
            }

            ports[cage.Device] = ports.GetValueOrDefault(cage.Device) + 1;
            int number = scene.Facts.NumberOf(cage, box);
            if (box is { CagesPerPortGroup.Value: > 0 and var size, MaxLogicalPortsPerGroup.Value: > 0 } && number > 0)
            {
                (int, int) group = (cage.Device, (number - 1) / size);
                groups[group] = groups.GetValueOrDefault(group) + 1;
            }
        }
    }
}
