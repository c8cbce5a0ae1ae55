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

namespace Lightloom.Cli.Commands;

/// <summary><c>lightloom interconnect</c>: ranks the interconnects for one link, each rejection with its reason.</summary>
public static class InterconnectCommand
{
    private const int Width = 100;

    private static readonly string[] Forms =
    [
        "osfp",
        "osfp224",
        "qsfp-dd800",
        "qsfp-dd",
        "qsfp112",
        "qsfp56",
        "qsfp28",
        "sfp28",
        "sfp+",
        "rj45",
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
    private static readonly CheckedOption<string?> BreakoutOption = Value.Text<string>(
        "--breakout",
        "How one end's cage is divided, for example 2x400: that end is the head, the other ends are whole cages.",
        "WAYSxGBPS, for example 2x400",
        (string text, out string? value) =>
        {
            value = text;
            return Breakout.TryParse(text, out _);
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
        ["cost", "power", "latency"],
        "cost"
    );
    private static readonly CheckedOption<string?> FormOption = Value.Word(
        "--form-factor",
        $"Form of the cages ({string.Join(", ", Forms)}); any when left out. With --breakout, of the head's.",
        Forms
    );
    private static readonly CheckedOption<string?> TailFormOption = Value.Word(
        "--tail-form-factor",
        "With --breakout: form of the cages at the other ends.",
        Forms
    );
    private static readonly CheckedOption<double?> LaneOption = Value.Number(
        "--lane-gbps",
        "Rate of one electrical lane of the cages (100 up to 800G, 200 above).",
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
    private static readonly RepeatedOption ExcludeOption = new(
        "--exclude",
        $"Kinds ({string.Join(", ", InterconnectKindWords.All)}) or ids never to use.",
        "a kind or an id",
        "KIND|ID"
    )
    {
        AllowMultipleArgumentsPerToken = true,
    };
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
            JsonOption,
            CatalogOption,
        };
        command.SetAction(parsed =>
        {
            Request request = new()
            {
                LengthMetres = LengthOption.In(parsed)!.Value,
                RateGbps = RateOption.In(parsed)!.Value,
                Breakout = BreakoutOption.In(parsed),
                Fibre = FibreOption.In(parsed),
                Protocol = ProtocolOption.In(parsed),
                Objective = ObjectiveOption.In(parsed),
                FormFactor = FormOption.In(parsed),
                TailFormFactor = TailFormOption.In(parsed),
                LaneGbps = LaneOption.In(parsed),
                Panels = PanelsOption.In(parsed)!.Value,
                Derating = DeratingOption.In(parsed)!.Value,
                Exclude = ExcludeOption.In(parsed),
                Json = parsed.GetValue(JsonOption),
                CatalogueDirectory = CatalogOption.In(parsed),
            };
            return Run(request, Console.OpenStandardOutput(), Console.Error);
        });
        return command;
    }

    internal static int Run(Request request, Stream output, TextWriter errors)
    {
        List<string> mistakes = [];
        Question? question = Read(request, mistakes);
        if (question is null || mistakes.Count > 0)
        {
            foreach (string mistake in mistakes)
            {
                errors.WriteLine("lightloom: " + mistake);
            }

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

        InterconnectSelector selector = new(catalogue, question.Spec);
        IReadOnlyList<InterconnectCandidate> candidates = selector.Rank(question.Link);
        InterconnectCandidate? derated = Derated(catalogue, question, candidates);
        if (request.Json)
        {
            new InterconnectJson(
                request.LengthMetres,
                request.RateGbps,
                request.Breakout is null ? null : question.Link.A.Breakout,
                question.Fibre,
                question.Spec,
                question.Link.Panels,
                candidates,
                derated
            ).Write(output);
        }
        else
        {
            using StreamWriter writer = new(output, leaveOpen: true);
            WriteTable(question, candidates, derated, writer);
        }

        if (candidates is [{ Verdict: ProductVerdict.Chosen }, ..])
        {
            return ExitCode.Done;
        }

        string nearest =
            candidates.Count == 0
                ? "the catalogue has no interconnects"
                : $"{candidates[0].Head.Id}: {string.Join("; ", candidates[0].Reasons)}";
        errors.WriteLine($"error LL6901: no interconnect of the catalogue serves this link; closest: {nearest}");
        return ExitCode.Infeasible;
    }

    // What a design would take, which derates optics, where that is another product.
    private static InterconnectCandidate? Derated(Catalogue catalogue, Question question, IReadOnlyList<InterconnectCandidate> candidates)
    {
        double usual = new InterconnectSpec().ReachDerating;
        if (question.Spec.ReachDerating <= usual || candidates is not [{ Verdict: ProductVerdict.Chosen } chosen, ..])
        {
            return null;
        }

        InterconnectCandidate? other = new InterconnectSelector(catalogue, question.Spec with { ReachDerating = usual }).Choose(
            question.Link
        );
        return other is null || other.Head.Id != chosen.Head.Id || other.Tail.Id != chosen.Tail.Id ? other : null;
    }

    private static Question? Read(Request r, List<string> mistakes)
    {
        if (!(r.LengthMetres >= 0 && r.LengthMetres <= 1_000_000))
        {
            mistakes.Add("--length-m must be between 0 and 1000000");
        }

        if (!(r.RateGbps > 0 && r.RateGbps <= 100_000))
        {
            mistakes.Add("--rate-gbps must be more than 0 and at most 100000");
        }

        if (!(r.Derating > 0 && r.Derating <= 1))
        {
            mistakes.Add("--reach-derating must be more than 0 and at most 1");
        }

        if (r.Panels is < 0 or > 64)
        {
            mistakes.Add("--panels must be between 0 and 64");
        }

        if (r.LaneGbps is { } given && !(given > 0 && given <= 1600))
        {
            mistakes.Add("--lane-gbps must be more than 0 and at most 1600");
        }

        Breakout breakout = default;
        bool divided = r.Breakout is not null;
        if (divided && !Breakout.TryParse(r.Breakout, out breakout))
        {
            mistakes.Add($"--breakout '{Shown(r.Breakout)}' is not of the form 2x400");
            divided = false;
        }

        InterconnectObjective objective = default;
        switch (r.Objective?.ToLowerInvariant())
        {
            case null or "cost":
                break;
            case "power":
                objective = InterconnectObjective.Power;
                break;
            case "latency":
                objective = InterconnectObjective.Latency;
                break;
            default:
                mistakes.Add($"--objective '{Shown(r.Objective)}' is none of cost, power, latency");
                break;
        }

        Protocol? protocol = null;
        if (r.Protocol is { } word)
        {
            if (ProtocolWords.TryParse(word.ToLowerInvariant(), out Protocol spoken))
            {
                protocol = spoken;
            }
            else
            {
                mistakes.Add($"--protocol '{Shown(word)}' is none of {string.Join(", ", ProtocolWords.All)}");
            }
        }

        string fibre = r.Fibre?.ToLowerInvariant() ?? "om4";
        if (fibre is not ("om3" or "om4" or "om5" or "os2"))
        {
            mistakes.Add($"--fibre '{Shown(r.Fibre)}' is none of om3, om4, om5, os2");
        }

        FormFactor form = Form(r.FormFactor, "--form-factor", mistakes);
        FormFactor tailForm = Form(r.TailFormFactor, "--tail-form-factor", mistakes);
        if (r.TailFormFactor is not null && !divided)
        {
            mistakes.Add("--tail-form-factor needs --breakout");
        }

        if (mistakes.Count > 0)
        {
            return null;
        }

        DataRate rate = DataRate.FromGbps(r.RateGbps);
        DataRate leg = rate;
        int ways = 1;
        if (divided)
        {
            // The rate is the divided cage's, or already that of one leg.
            if (breakout.Rate * breakout.Ways != rate && breakout.Rate != rate)
            {
                mistakes.Add(
                    $"--breakout {breakout} makes up {breakout.Rate * breakout.Ways}, not {rate}; "
                        + $"give --rate-gbps {(breakout.Rate * breakout.Ways).Gbps.ToString("0.###", CultureInfo.InvariantCulture)}"
                );
                return null;
            }

            leg = breakout.Rate;
            ways = breakout.Ways;
        }

        DataRate whole = leg * ways;
        DataRate lane = r.LaneGbps is { } l ? DataRate.FromGbps(l) : LaneOf(whole);
        CageUse head = Cage(form, whole, lane, new(ways, leg));
        CageUse tail = ways > 1 ? Cage(tailForm, leg, lane, new(1, leg)) : head;
        return new(
            new()
            {
                Length = Length.FromMetres(r.LengthMetres),
                Rate = leg,
                A = head,
                Z = tail,
                Shape = ways > 1 ? LinkShape.SplitAtA : LinkShape.Single,
                Panels = r.Panels,
                Protocol = protocol,
            },
            new()
            {
                Objective = objective,
                Fibre = new() { Multimode = fibre == "os2" ? "none" : fibre },
                ReachDerating = r.Derating,
                Exclude = r.Exclude,
            },
            fibre
        );
    }

    private static CageUse Cage(FormFactor form, DataRate rate, DataRate lane, Breakout use) =>
        new(form, ThermalType.Any, rate, Math.Max(1, (int)Math.Ceiling((double)rate.BitsPerSecond / lane.BitsPerSecond)), use);

    private static DataRate LaneOf(DataRate rate) =>
        rate.Gbps switch
        {
            > 800 => DataRate.FromGbps(200),
            >= 100 => DataRate.FromGbps(100),
            _ => rate,
        };

    private static FormFactor Form(string? text, string option, List<string> mistakes)
    {
        int at = text is null ? -1 : Array.IndexOf(Forms, text.ToLowerInvariant());
        if (text is not null && at < 0)
        {
            mistakes.Add($"{option} '{Shown(text)}' is none of {string.Join(", ", Forms)}");
        }

        return at < 0
            ? FormFactor.Unknown
            : (FormFactor)(
                at switch
                {
                    0 => FormFactor.Osfp,
                    1 => FormFactor.Osfp224,
                    2 => FormFactor.QsfpDd800,
                    3 => FormFactor.QsfpDd,
                    4 => FormFactor.Qsfp112,
                    5 => FormFactor.Qsfp56,
                    6 => FormFactor.Qsfp28,
                    7 => FormFactor.Sfp28,
                    8 => FormFactor.SfpPlus,
                    _ => FormFactor.Rj45,
                }
            );
    }

    private static string Shown(string? text) =>
        text is null ? ""
        : text.Length <= 40 ? text
        : text[..40] + "...";

    private static void WriteTable(
        Question question,
        IReadOnlyList<InterconnectCandidate> candidates,
        InterconnectCandidate? derated,
        TextWriter w
    )
    {
        LinkQuestion link = question.Link;
        string what = link.A.Ways > 1 ? $"{link.A.CageRate} as {link.A.Breakout}" : link.Rate.ToString();
        w.WriteLine(FormattableString.Invariant($"{what} over {link.Length}, {question.Fibre}, by {question.Spec.Objective.ToWord()}"));
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

        w.WriteLine();
        w.WriteLine("Rejected, nearest miss first:");
        foreach (InterconnectCandidate c in candidates)
        {
            if (c.Verdict == ProductVerdict.Rejected)
            {
                Wrapped(w, $"  {c.Head.Id, -24}", string.Join("; ", c.Reasons));
            }
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

    /// <summary>The command line's values as given.</summary>
    internal sealed record Request
    {
        public double LengthMetres { get; init; }

        public double RateGbps { get; init; }

        public string? Breakout { get; init; }

        public string? Fibre { get; init; }

        public string? Objective { get; init; }

        public string? Protocol { get; init; }

        public string? FormFactor { get; init; }

        public string? TailFormFactor { get; init; }

        public double? LaneGbps { get; init; }

        public int Panels { get; init; }

        public double Derating { get; init; } = 1;

        public IReadOnlyList<string> Exclude { get; init; } = [];

        public bool Json { get; init; }

        public string? CatalogueDirectory { get; init; }
    }

    private sealed record Question(LinkQuestion Link, InterconnectSpec Spec, string Fibre);
}
