using Lightloom.Hardware;
using Lightloom.Units;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>Every cable: its rows agree, its product fits both ends, its length and loss are within what the product allows.</summary>
internal static class CableChecks
{
    public static void Run(Scene scene)
    {
        CableGroups groups = scene.Groups;
        foreach (ref readonly CableRow row in scene.Rows)
        {
            if (row.Cable < 0)
            {
                scene.Found.Add(
                    Rules.CableRows,
                    CableTable.File,
                    row.Line,
                    $"{scene.Cage(row.A.Cage)} to {scene.Cage(row.Z.Cage)} has no cable"
                );
            }
        }

        for (int cable = 0; cable < groups.Count; cable++)
        {
            ReadOnlySpan<int> legs = groups.RowsOf(cable);
            if (!RowsAgree(scene, cable, legs))
            {
                continue;
            }

            ref readonly CableRow first = ref scene.Rows[legs[0]];
            Lengths(scene, legs);
            scene.Found.Checked(Rules.ProductKnown, 1);
            if (scene.Facts.ProductOf(first.Product) is not { } product)
            {
                scene.Found.Add(
                    Rules.ProductKnown,
                    CableTable.File,
                    first.Line,
                    $"{scene.CableId(cable)} is '{scene.Word(first.Product)}', which the catalogue does not have"
                );
                continue;
            }

            Describes(scene, first, product);
            bool headAtZ = groups.HeadAtZ(cable);
            foreach (int leg in legs)
            {
                ref readonly CableRow row = ref scene.Rows[leg];
                Fits(scene, row, headAtZ ? row.Z : row.A, product, atHead: true);
                Fits(scene, row, headAtZ ? row.A : row.Z, product, atHead: false);
                Speaks(scene, row, product);
            }

            EndsAgree(scene, first, product);
            Reaches(scene, first, product, scene.Facts.MediumOf(first.Product), legs);
        }
    }

    private static bool RowsAgree(Scene scene, int cable, ReadOnlySpan<int> legs)
    {
        ref readonly CableRow first = ref scene.Rows[legs[0]];
        scene.Found.Checked(Rules.CableRows, 1);
        bool oneA = true;
        bool oneZ = true;
        foreach (int leg in legs)
        {
            ref readonly CableRow row = ref scene.Rows[leg];
            oneA &= row.A.Cage == first.A.Cage;
            oneZ &= row.Z.Cage == first.Z.Cage;
            bool agree =
                row.Product == first.Product
                && row.Kind == first.Kind
                && row.Breakout == first.Breakout
                && row.Ordered == first.Ordered
                && row.Reach == first.Reach
                && row.Fabric == first.Fabric
                && row.Tier == first.Tier
                && row.Rate == first.Rate
                && row.Bundle == first.Bundle;
            if (!agree)
            {
                scene.Found.Add(
                    Rules.CableRows,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(cable)} is not the same cable as in line {first.Line}: network, tier, rate, breakout, product, "
                        + $"kind, ordered length, reach or bundle differ"
                );
                return false;
            }
        }

        // Legs that share a cage at neither end are those of a shuffle between the sockets of several cages.
        bool shuffled = !oneA && !oneZ;
        if (shuffled && scene.Facts.ProductOf(first.Product) is { IsAssembly: true })
        {
            scene.Found.Add(
                Rules.CableRows,
                CableTable.File,
                first.Line,
                $"{scene.CableId(cable)} is an assembly of {legs.Length} legs that share a cage at neither end"
            );
            return false;
        }

        if (!shuffled && Breakout.TryParse(scene.Word(first.Breakout), out Breakout division) && legs.Length > division.Ways)
        {
            scene.Found.Add(
                Rules.CableRows,
                CableTable.File,
                first.Line,
                $"{scene.CableId(cable)} has {legs.Length} legs, its breakout {division} has {division.Ways}"
            );
            return false;
        }

        return true;
    }

    private static void Describes(Scene scene, in CableRow row, Product product)
    {
        scene.Found.Checked(Rules.ProductColumns, 1);
        if (scene.Word(row.Kind) != product.Head.Kind.ToWord())
        {
            scene.Found.Add(
                Rules.ProductColumns,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)} is of kind '{scene.Word(row.Kind)}'; {product.Head.Id} is {product.Head.Kind.ToWord()}"
            );
        }

        if (!Breakout.TryParse(scene.Word(row.Breakout), out Breakout division))
        {
            scene.Found.Add(
                Rules.ProductColumns,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)} has the breakout '{scene.Word(row.Breakout)}', which is none"
            );
        }
        else if (division.Rate != DataRate.FromGbps(row.Rate / 1000.0))
        {
            scene.Found.Add(
                Rules.ProductColumns,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)} runs {row.Rate / 1000.0:0.###}G in a breakout {division}"
            );
        }
    }

    private static void Fits(Scene scene, in CableRow row, in CableEnd end, Product product, bool atHead)
    {
        if (scene.Facts.CageOf(end.Cage) is not { } cage)
        {
            return;
        }

        InterconnectModel model = atHead ? product.Head : product.Tail;
        if (cage.IsCoPackaged)
        {
            scene.Found.Checked(Rules.FormFactor, 1);
            if (product.IsAssembly)
            {
                scene.Found.Add(
                    Rules.FormFactor,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)}: {scene.Cage(end.Cage)} is a socket of co-packaged optics, {model.Id} an assembly"
                );
            }

            return;
        }

        scene.Found.Checked(Rules.FormFactor, 1);
        IReadOnlyList<FormFactor> forms = product.Forms(atHead);
        if (!Plugs.Fits(cage, forms))
        {
            scene.Found.Add(
                Rules.FormFactor,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {scene.Cage(end.Cage)} is {cage.Form.ToWord()}, {model.Id} fits "
                    + $"{string.Join(", ", forms.Select(FormFactorWords.ToWord))}"
            );
        }

        if (!(product.IsAssembly && !atHead && product.HasTwoKindsOfEnds) && !Plugs.Cools(cage, model.ThermalTypes?.Value ?? []))
        {
            scene.Found.Add(
                Rules.FormFactor,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {scene.Cage(end.Cage)} takes {cage.Thermal.ToWord()} tops, {model.Id} is sold with "
                    + $"{string.Join(", ", model.ThermalTypes!.Value.Select(ThermalTypeWords.ToWord))}"
            );
        }

        Lanes(scene, row, end, cage, model, Product.HostLane(model, atTail: !atHead));
    }

    private static void Lanes(Scene scene, in CableRow row, in CableEnd end, CageFacts cage, InterconnectModel model, DataRate? laneOfEnd)
    {
        if (laneOfEnd is not { } lane || lane <= DataRate.Zero)
        {
            return;
        }

        scene.Found.Checked(Rules.LaneRate, 1);
        DataRate fastest = cage.LaneRates.Max();
        if (lane > fastest)
        {
            scene.Found.Add(
                Rules.LaneRate,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {model.Id} has lanes of {lane}, {scene.Cage(end.Cage)} of {fastest}"
            );
            return;
        }

        if (cage.LaneRatesAreKnown && !cage.LaneRates.Contains(lane))
        {
            scene.Found.Add(
                Rules.LaneRate,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {model.Id} has lanes of {lane}; those of {scene.Cage(end.Cage)} run at "
                    + $"{string.Join(" or ", cage.LaneRates)} only"
            );
            return;
        }

        // Legs take the lanes of their cage in order, each as many as its rate needs.
        double lanes = row.Rate / 1000.0 / lane.Gbps;
        if (cage.Form != FormFactor.Unknown && lanes * (end.Lane + 1) > cage.Lanes && lanes <= cage.Lanes)
        {
            scene.Found.Add(
                Rules.LaneRate,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: leg {end.Lane} of {scene.Cage(end.Cage)} ends at lane {lanes * (end.Lane + 1):0.##} of "
                    + $"{lane} ({model.Id}); the cage has {cage.Lanes}"
            );
        }
        else if (lanes != Math.Floor(lanes) || lanes < 1 || lanes > cage.Lanes)
        {
            scene.Found.Add(
                Rules.LaneRate,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: a leg of {row.Rate / 1000.0:0.###}G takes {lanes:0.##} lanes of {lane} ({model.Id}); "
                    + $"{scene.Cage(end.Cage)} has {cage.Lanes}"
            );
        }
    }

    private static void Speaks(Scene scene, in CableRow row, Product product)
    {
        scene.Found.Checked(Rules.Protocol, 1);
        IReadOnlyList<Protocol>?[] all =
        [
            scene.Facts.CageOf(row.A.Cage)?.Protocols,
            scene.Facts.CageOf(row.Z.Cage)?.Protocols,
            product.Head.Protocols?.Value,
            product.Tail.Protocols?.Value,
        ];
        if (!Enum.GetValues<Protocol>().Any(p => all.All(own => own is null || own.Contains(p))))
        {
            scene.Found.Add(
                Rules.Protocol,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {scene.Cage(row.A.Cage)} speaks {Words(all[0])}, {scene.Cage(row.Z.Cage)} {Words(all[1])}, "
                    + $"{product.Text} {Words(all[2])}"
            );
        }

        static string Words(IReadOnlyList<Protocol>? own) =>
            own is null ? "anything" : string.Join(" and ", own.Select(ProtocolWords.ToWord));
    }

    private static void EndsAgree(Scene scene, in CableRow row, Product product)
    {
        if (product.Head.Id == product.Tail.Id)
        {
            return;
        }

        scene.Found.Checked(Rules.Medium, 1);
        if (product.Head.Family != product.Tail.Family || !product.Head.Reach.Value.Keys.Any(product.Tail.Reach.Value.ContainsKey))
        {
            scene.Found.Add(
                Rules.Medium,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)}: {product.Head.Id} speaks {product.Head.Family}, {product.Tail.Id} {product.Tail.Family}"
            );
        }

        if (product.Head.Fec is { } one && product.Tail.Fec is { } other)
        {
            scene.Found.Checked(Rules.Fec, 1);
            if (CodeOf(one.Value) != CodeOf(other.Value))
            {
                scene.Found.Add(
                    Rules.Fec,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)}: {product.Head.Id} needs {one.Value}, {product.Tail.Id} {other.Value}"
                );
            }
        }
    }

    // The code's name, up to its figures in brackets: RS(544,514).
    private static string CodeOf(string fec) => fec.IndexOf(')') is > 0 and var end ? fec[..(end + 1)] : fec;

    private static void Lengths(Scene scene, ReadOnlySpan<int> legs)
    {
        foreach (int leg in legs)
        {
            ref readonly CableRow row = ref scene.Rows[leg];
            scene.Found.Checked(Rules.Ordered, 1);
            if (row.Ordered < row.Length)
            {
                scene.Found.Add(
                    Rules.Ordered,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} is ordered {row.Ordered / 1000.0:0.###} m long, its way is {row.Length / 1000.0:0.###} m"
                );
            }
        }
    }

    private static void Reaches(Scene scene, in CableRow row, Product product, Medium medium, ReadOnlySpan<int> legs)
    {
        scene.Found.Checked(Rules.Reach, 1);
        if (row.Reach < row.Ordered)
        {
            scene.Found.Add(
                Rules.Reach,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)} is ordered {row.Ordered / 1000.0:0.###} m long; its reach is {row.Reach / 1000.0:0.###} m"
            );
        }

        Length? head = Product.On(product.Head.Reach.Value, medium) ?? Longest(product.Head);
        Length? tail = Product.On(product.Tail.Reach.Value, medium) ?? Longest(product.Tail);
        long rated = Math.Min(head?.Millimetres ?? 0, tail?.Millimetres ?? 0);
        if (row.Reach > rated)
        {
            scene.Found.Add(
                Rules.Reach,
                CableTable.File,
                row.Line,
                $"{scene.CableId(row.Cable)} claims a reach of {row.Reach / 1000.0:0.###} m; "
                    + $"{product.Text} is rated {rated / 1000.0:0.###} m"
            );
        }

        if (product.IsAssembly)
        {
            scene.Found.Checked(Rules.SoldLength, 1);
            long ordered = row.Ordered;
            if (product.Head.CatalogueLengths is { } sold && sold.Value.All(l => l.Millimetres != ordered))
            {
                scene.Found.Add(
                    Rules.SoldLength,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)}: {product.Head.Id} is not sold {row.Ordered / 1000.0:0.###} m long"
                );
            }

            return;
        }

        Losses(scene, product, medium, legs);
    }

    private static void Losses(Scene scene, Product product, Medium medium, ReadOnlySpan<int> legs)
    {
        double? budget = Least(BudgetOf(scene, product.Head, medium), BudgetOf(scene, product.Tail, medium));
        foreach (int leg in legs)
        {
            ref readonly CableRow row = ref scene.Rows[leg];
            scene.Found.Checked(Rules.Loss, 1);
            double glass = scene.Facts.Plant.GlassDb(product.Head, medium, row.Ordered);
            if (row.Loss < 0 || row.Loss / 1000.0 < glass - 0.0051)
            {
                scene.Found.Add(
                    Rules.Loss,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} claims {(row.Loss < 0 ? "no loss" : $"{row.Loss / 1000.0:0.###} dB")}; "
                        + $"{row.Ordered / 1000.0:0.###} m of fibre alone lose {glass:0.###} dB"
                );
            }
            else if (budget is { } most && row.Loss / 1000.0 > most + 0.0005)
            {
                scene.Found.Add(
                    Rules.Loss,
                    CableTable.File,
                    row.Line,
                    $"{scene.CableId(row.Cable)} loses {row.Loss / 1000.0:0.###} dB; {product.Text} allows {most:0.###} dB"
                );
            }
        }
    }

    private static Length? Longest(InterconnectModel model) => model.Reach.Value.Count == 0 ? null : model.Reach.Value.Values.Max();

    // What the module publishes, else what the catalogue assumes for its kind.
    private static double? BudgetOf(Scene scene, InterconnectModel model, Medium medium) =>
        Product.On(model.LossBudgetDb?.Value, medium)
        ?? (scene.Facts.Catalogue.Facts.TryGetValue($"loss-budget-{model.Kind.ToWord()}-db", out Fact? usual) ? usual.Value : null);

    private static double? Least(double? a, double? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
}
