using System.CommandLine;
using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Cli.Options;
using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Report;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;
using Lightloom.Yaml;

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom interconnect</c>: ranks the interconnects for one link, each rejection with its reason.</summary>
public static class InterconnectCommand
{
    private const int Width = 100;

    private const int DefaultRows = 10;

    private const string Any = "any";

    // As order codes say which heat sink a plug has, and so a cage takes.
    private const string Finned = "-fin";
    private const string Flat = "-flat";

    private static readonly string[] Forms =
    [
        .. FormFactorWords
            .All.Where(w => FormFactorWords.TryParse(w, out FormFactor form) && AskedLink.MostOf(form) is not null || w == "rj45")
            .SelectMany<string, string>(w => w is "osfp" or "osfp224" ? [w, w + Finned, w + Flat] : [w]),
    ];

    private static readonly CheckedOption<double?> LengthOption = Value.Number(
        "--length-m",
        "Length of the link in metres.",
        0,
        1_000_000,
        null,
        "m"
    );
    private static readonly CheckedOption<double?> RateOption = Value.Number(
        "--rate-gbps",
        "Rate of the link, or of the cage that --breakout divides, in Gb/s.",
        0.001,
        100_000,
        null,
        "Gb/s"
    );
    private static readonly CheckedOption<Breakout?> BreakoutOption = Value.Text<Breakout?>(
        "--breakout",
        "How one end's cage is divided, for example 2x400: that end is the head, the other ends are whole cages.",
        "WAYSxGBPS, for example 2x400",
        (string text, out Breakout? value) =>
        {
            bool good = Breakout.TryParse(text, out Breakout read);
            value = read;
            return good;
        },
        "WAYSxGBPS"
    );
    private static readonly CheckedOption<string?> FibreOption = Value.Word(
        "--fibre",
        "om3, om4 or om5: grade of the multimode fibre, with OS2 beside it; os2: single-mode only.",
        ["om3", "om4", "om5", "os2"],
        "om4"
    );
    private static readonly CheckedOption<string?> ProtocolOption = Value.Word(
        "--protocol",
        "What both ends speak: ethernet or infiniband; any when left out.",
        ["ethernet", "infiniband"]
    );
    private static readonly CheckedOption<string?> ObjectiveOption = Value.Word(
        "--objective",
        "What decides between products of one class: cost, power or latency.",
        InterconnectObjectiveWords.All,
        InterconnectObjective.Cost.ToWord()
    );
    private static readonly CheckedOption<FormPair?> FormOption = Value.Text<FormPair?>(
        "--form-factor",
        $"Form of the cages, or of both ends apart, A,Z ({string.Join(", ", Forms)}; {Any}). osfp-fin and osfp-flat also say "
            + "which heat sink a cage takes. Left out: usual for the rate, as in a cluster file. With --breakout, A is the divided cage.",
        $"a form, or two divided by a comma, of {string.Join(", ", Forms)}, {Any}",
        TryForms,
        "A[,Z]"
    );
    private static readonly CheckedOption<string?> TailFormOption = Value.Word(
        "--tail-form-factor",
        "Form of the cages at the other end: the Z of --form-factor.",
        [.. Forms, Any]
    );
    private static readonly CheckedOption<double?> LaneOption = Value.Number(
        "--lane-gbps",
        "Fastest electrical lane of the cages. Left out: what their forms are made for.",
        0.001,
        1600,
        null,
        "Gb/s"
    );
    private static readonly CheckedOption<int?> PanelsOption = Value.Whole("--panels", "Patch panels (mated pairs) on the way.", 0, 64, 0);
    private static readonly CheckedOption<double?> DeratingOption = Value.Number(
        "--reach-derating",
        "Use at most this share of an optic's rated reach (a design uses 0.9 unless its file says otherwise).",
        0.001,
        1,
        1
    );

    // What the answer hangs on although nobody said it, as the document's query has it.
    private static readonly (Option Option, string Key)[] Defaulted =
    [
        (FibreOption, "fibre"),
        (ObjectiveOption, "objective"),
        (PanelsOption, "panels"),
        (DeratingOption, "reach_derating"),
    ];
    private static readonly RepeatedOption ExcludeOption = new(
        "--exclude",
        $"Kinds ({string.Join(", ", InterconnectKindWords.All)}) or ids never to use.",
        "a kind or an id",
        "KIND|ID"
    )
    {
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly CheckedOption<int?> RowsOption = Value.Whole(
        "--rows",
        "Rejected products to show, nearest miss first.",
        0,
        1_000_000,
        DefaultRows
    );
    private static readonly Option<bool> JsonOption = CommonOptions.Json();
    private static readonly CheckedOption<string?> CatalogOption = CommonOptions.Catalog();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        (LengthOption.Required, RateOption.Required) = (true, true);
        Command command = new("interconnect", "Ranks the interconnects for one link; each rejection with its reason.")
        {
            LengthOption,
            RateOption,
            BreakoutOption,
            FibreOption,
            ProtocolOption,
            ObjectiveOption,
            FormOption,
            TailFormOption,
            LaneOption,
            PanelsOption,
            DeratingOption,
            ExcludeOption,
            RowsOption,
            JsonOption,
            CatalogOption,
        };
        command.SetAction(parsed =>
        {
            Request request = new()
            {
                Length = Length.FromMetres(LengthOption.In(parsed)!.Value),
                Rate = DataRate.FromGbps(RateOption.In(parsed)!.Value),
                Breakout = BreakoutOption.In(parsed),
                Fibre = FibreOption.In(parsed)!,
                Objective = InterconnectObjectiveWords.TryParse(ObjectiveOption.In(parsed)!, out InterconnectObjective o) ? o : default,
                Forms = FormOption.In(parsed),
                TailForm = TailFormOption.In(parsed) is { } tail ? FormOf(tail) : null,
                TailTop = TailFormOption.In(parsed) is { } other ? TopOf(other) : ThermalType.Any,
                Protocol = ProtocolOption.In(parsed) is { } word && ProtocolWords.TryParse(word, out Protocol spoken) ? spoken : null,
                Lane = LaneOption.In(parsed) is { } lane ? DataRate.FromGbps(lane) : null,
                Panels = PanelsOption.In(parsed)!.Value,
                Derating = DeratingOption.In(parsed)!.Value,
                NotGiven = [.. Defaulted.Where(d => parsed.GetResult(d.Option) is not { Implicit: false }).Select(d => d.Key)],
                Exclude = ExcludeOption.In(parsed),
                Rows = RowsOption.In(parsed)!.Value,
                Json = parsed.GetValue(JsonOption),
                CatalogueDirectory = CatalogOption.In(parsed),
            };
            return Run(request, Console.OpenStandardOutput(), Console.Error);
        });
        return command;
    }

    internal static int Run(Request request, Stream output, TextWriter errors)
    {
        Question? question = Read(request, out string? mistake);
        if (question is null)
        {
            errors.WriteLine("lightloom: " + mistake);
            return ExitCode.BadCommandLine;
        }

        DiagnosticBag diagnostics = new();
        Catalogue catalogue = Catalogue.Default;
        if (request.CatalogueDirectory is { } directory)
        {
            catalogue = catalogue.WithDirectory(directory, diagnostics);
            foreach (Diagnostic d in diagnostics)
            {
                errors.WriteLine(d.ToString());
            }

            if (diagnostics.HasErrors)
            {
                return ExitCode.BadInput;
            }
        }

        if (InterconnectAnswer.UnknownExclusion(catalogue, request.Exclude) is { } stranger)
        {
            return CommandLine.Misused("--exclude: " + stranger, errors);
        }

        InterconnectAnswer answer = InterconnectAnswer.To(catalogue, question.Link, question.Spec);
        if (request.Json)
        {
            new InterconnectJson(
                request.Length,
                request.Rate,
                question.Link,
                request.Fibre,
                question.Spec,
                answer.Candidates,
                answer.InDesign
            )
            {
                NotGiven = request.NotGiven,
            }.Write(output);
        }
        else
        {
            using StreamWriter writer = new(output, leaveOpen: true);
            WriteTable(question, answer.Candidates, answer.InDesign, request, writer);
        }

        if (answer.IsServed)
        {
            return ExitCode.Done;
        }

        errors.WriteLine(answer.Refusal().ToString());
        return ExitCode.Infeasible;
    }

    private static Question? Read(Request r, out string? mistake)
    {
        if (AskedLink.Divided(r.Rate, r.Breakout) is not { } divided)
        {
            DataRate whole = r.Breakout!.Value.Rate * r.Breakout.Value.Ways;
            mistake = $"--breakout {r.Breakout} makes up {whole}, not {r.Rate}; give --rate-gbps {Gbps(whole)}";
            return null;
        }

        (DataRate leg, int ways) = divided;
        if (r.Forms is { Z: not null } && r.TailForm is not null)
        {
            mistake = "--tail-form-factor and --form-factor both name the other end's form; leave one of them out";
            return null;
        }

        AskedLink asked = new()
        {
            Length = r.Length,
            Rate = leg,
            Ways = ways,
            FormA = r.Forms?.A,
            FormZ = r.Forms?.Z ?? r.TailForm,
            TopA = r.Forms?.TopA ?? ThermalType.Any,
            TopZ =
                r.TailForm is not null ? r.TailTop
                : r.Forms is { Z: null } both ? (ways == 1 ? both.TopA : ThermalType.Any)
                : r.Forms?.TopZ ?? ThermalType.Any,
            Lane = r.Lane,
            Panels = r.Panels,
            Protocol = r.Protocol,
        };
        if (asked.Fault() is { } fault)
        {
            mistake = $"--form-factor: {fault}; give another form or a lower --rate-gbps";
            return null;
        }

        mistake = null;
        return new(
            asked.ToQuestion(),
            new()
            {
                Objective = r.Objective,
                Fibre = FibreSpec.Of(r.Fibre),
                ReachDerating = r.Derating,
                Exclude = r.Exclude,
            },
            r.Fibre
        );
    }

    private static string Gbps(DataRate rate) => rate.Gbps.ToString("0.###", CultureInfo.InvariantCulture);

    private static bool TryForms(string text, out FormPair? value)
    {
        string[] words = text.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries);
        bool good = words.Length is 1 or 2 && Array.TrueForAll(words, w => w == Any || Forms.Contains(w));
        value = good
            ? new(FormOf(words[0]), words.Length == 2 ? FormOf(words[1]) : null) { TopA = TopOf(words[0]), TopZ = TopOf(words[^1]) }
            : null;
        return good;
    }

    private static FormFactor FormOf(string word)
    {
        string form =
            word.EndsWith(Finned, StringComparison.Ordinal) ? word[..^Finned.Length]
            : word.EndsWith(Flat, StringComparison.Ordinal) ? word[..^Flat.Length]
            : word;
        return FormFactorWords.TryParse(form, out FormFactor parsed) ? parsed : FormFactor.Unknown;
    }

    private static ThermalType TopOf(string word) =>
        word.EndsWith(Finned, StringComparison.Ordinal) ? ThermalType.Ihs
        : word.EndsWith(Flat, StringComparison.Ordinal) ? ThermalType.Rhs
        : ThermalType.Any;

    private static void WriteTable(
        Question question,
        IReadOnlyList<InterconnectCandidate> candidates,
        InterconnectCandidate? derated,
        Request request,
        TextWriter w
    )
    {
        LinkQuestion link = question.Link;
        string what = link.A.Ways > 1 ? $"{link.A.CageRate} as {link.A.Breakout}" : link.Rate.ToString();
        w.WriteLine(FormattableString.Invariant($"{what} over {link.Length}, {question.Fibre}, by {question.Spec.Objective.ToWord()}"));
        if (request.NotGiven.Count > 0)
        {
            Wrapped(w, "  ", "assumed, as not given: " + string.Join(", ", request.NotGiven.Select(k => Words(k, request))));
        }

        w.WriteLine();
        w.WriteLine($"{"", -2}{"product", -42}{"kind", -6}{"reach", 8}{"order", 9}{"price", 10}{"power", 9}{"latency", 11}");
        foreach (InterconnectCandidate c in candidates)
        {
            if (c.Verdict == ProductVerdict.Rejected)
            {
                continue;
            }

            string id = c.Tail.Id == c.Head.Id ? c.Head.Id : $"{c.Head.Id} + {c.Tail.Id}";
            w.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(c.Verdict == ProductVerdict.Chosen ? "> " : "  ")}{Cut(id, 41), -42}{c.Head.Kind.ToWord(), -6}{c.RatedReach, 8}"
                        + $"{c.OrderLength, 9}{(c.Price is { } p ? p.ToString() : "-"), 10}"
                        + $"{(c.Power is { } power ? power.ToString() : "-"), 9}{(c.Latency is { } l ? $"{l.Nanoseconds:0} ns" : "-"), 11}"
                )
            );
        }

        if (candidates is [{ Verdict: ProductVerdict.Chosen } chosen, ..])
        {
            w.WriteLine();
            w.WriteLine($"Chosen: {Cut(chosen.Head.Name, Width - 8)}");
            foreach (string reason in chosen.Reasons)
            {
                Wrapped(w, "  - ", reason);
            }

            if (chosen.Class is { } c)
            {
                Wrapped(w, "  - ", "article: " + c.Article);
                Wrapped(w, "  - ", "standards and vendors: " + c.Standards);
            }

            if (derated is not null)
            {
                Wrapped(
                    w,
                    "  - ",
                    FormattableString.Invariant(
                        $"a design that uses {new InterconnectSpec().ReachDerating:0.##} of the reach takes {derated.Head.Id} instead"
                    )
                );
            }
        }

        Rejected([.. candidates.Where(c => c.Verdict == ProductVerdict.Rejected)], request.Rows, w);
    }

    private static string Words(string key, Request request) =>
        key switch
        {
            "fibre" => $"--fibre {request.Fibre}",
            "objective" => $"--objective {request.Objective.ToWord()}",
            "panels" => FormattableString.Invariant($"--panels {request.Panels}"),
            _ => FormattableString.Invariant(
                $"--reach-derating {request.Derating:0.##} (a design takes {new InterconnectSpec().ReachDerating:0.##} unless its file says otherwise)"
            ),
        };

    private static void Rejected(InterconnectCandidate[] rejected, int rows, TextWriter w)
    {
        w.WriteLine();
        w.WriteLine("Rejected, nearest miss first:");
        foreach (InterconnectCandidate c in rejected.Take(rows))
        {
            Wrapped(w, $"  {c.Head.Id, -24}", string.Join("; ", c.Reasons));
        }

        if (rejected.Length > rows)
        {
            w.WriteLine(FormattableString.Invariant($"  and {rejected.Length - rows} more (--rows N, or --json for all)"));
        }
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";

    private static void Wrapped(TextWriter w, string lead, string text)
    {
        string line = lead;
        string indent = new(' ', Math.Min(lead.Length, 26));
        bool empty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                w.WriteLine(line);
                line = indent;
                empty = true;
            }

            line += empty ? word : " " + word;
            empty = false;
        }

        w.WriteLine(line);
    }

    /// <summary>The command line's values, each within the range of its option.</summary>
    internal sealed record Request
    {
        public required Length Length { get; init; }

        public required DataRate Rate { get; init; }

        public Breakout? Breakout { get; init; }

        public string Fibre { get; init; } = "om4";

        public InterconnectObjective Objective { get; init; }

        public FormPair? Forms { get; init; }

        public FormFactor? TailForm { get; init; }

        public ThermalType TailTop { get; init; } = ThermalType.Any;

        public DataRate? Lane { get; init; }

        public Protocol? Protocol { get; init; }

        public int Panels { get; init; }

        public double Derating { get; init; } = 1;

        /// <summary>Keys of the query whose options were left out.</summary>
        public IReadOnlyList<string> NotGiven { get; init; } = [];

        public IReadOnlyList<string> Exclude { get; init; } = [];

        public int Rows { get; init; } = DefaultRows;

        public bool Json { get; init; }

        public string? CatalogueDirectory { get; init; }
    }

    /// <summary>Forms of the cages at both ends; Z null where only one was given.</summary>
    internal readonly record struct FormPair(FormFactor A, FormFactor? Z)
    {
        /// <summary>Heat sink that the A cage takes.</summary>
        public ThermalType TopA { get; init; } = ThermalType.Any;

        /// <summary>Heat sink that the Z cages take.</summary>
        public ThermalType TopZ { get; init; } = ThermalType.Any;
    }

    private sealed record Question(LinkQuestion Link, InterconnectSpec Spec, string Fibre);
}
