using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <content>The single rules, each with the words for its rejection.</content>
public sealed partial class InterconnectSelector
{
    private List<Rejection> JudgeModule(InterconnectModel model, End end, LinkQuestion question)
    {
        List<Rejection> broken = [];
        Speaks(model, question, broken);
        Excluded(model, question, broken);
        bool coPackaged = CageFit.IsCoPackaged(end.Cage.FormFactor);
        if (model.Reach.OrEmpty().Count == 0 && model.AmplifiedReach.OrEmpty().Count > 0)
        {
            broken.Add(
                new(
                    RejectionCode.LineSystem,
                    $"reaches {model.AmplifiedReach.OrEmpty().Values.Max().Metres:0.##} m over a line system with amplifiers only, "
                        + "which is not designed here"
                )
            );
        }
        else if (model.Reach.OrEmpty().Count == 0 || model.FormFactors.OrEmpty().Count == 0 || model.Breakouts.OrEmpty().Count == 0)
        {
            broken.Add(new(RejectionCode.Unpublished, "no " + Missing(model) + " is published"));
        }

        if (!coPackaged && model.FormFactors.OrEmpty().Count > 0 && !CageFit.Mates(end.Cage, model.FormFactors.OrEmpty()))
        {
            broken.Add(Form(end, model.FormFactors.OrEmpty(), ""));
        }

        if (!coPackaged && !CageFit.ThermalFits(end.Cage, model.ThermalTypes.OrEmpty()))
        {
            broken.Add(Thermal(model, end));
        }

        if (
            coPackaged
            && (
                model.Traits is not { Optics: Optics.Parallel, IsAssembly: false }
                || !model.Traits.Media.Contains(Medium.Os2)
                || LaneOf(model) != end.Cage.LaneRate
            )
        )
        {
            broken.Add(
                new(
                    RejectionCode.FormFactor,
                    $"the {end.Name} end is co-packaged: its optical engine speaks parallel single-mode on lanes of {end.Cage.LaneRate}"
                )
            );
            return broken;
        }

        if (model.Breakouts.OrEmpty().Count > 0 && !Divides(model, end, parallel: false))
        {
            string why =
                IsWavelengthMultiplexed(model) && end.Cage.Ways > model.Breakouts.OrEmpty().Max(b => b.Ways)
                    ? $"multiplexes wavelengths, so it divides as {Join(model.Breakouts.OrEmpty())} only; "
                        + $"the cage at end {end.Name} is used as {end.Use}"
                    : $"carries {Join(model.Breakouts.OrEmpty())}; the cage at end {end.Name} is used as {end.Use}";
            broken.Add(new(RateOrBreakout(model, end), why));
        }
        else if (model.Connectors > 1 && end.Cage.Ways > model.Connectors && end.Cage.Ways % model.Connectors != 0)
        {
            broken.Add(new(RejectionCode.Breakout, $"its {model.Connectors} connectors must divide alike; {end.Cage.Ways} legs do not"));
        }

        Lanes(model, [end], broken);
        if (model.IsLinear is { Value: true } && !question.LinearAllowed)
        {
            broken.Add(
                new(
                    RejectionCode.Linear,
                    "has no signal processor, and the NIC is not known to drive it (`linear: true` of the NIC says so)"
                )
            );
        }

        return broken;
    }

    private static void Speaks(InterconnectModel model, LinkQuestion question, List<Rejection> broken)
    {
        if (question.Protocol is { } asked && model.Protocols is { Value: var own } && !own.Contains(asked))
        {
            broken.Add(new(RejectionCode.Protocol, $"carries {Protocols.Words(own)} only; both ends speak {Protocols.Word(asked)}"));
        }
    }

    // The smallest shuffle whose ports take the sockets of either end.
    private PassiveModel? ShuffleFor(LinkSockets sockets, Medium? medium, InterconnectModel head, InterconnectModel tail) =>
        _shuffles
            .Where(s =>
                s.Medium?.Value == medium
                && FibreConnector.Mates(s.Connector?.Value, head.Connector?.Value)
                && FibreConnector.Mates(s.Connector?.Value, tail.Connector?.Value)
                && Math.Min(s.Ports?.Value ?? 0, s.Tails?.Value ?? 0) >= Math.Max(sockets.A.LegsPerSocket, sockets.Z.LegsPerSocket)
            )
            .OrderBy(s => s.Ports!.Value)
            .ThenBy(s => s.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    private static Rejection Sockets(InterconnectModel model, LinkSockets sockets) =>
        new(
            RejectionCode.Sockets,
            $"its sockets hold {Math.Max(sockets.A.LegsPerSocket, sockets.Z.LegsPerSocket)} legs each ("
                + $"{model.Connectors} socket{(model.Connectors == 1 ? "" : "s")} a module), which part ways at both ends; "
                + "no shuffle for its connector is in the catalogue"
        );

    private void Excluded(InterconnectModel model, LinkQuestion question, List<Rejection> broken)
    {
        if (_excluded.Contains(model.Id))
        {
            broken.Add(new(RejectionCode.Excluded, $"excluded by its id, {model.Id}"));
        }
        else if (_excluded.Contains(model.Kind.ToWord()))
        {
            broken.Add(new(RejectionCode.Excluded, $"excluded by its kind, {model.Kind.ToWord()}"));
        }
        else if (question.Kinds is { } kinds && !kinds.Contains(model.Kind))
        {
            broken.Add(
                new(
                    RejectionCode.Excluded,
                    $"interconnect.media allows {string.Join(", ", kinds.Select(k => k.ToWord()))} there, not {model.Kind.ToWord()}"
                )
            );
        }
        else if (question.Kept is { } kept && !kept.Contains(model))
        {
            broken.Add(new(RejectionCode.Excluded, "its tier does with fewer kinds: it would save less than one more costs"));
        }
    }

    private static void AssemblyForms(InterconnectModel model, End head, End tail, bool splitter, List<Rejection> broken)
    {
        foreach (End end in (ReadOnlySpan<End>)[head, tail])
        {
            if (CageFit.IsCoPackaged(end.Cage.FormFactor))
            {
                broken.Add(new(RejectionCode.FormFactor, $"the {end.Name} end is co-packaged and takes fibre only"));
                return;
            }
        }

        if (!splitter)
        {
            if (!CageFit.MatesBoth(head.Cage, tail.Cage, model.FormFactors.OrEmpty()))
            {
                broken.Add(
                    new(
                        RejectionCode.FormFactor,
                        $"both ends are alike ({Join(model.FormFactors.OrEmpty())}); "
                            + $"the cages are {Name(head.Cage.FormFactor)} and {Name(tail.Cage.FormFactor)}"
                    )
                );
            }

            return;
        }

        if (!CageFit.Mates(head.Cage, model.FormFactors.OrEmpty()))
        {
            broken.Add(Form(head, model.FormFactors.OrEmpty(), "its head is "));
        }

        if (!CageFit.Mates(tail.Cage, model.TailFormFactors.OrEmpty()))
        {
            broken.Add(Form(tail, model.TailFormFactors.OrEmpty(), "its tails are "));
        }
    }

    private static void Lanes(InterconnectModel model, ReadOnlySpan<End> ends, List<Rejection> broken)
    {
        if (!model.Traits.HasLanes)
        {
            // Pairs of a cord are not lanes of a cage.
            return;
        }

        if (LaneOf(model) is not { } lane)
        {
            if (model.FormFactors.OrEmpty().Count > 0 && model.Breakouts.OrEmpty().Count > 0 && model.Optics != Optics.Coherent)
            {
                broken.Add(new(RejectionCode.Unpublished, "no lane rate is published"));
            }

            return;
        }

        for (int i = 0; i < ends.Length; i++)
        {
            End end = ends[i];
            if (CageFit.LanesMisfit(end.Cage, end.Rate, i == 1 && model.TailLaneRate is { } tail ? tail.Value : lane) is { } why)
            {
                broken.Add(new(RejectionCode.Lanes, $"{why} ({end.Name} end)"));
                return;
            }
        }
    }

    // What a product offers an end. A module that carries more than the cage serves it only in a mode that its entry names;
    // one that divides further than the cage leaves legs unused.
    private static bool Divides(InterconnectModel model, End end, bool parallel)
    {
        DataRate used = end.Rate * end.Cage.Ways;
        bool passive = !model.Traits.IsActive;
        foreach (Breakout b in model.Breakouts.OrEmpty())
        {
            if (
                b.Rate == end.Rate
                && (b.Ways == end.Cage.Ways || (b.Ways > end.Cage.Ways && model.Rate.Value <= end.Cage.CageRate && !model.IsAssembly))
            )
            {
                return true;
            }

            // Copper carries lanes, whatever the hosts make of them.
            if (parallel && passive && b.Ways == 1 && b.Rate == used)
            {
                return true;
            }
        }

        return false;
    }

    private static RejectionCode RateOrBreakout(InterconnectModel model, End end) =>
        model.Rate.Value == end.Rate * end.Cage.Ways ? RejectionCode.Breakout : RejectionCode.Rate;

    private static bool IsWavelengthMultiplexed(InterconnectModel model) =>
        model.Optics == Optics.Multiplexed && model.Fibres is { } fibres && model.Lanes is { } lanes && fibres.Value < 2 * lanes.Value;

    /// <summary>The rate of one lane of the cage, where a gearbox does not make it differ that of the line.</summary>
    internal static DataRate? LaneOf(InterconnectModel model)
    {
        if (model.HostLaneRate is { } host)
        {
            return host.Value;
        }

        if (model.Optics == Optics.Coherent)
        {
            // A coherent module's line lanes say nothing of its electrical side.
            return null;
        }

        return model.LineLane;
    }

    private static bool SameFec(InterconnectModel a, InterconnectModel b) =>
        a.Fec is null || b.Fec is null || Code(a.Fec.Value) == Code(b.Fec.Value);

    private static string Code(string fec)
    {
        int end = fec.IndexOf(')', StringComparison.Ordinal);
        string code = end > 0 ? fec[..(end + 1)] : fec;
        return fec.Contains("inner FEC", StringComparison.Ordinal) && !fec.Contains("no inner FEC", StringComparison.Ordinal)
            ? code + "+inner"
            : code;
    }

    private Medium[] InstalledFor(InterconnectModel model)
    {
        bool single = model.Reach.OrEmpty().ContainsKey(Medium.Os2);
        return single ? [Medium.Os2]
            : _hasMultimode ? [_multimode]
            : [];
    }

    private string InstalledWords() => _hasMultimode ? $"{_multimode.InWords()} and OS2" : "OS2";

    // A better grade of multimode fibre does at least what a lesser one does.
    private static long? RatedOn(InterconnectModel model, Medium installed)
    {
        for (Medium grade = installed; ; grade--)
        {
            if (model.Reach.OrEmpty().TryGetValue(grade, out Length reach))
            {
                return reach.Millimetres;
            }

            if (grade is not (Medium.Om5 or Medium.Om4))
            {
                return null;
            }
        }
    }

    private static double? BudgetOn(InterconnectModel model, Medium installed)
    {
        for (Medium grade = installed; ; grade--)
        {
            if (model.LossBudgetDb.OrEmpty().TryGetValue(grade, out double budget))
            {
                return budget;
            }

            if (grade is not (Medium.Om5 or Medium.Om4))
            {
                return null;
            }
        }
    }

    private static string Missing(InterconnectModel model)
    {
        List<string> missing = [];
        Add(model.Reach.OrEmpty().Count == 0, "reach");
        Add(model.FormFactors.OrEmpty().Count == 0, "form factor");
        Add(model.Breakouts.OrEmpty().Count == 0, "division into ports");
        Add(model.IsAssembly && model.CatalogueLengths.OrEmpty().Count == 0, "sold length");
        Add(model.IsAssembly && LaneOf(model) is null, "lane rate");
        return string.Join(", no ", missing);

        void Add(bool when, string what)
        {
            if (when)
            {
                missing.Add(what);
            }
        }
    }

    private static Rejection Form(End end, IReadOnlyList<FormFactor> sold, string what) =>
        new(
            RejectionCode.FormFactor,
            $"{what}{(what.Length == 0 ? "sold as " : "")}{Join(sold)}; the cage at end {end.Name} is {Name(end.Cage.FormFactor)}"
        );

    private static Rejection Thermal(InterconnectModel model, End end) =>
        new(
            RejectionCode.Thermal,
            "sold with "
                + string.Join(
                    " and ",
                    model.ThermalTypes.OrEmpty().Select(t => t == ThermalType.Ihs ? "finned top (IHS)" : "flat top (RHS)")
                )
                + $" only; the cage at end {end.Name} takes "
                + $"{(end.Cage.Thermal == ThermalType.Ihs ? "finned tops, being air-cooled" : "flat tops")}"
        );

    private static string Join(IReadOnlyList<Breakout> breakouts) => string.Join(", ", breakouts);

    private static string Join(IReadOnlyList<FormFactor> forms) => string.Join(", ", forms.Select(Name));

    internal static string Name(FormFactor form) =>
        form switch
        {
            FormFactor.Osfp => "OSFP",
            FormFactor.Osfp224 => "OSFP224",
            FormFactor.QsfpDd800 => "QSFP-DD800",
            FormFactor.QsfpDd => "QSFP-DD",
            FormFactor.Qsfp112 => "QSFP112",
            FormFactor.Qsfp56 => "QSFP56",
            FormFactor.Qsfp28 => "QSFP28",
            FormFactor.QsfpPlus => "QSFP+",
            FormFactor.Sfp112 => "SFP112",
            FormFactor.Sfp56 => "SFP56",
            FormFactor.Sfp28 => "SFP28",
            FormFactor.SfpPlus => "SFP+",
            FormFactor.Sfp => "SFP",
            FormFactor.Rj45 => "RJ45",
            FormFactor.CoPackagedMpo12 => "co-packaged MPO-12",
            FormFactor.CoPackagedMmc12 => "co-packaged MMC-12",
            _ => "unknown",
        };
}
