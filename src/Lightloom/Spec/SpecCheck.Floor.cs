using Lightloom.Yaml;

namespace Lightloom.Spec;

/// <summary>This part checks the floor: halls, fixed racks and the planes that stand in a hall.</summary>
internal sealed partial class SpecCheck
{
    private void CheckFloor()
    {
        // `place:` names any of them, but a site of one building may well share its name.
        var places = new NameBook(this, "building or hall");
        var sites = new NameBook(this, "site");
        for (int s = 0; s < spec.Floor.Sites.Count; s++)
        {
            sites.Add(spec.Floor.Sites[s].Name, $"floor.sites[{s}].name");
            for (int b = 0; b < spec.Floor.Sites[s].Buildings.Count; b++)
            {
                BuildingSpec building = spec.Floor.Sites[s].Buildings[b];
                string path = $"floor.sites[{s}].buildings[{b}]";
                places.Add(building.Name, path + ".name");
                CheckPlaneNumbers(building.Planes, path);
                for (int h = 0; h < building.Halls.Count; h++)
                {
                    string hall = $"{path}.halls[{h}]";
                    places.Add(building.Halls[h].Name, hall + ".name");
                    CheckHall(building.Halls[h], hall);
                }
            }
        }
    }

    private void CheckHall(HallSpec hall, string path)
    {
        CheckPlaneNumbers(hall.Planes, path);
        for (int i = 0; i < hall.KeepOuts.Count; i++)
        {
            KeepOutSpec keepOut = hall.KeepOuts[i];
            string at = $"{path}.keep_outs[{i}]";
            if (keepOut.To < keepOut.From)
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"the keep-out runs from {keepOut.From} to {keepOut.To}; swap the two",
                    at,
                    spec.MarkOf(at + ".to")
                );
            }

            CheckPosition(hall, keepOut.Row, keepOut.To ?? keepOut.From, at);
        }

        var taken = new HashSet<(int, int)>();
        for (int i = 0; i < hall.Fixed.Count; i++)
        {
            FixedRackSpec rack = hall.Fixed[i];
            string at = $"{path}.fixed[{i}]";
            CheckPosition(hall, rack.Row, rack.Position, at);
            if (!taken.Add((rack.Row, rack.Position)))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"row {rack.Row}, position {rack.Position} is fixed twice; keep one",
                    at,
                    spec.MarkOf(at)
                );
            }
            else if (hall.KeepOuts.Any(k => k.Row == rack.Row && k.From <= rack.Position && rack.Position <= (k.To ?? k.From)))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"row {rack.Row}, position {rack.Position} lies in a keep-out; move the rack or shrink the keep-out",
                    at,
                    spec.MarkOf(at)
                );
            }
        }
    }

    private void CheckPosition(HallSpec hall, int row, int position, string path)
    {
        if (row > hall.Rows)
        {
            Error(
                SpecProblem.FloorContradicts,
                $"row {row} is outside of '{Excerpt.Of(hall.Name)}', which has {hall.Rows} rows; correct one of the two",
                path,
                spec.MarkOf(path + ".row")
            );
        }
        else if (position > hall.RacksPerRow)
        {
            Error(
                SpecProblem.FloorContradicts,
                $"position {position} is outside of '{Excerpt.Of(hall.Name)}', whose rows have {hall.RacksPerRow} positions; "
                    + $"correct one of the two",
                path,
                spec.MarkOf(path)
            );
        }
    }

    private void CheckPlaneNumbers(IReadOnlyList<int> planes, string path)
    {
        for (int i = 0; i < planes.Count; i++)
        {
            string at = $"{path}.planes[{i}]";
            if (planes[i] < 0 || planes[i] >= (spec.Backend.Planes.Value ?? 16))
            {
                Error(
                    SpecProblem.FloorContradicts,
                    $"plane {planes[i]} does not exist; planes count from 0 to {(spec.Backend.Planes.Value ?? 16) - 1}",
                    at,
                    spec.MarkOf(at)
                );
            }
        }

        if (planes.Count > 0 && spec.Backend.PlaneLayout != PlaneLayout.Pods)
        {
            diagnostics.Warning(
                SpecProblem.NoEffect,
                "'planes' of a building or hall has an effect with `plane_layout: pods` only; other layouts have every node on every plane",
                path + ".planes",
                spec.MarkOf(path + ".planes")
            );
        }
    }
}
