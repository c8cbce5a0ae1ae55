using System.Globalization;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Units;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lightloom.Cli.Output;

/// <summary>
/// The catalogue as tables for a terminal, at most 100 columns wide, readable on light and dark backgrounds and without colour.
/// </summary>
internal static class CatalogueTables
{
    private const int Widest = 100;
    private const string Nothing = "-";
    private static readonly Style Assumed = new(Color.DarkOrange3);
    private static readonly Style Quiet = new(Color.Grey50);
    private static readonly Style Strong = new(decoration: Decoration.Bold);

    public static void WriteList(TextWriter writer, Catalogue catalogue, string? kind)
    {
        IAnsiConsole console = Console(writer);
        if (kind is null or "switches")
        {
            Switches(console, catalogue);
        }

        if (kind is null or "nodes")
        {
            Nodes(console, catalogue);
        }

        if (kind is null or "nics")
        {
            Nics(console, catalogue);
        }

        if (kind is null or "interconnects")
        {
            Interconnects(console, catalogue);
        }

        if (kind is null or "passives")
        {
            Passives(console, catalogue);
        }

        if (kind is null or "asics")
        {
            Asics(console, catalogue);
        }

        if (kind is "models")
        {
            Models(console, catalogue);
        }

        if (kind is "generations")
        {
            Items(console, "generation", catalogue.Generations.Values, g => string.Join(", ", g.Xpus));
        }

        if (kind is "stacks")
        {
            Items(console, "stack", catalogue.Stacks.Values, s => s.Name);
        }

        if (kind is "facts")
        {
            Facts(console, catalogue);
        }

        if (kind is "assumed")
        {
            Assumptions(console, catalogue);
        }

        if (kind is "sources")
        {
            foreach (Source source in catalogue.Sources.Values)
            {
                SourceLine(console, source, catalogue.Sources.Keys.Max(k => k.Length));
            }
        }

        if (kind is not ("sources" or "facts" or "assumed" or "models" or "generations" or "stacks"))
        {
            console.Write(new Text("~ assumed   - not published   u your own   trust: how far the figures can be relied on\n", Quiet));
        }

        if (kind is null)
        {
            console.Write(
                new Text(
                    $"Also {catalogue.Models.Count} models, {catalogue.Stacks.Count} stacks and {catalogue.Facts.Count} facts (catalog list models, "
                        + $"stacks, facts) and {catalogue.Sources.Count} sources (catalog list "
                        + $"sources). What is assumed and why: catalog list assumed. Details of one part: catalog show ID.\n",
                    Quiet
                )
            );
        }
    }

    public static void WriteOne(TextWriter writer, Catalogue catalogue, CatalogueItem item)
    {
        IAnsiConsole console = Console(writer);
        switch (item)
        {
            case CatalogueEntry entry:
                Entry(console, catalogue, entry);
                break;
            case Fact fact:
                OneFact(console, catalogue, fact);
                break;
            case Source source:
                SourceLine(console, source);
                break;
            default:
                Header(console, item.Id, CatalogueFigures.KindOf(item));
                foreach (ShownFigure figure in CatalogueFigures.Of(item))
                {
                    Indented(console, figure.Key, figure.Text, Style.Plain, CatalogueFigures.Of(item).Max(f => f.Key.Length));
                }

                Sources(console, catalogue, item);
                break;
        }
    }

    /// <summary>Writes which fields the entries of a section have, or those of every section.</summary>
    public static void WriteSchema(TextWriter writer, string? section)
    {
        IAnsiConsole console = Console(writer);
        foreach (string one in section is null ? CatalogueFields.Sections : [section])
        {
            Header(console, one, CatalogueFields.DescriptionOf(one));
            Table table = NewTable("field", "value", "meaning");
            table.Columns[0].NoWrap = true;
            foreach (EntryField field in CatalogueFields.Of(one))
            {
                table.AddRow(
                    new Text(field.Path + (field.Required ? " *" : ""), field.Required ? Strong : Style.Plain),
                    new Text(field.Value),
                    new Text(field.Description)
                );
            }

            console.Write(table);
        }

        console.Write(new Text("* required, or its reason under assumed\n", Quiet));
    }

    private static IAnsiConsole Console(TextWriter writer)
    {
        bool terminal = ReferenceEquals(writer, System.Console.Out) && !System.Console.IsOutputRedirected;
        bool plain =
            !terminal
            || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("TERM") is "dumb";
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Terminal.Raw(writer)),
                Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        console.Pipeline.Attach(new PlainRendering());
        console.Profile.Width = terminal ? Math.Clamp(console.Profile.Width, 40, Widest) : Widest;
        return console;
    }

    private static void Entry(IAnsiConsole console, Catalogue catalogue, CatalogueEntry entry)
    {
        Header(
            console,
            entry.Id,
            $"{entry.Name}\n{CatalogueFigures.KindOf(entry)}{(entry.Vendor is null ? "" : ", " + entry.Vendor)}, trust: "
                + $"{entry.Confidence.ToWord()}{(entry.UserDefined ? ", your own" : "")}"
        );
        Table table = NewTable("field", "value", "source");
        table.Columns[0].NoWrap = true;
        var reasons = new List<string>();
        foreach (ShownFigure figure in CatalogueFigures.Of(entry))
        {
            string? why = figure.Assumed;
            if (figure.Value is null)
            {
                table.AddRow(new Text(figure.Key, Quiet), new Text(figure.Text, Quiet), new Text(Nothing, Quiet));
            }
            else if (why is not null)
            {
                int at = reasons.IndexOf(why);
                if (at < 0)
                {
                    reasons.Add(why);
                    at = reasons.Count - 1;
                }

                table.AddRow(
                    new Text(figure.Key),
                    new Text("~ " + figure.Text, Assumed),
                    new Text(string.Create(CultureInfo.InvariantCulture, $"assumed ({at + 1})"), Assumed)
                );
            }
            else
            {
                table.AddRow(new Text(figure.Key), new Text(figure.Text), new Text(string.Join(", ", figure.SourceIds)));
            }
        }

        console.Write(table);
        for (int i = 0; i < reasons.Count; i++)
        {
            Indented(console, string.Create(CultureInfo.InvariantCulture, $"({i + 1})"), reasons[i], Assumed);
        }

        Prices(console, entry);
        if (entry.Notes is { } notes)
        {
            console.WriteLine();
            console.Write(new Text("Notes\n", Strong));
            Indented(console, "", notes, Style.Plain);
        }

        Sources(console, catalogue, entry);
    }

    private static void Sources(IAnsiConsole console, Catalogue catalogue, CatalogueItem entry)
    {
        Source[] sources = [.. CatalogueJson.SourcesOf(catalogue, entry)];
        if (sources.Length > 0)
        {
            console.WriteLine();
            console.Write(new Text("Sources\n", Strong));
            foreach (Source source in sources)
            {
                SourceLine(console, source, sources.Max(s => s.Id.Length));
            }
        }
    }

    private static void Prices(IAnsiConsole console, CatalogueEntry entry)
    {
        IReadOnlyList<Price> prices = CatalogueFigures.PricesOf(entry);
        if (prices.Count == 0)
        {
            if (entry is not AsicModel)
            {
                console.Write(
                    new Text("\nNo public price. `prices:` of a cluster file, or of a file under --catalog, gives one.\n", Quiet)
                );
            }

            return;
        }

        console.WriteLine();
        console.Write(new Text("Prices\n", Strong));
        Table table = NewTable("price", "what", "seller", "date", "source");
        table.Columns[0].RightAligned().NoWrap = true;
        table.Columns[3].NoWrap = true;
        foreach (Price price in prices)
        {
            string amount =
                (price.Low == price.High ? price.Low.ToString() : $"{price.Low}-{price.High}")
                + (price.PerMetre is { } m ? $" + {m}/m" : "");
            string length = price.Length is { } l && price.Item is null ? l.ToString() : "";
            table.AddRow(
                amount,
                Markup.Escape(price.Item ?? length),
                Markup.Escape(price.Seller ?? ""),
                price.Date ?? "",
                price.SourceId + (price.IsEstimate ? " (estimate)" : "")
            );
        }

        console.Write(table);
        if (ChosenPrice.Of(prices) is { } chosen)
        {
            string basis =
                chosen.SourceId == ChosenPrice.PriceBook
                    ? "your price book"
                    : $"{(chosen.IsEstimate ? "estimates only" : "newest month")}"
                        + $"{(chosen.Date is null ? "" : " " + (chosen.Date.Length > 7 ? chosen.Date[..7] : chosen.Date))}, "
                        + $"median where several";
            bool byLength = prices.Any(p => p.Length is not null);
            console.Write(
                new Text($"  used: {chosen.Amount.Value} ({basis}{(byLength ? "; for a given length, the prices of that length" : "")})\n")
            );
        }
    }

    private static void OneFact(IAnsiConsole console, Catalogue catalogue, Fact fact)
    {
        Header(console, fact.Key, fact.Assumed is null ? $"fact, trust: {fact.Confidence.ToWord()}" : "fact, assumed");
        console.Write(new Text("  " + string.Join(", ", fact.Values.Select(Number)) + "\n", Strong));
        if (fact.Assumed is { } why)
        {
            Indented(console, "", "Assumed: " + why, Assumed);
        }

        if (fact.Notes is { } notes)
        {
            Indented(console, "", notes, Style.Plain);
        }

        foreach (string id in fact.SourceIds)
        {
            if (catalogue.Sources.TryGetValue(id, out Source? source))
            {
                SourceLine(console, source);
            }
        }
    }

    private static void Switches(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("switch", "cages", "ports", "U", "W typ / max", "price", "trust");
        Narrow(table, 0, 2, 3, 4, 5, 6);
        foreach (SwitchModel s in catalogue.Switches.Values)
        {
            string cages =
                s.Cages.Count == 0
                    ? "not published"
                    : string.Join("\n", s.Cages.Where(c => c.Purpose != PortPurpose.Management || s.Cages.Count == 1).Select(Cages));
            table.AddRow(
                Id(s),
                new Text(cages, s.Cages.Count == 0 ? Quiet : Style.Plain),
                new Text(s.MaxLogicalPorts?.ToString() ?? Nothing),
                Value(s.RackUnits),
                Pair(s.PowerTypical, s.PowerMaximum),
                Price(s),
                new Text(s.Confidence.ToWord())
            );
        }

        console.Write(table);

        static string Cages(CageBlock block) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{block.Count} x {block.CageRate} {(block.Purpose == PortPurpose.Fabric ? "fabric" : block.FormFactor.Value.ToWord())} "
                    + $"{Splits(block)}"
            );
        // The fastest of each number of ways, then how slow its ports can run: `catalog show` has them all.
        static string Splits(CageBlock block)
        {
            IReadOnlyList<Breakout> all = block.Breakouts.Value;
            Breakout[] fastest = [.. all.GroupBy(b => b.Ways).Select(ways => ways.MaxBy(b => b.Rate))];
            string splits = string.Join(" ", fastest.Select(b => b + (block.Restrictions?.Value.ContainsKey(b) == true ? "*" : "")));
            DataRate slowest = all.Min(b => b.Rate);
            return slowest < fastest.Min(b => b.Rate)
                ? string.Create(CultureInfo.InvariantCulture, $"{splits} to {slowest.Gbps:0.###}G")
                : splits;
        }
    }

    private static void Nodes(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("node", "XPUs", "backend", "frontend", "size", "kW typ / max", "trust");
        Narrow(table, 0, 1, 4, 5, 6);
        foreach (NodeModel n in catalogue.Nodes.Values)
        {
            Figure<string>? size = n.IsRack
                ? n.RackCount == 1
                    ? "rack"
                    : n.Racks?.To(racks => FormattableString.Invariant($"{racks} racks"))
                : n.RackUnits?.To(units => FormattableString.Invariant($"{units}U"));
            table.AddRow(
                Id(n),
                Value(n.Xpus),
                Value(Ports(n.Backend)),
                Value(Ports(n.Frontend)),
                Value(size),
                Pair(n.PowerTypical, n.PowerMaximum, 1000),
                new Text(n.Confidence.ToWord())
            );
        }

        console.Write(table);

        static Figure<string>? Ports(NicPorts? p) =>
            (p is { Rate.IsAssumed: true } ? p.Rate.To(_ => 0) : p?.Nics)?.To(_ =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{p!.Nics} x {p.Rate}{(p.Cages == p.Nics ? "" : FormattableString.Invariant($" in {p.Cages}"))} "
                        + $"{p.FormFactor.Value.ToWord()}"
                )
            );
    }

    private static void Nics(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("nic", "rate", "ports", "planes", "cages", "transports", "trust");
        Narrow(table, 0, 1, 3, 6);
        foreach (NicModel c in catalogue.Nics.Values)
        {
            table.AddRow(
                Id(c),
                Value(c.MaxRate),
                new Text(Join(c.PortConfigs.OrEmpty().Select(b => b.ToString()))),
                Value(c.MaxPlanes),
                new Text(Join(c.FormFactors.OrEmpty().Select(FormFactorWords.ToWord))),
                new Text(Join(c.Transports.OrEmpty())),
                new Text(c.Confidence.ToWord())
            );
        }

        console.Write(table);
    }

    private static void Interconnects(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("interconnect", "kind", "rate", "reach", "splits", "W an end", "price", "trust");
        Narrow(table, 0, 1, 2, 5, 6, 7);
        foreach (InterconnectModel i in catalogue.Interconnects.Values)
        {
            Figure<string>? reach = i.Reach.OrEmpty().Count == 0 ? null : i.Reach.To(InWords);
            table.AddRow(
                Id(i),
                new Text(i.Kind.ToWord()),
                Value(i.Rate),
                Value(reach),
                Value(Splits(i.Breakouts)),
                Value((i.PowerMaximum ?? i.PowerTypical)?.To(p => p.Watts.ToString("0.#", CultureInfo.InvariantCulture))),
                Price(i),
                new Text(i.Confidence.ToWord())
            );
        }

        console.Write(table);

        static string InWords(IReadOnlyDictionary<Medium, Length> reach) =>
            string.Join(
                ", ",
                reach.Select(r =>
                    (
                        reach.Count == 1 && r.Key is Medium.Copper or Medium.Os2 or Medium.TwistedPair
                            ? ""
                            : r.Key.ToString().ToLowerInvariant() + " "
                    ) + Metres(r.Value)
                )
            );
    }

    private static void Passives(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("passive part", "name", "fibres", "price", "trust");
        Narrow(table, 0, 2, 3, 4);
        foreach (PassiveModel p in catalogue.Passives.Values)
        {
            table.AddRow(Id(p), new Text(p.Name), Value(p.Fibres), Price(p), new Text(p.Confidence.ToWord()));
        }

        console.Write(table);
    }

    private static void Asics(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("asic", "capacity", "ports", "splits", "W", "trust");
        Narrow(table, 0, 1, 2, 4, 5);
        foreach (AsicModel a in catalogue.Asics.Values)
        {
            table.AddRow(
                Id(a),
                Value(a.Capacity?.To(c => FormattableString.Invariant($"{c.Gbps / 1000:0.##}T"))),
                Value(a.MaxLogicalPorts),
                Value(Splits(a.Breakouts)),
                Value(a.PowerTypical?.To(p => p.Watts.ToString("0", CultureInfo.InvariantCulture))),
                new Text(a.Confidence.ToWord())
            );
        }

        console.Write(table);
    }

    private static void Models(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("model", "layers", "hidden", "heads", "experts", "vocabulary", "sequence", "");
        Narrow(table, 0, 1, 2, 3, 4, 5, 6);
        foreach (TransformerModel m in catalogue.Models.Values)
        {
            table.AddRow(
                new Text(m.Id),
                Value(m.Layers),
                Value(m.Hidden),
                Value(m.Heads),
                Value(m.Experts),
                Value(m.Vocabulary),
                Value(m.Sequence),
                new Text(m.Name)
            );
        }

        console.Write(table);
    }

    private static void Items<T>(IAnsiConsole console, string noun, IEnumerable<T> items, Func<T, string> name)
        where T : CatalogueItem
    {
        Table table = NewTable(noun, "", "source");
        Narrow(table, 0, 2);
        foreach (T item in items)
        {
            table.AddRow(new Text(item.Id), new Text(name(item)), new Text(string.Join(", ", item.SourceIds)));
        }

        console.Write(table);
    }

    private static void Facts(IAnsiConsole console, Catalogue catalogue)
    {
        Table table = NewTable("fact", "value", "source", "trust");
        Narrow(table, 0, 3);
        foreach (Fact fact in catalogue.Facts.Values)
        {
            bool assumed = fact.Assumed is not null;
            table.AddRow(
                new Text(fact.Key),
                new Text((assumed ? "~ " : "") + string.Join(", ", fact.Values.Select(Number)), assumed ? Assumed : Style.Plain),
                new Text(fact.Assumed ?? string.Join(", ", fact.SourceIds), assumed ? Assumed : Style.Plain),
                new Text(assumed ? Nothing : fact.Confidence.ToWord())
            );
        }

        console.Write(table);
    }

    // By reason: one default stands behind many figures.
    private static void Assumptions(IAnsiConsole console, Catalogue catalogue)
    {
        var byReason = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        int count = 0;
        foreach (CatalogueEntry entry in catalogue.Entries)
        {
            foreach (ShownFigure figure in CatalogueFigures.Of(entry).Where(f => f.Value is not null))
            {
                Add(figure.Assumed, $"{entry.Id} {figure.Key} {figure.Text}");
            }
        }

        foreach (Fact fact in catalogue.Facts.Values)
        {
            Add(fact.Assumed, $"{fact.Key} {string.Join(", ", fact.Values.Select(Number))}");
        }

        foreach ((string why, List<string> figures) in byReason)
        {
            console.Write(new Text(why + "\n", Strong));
            Indented(console, "", string.Join(" | ", figures), Assumed);
        }

        console.Write(
            new Text(string.Create(CultureInfo.InvariantCulture, $"{count} figures are assumed, for {byReason.Count} reasons.\n"), Quiet)
        );

        void Add(string? why, string figure)
        {
            if (why is not null)
            {
                (byReason.TryGetValue(why, out List<string>? figures) ? figures : byReason[why] = []).Add(figure);
                count++;
            }
        }
    }

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderStyle(Quiet);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, Strong)).PadLeft(0).PadRight(1));
        }

        return table;
    }

    private static void Narrow(Table table, params ReadOnlySpan<int> columns)
    {
        foreach (int column in columns)
        {
            table.Columns[column].NoWrap = true;
        }
    }

    private static Text Id(CatalogueEntry entry) => new(entry.UserDefined ? "u " + entry.Id : entry.Id);

    private static Text Value<T>(Figure<T>? figure) =>
        figure is null ? new Text(Nothing, Quiet)
        : figure.IsAssumed ? new Text("~" + figure, Assumed)
        : new Text(figure.ToString());

    private static Figure<string>? Splits(Figure<IReadOnlyList<Breakout>>? breakouts) =>
        breakouts is { Value.Count: > 0 } ? breakouts.To(all => string.Join(" ", all)) : null;

    private static Text Price(CatalogueEntry entry) =>
        ChosenPrice.Of(CatalogueFigures.PricesOf(entry)) is { } price
            ? new Text(
                (price.IsEstimate ? "~" : "") + FormattableString.Invariant($"${price.Amount.Value.Dollars:#,0.#}"),
                price.IsEstimate ? Assumed : Style.Plain
            )
            : new Text(Nothing, Quiet);

    private static Text Pair(Figure<Power>? typical, Figure<Power>? maximum, int divisor = 1)
    {
        bool assumed = typical is { IsAssumed: true } || maximum is { IsAssumed: true };
        return new Text(One(typical) + " / " + One(maximum), assumed ? Assumed : Style.Plain);

        string One(Figure<Power>? power) =>
            power is { } p ? (p.IsAssumed ? "~" : "") + (p.Value.Watts / divisor).ToString("0.#", CultureInfo.InvariantCulture) : Nothing;
    }

    private static void Header(IAnsiConsole console, string id, string below)
    {
        console.Write(new Text(id + "\n", Strong));
        console.Write(new Text(below + "\n"));
    }

    private static void SourceLine(IAnsiConsole console, Source source, int widestId = 0) =>
        Indented(console, source.Id, source.Url is null ? source.Title : source.Title + "\n" + source.Url, Style.Plain, widestId);

    private static void Indented(IAnsiConsole console, string mark, string text, Style style, int widestMark = 0)
    {
        int indent = mark.Length == 0 ? 2 : Math.Max(widestMark, mark.Length) + 3;
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Width(indent).Padding(0, 0, 0, 0));
        grid.AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        grid.AddRow(new Text("  " + mark, style), new Text(text, style) { Overflow = Overflow.Fold });
        console.Write(grid);
    }

    private static string Metres(Length length) =>
        length.Metres >= 1000
            ? FormattableString.Invariant($"{length.Metres / 1000:0.#} km")
            : FormattableString.Invariant($"{length.Metres:0.#} m");

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 10_000 ? "#,0.###" : "0.#####", CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> texts)
    {
        string joined = string.Join(", ", texts);
        return joined.Length == 0 ? Nothing : joined;
    }
}
