using Lightloom.Diagnostics;
using Lightloom.Hardware;
using Lightloom.Spec;
using Lightloom.Topology;
using Lightloom.Units;

namespace Lightloom.Cabling;

/// <summary>
/// Judges every product of the catalogue for one link and ranks those that can serve it. The command <c>interconnect</c> and the planner
/// ask the same selector.
/// </summary>
/// <remarks>
/// A candidate is either an assembly (straight, or splitting one cage into several) or a pair of modules of one family with fibre between.
/// The class that the article names for the distance goes first, then longer classes; within a class the objective decides, then the price,
/// then the id. The rules are written out in docs/models/interconnects.md. Immutable; safe to use from several threads.
/// </remarks>
public sealed partial class InterconnectSelector
{
    private static readonly DataRate NeedsKp4 = DataRate.FromGbps(50);
    private readonly InterconnectModel[] _models;
    private readonly PassiveModel[] _fibres;
    private readonly PassiveModel[] _shuffles;
    private readonly HashSet<string> _excluded;
    private readonly InterconnectSpec _spec;
    private readonly Medium _multimode;
    private readonly bool _hasMultimode;

    /// <summary>Prepares the choice among a catalogue's interconnects.</summary>
    /// <param name="catalogue">Products and facts.</param>
    /// <param name="spec">Objective, fibre grades, derating, exclusions.</param>
    public InterconnectSelector(Catalogue catalogue, InterconnectSpec spec)
    {
        _spec = spec;
        _models = [.. catalogue.Interconnects.Values];
        _fibres = [.. catalogue.Passives.Values.Where(p => p.Kind == PassiveKind.FibreCable)];
        _shuffles = [.. catalogue.Passives.Values.Where(p => p.Kind == PassiveKind.Shuffle)];
        _excluded = new(spec.Exclude, StringComparer.OrdinalIgnoreCase);
        _hasMultimode = spec.Fibre.Multimode is not (null or "" or "none");
        _multimode = spec.Fibre.Multimode switch
        {
            "om3" => Medium.Om3,
            "om5" => Medium.Om5,
            _ => Medium.Om4,
        };
        Plant = new FibrePlant(catalogue);
        Table = new DistanceTable(catalogue);
    }

    /// <summary>Figures of fibre and copper.</summary>
    public FibrePlant Plant { get; }

    /// <summary>The article's table.</summary>
    public DistanceTable Table { get; }

    /// <summary>
    /// Every product with its verdict and reasons: the chosen one first, then the feasible ones by rank, then the rejected ones, nearest
    /// miss first.
    /// </summary>
    public IReadOnlyList<InterconnectCandidate> Rank(LinkQuestion question) => Prepare(question).Rank(question.Length.Millimetres);

    /// <summary>The product that ranks first, or null when none can serve the link.</summary>
    public InterconnectCandidate? Choose(LinkQuestion question) =>
        Rank(question) is [{ Verdict: ProductVerdict.Chosen } chosen, ..] ? chosen : null;

    /// <summary>Judges everything but the length, once for all links that are alike.</summary>
    internal PreparedLink Prepare(LinkQuestion question)
    {
        bool headAtZ = HeadIsAtZ(question);
        (End head, End tail) = Ends(question, headAtZ);
        var offers = new List<Offer>(_models.Length);
        foreach (InterconnectModel model in _models)
        {
            Add(offers, model, question, head, tail);
        }

        int ways = Math.Max(1, head.Cage.Ways / Math.Max(1, tail.Cage.Ways));
        return new(Plant, _spec.Objective, _spec.ReachDerating, question.Panels, headAtZ, ways, offers, question.Kinds);
    }

    /// <summary>True when some product serves such a link at some length.</summary>
    internal bool ServesSomeLength(LinkQuestion question)
    {
        (End head, End tail) = Ends(question, HeadIsAtZ(question));
        List<Offer> offers = [];
        foreach (InterconnectModel model in _models)
        {
            offers.Clear();
            Add(offers, model, question, head, tail);
            if (offers.Exists(o => o.Broken.Count == 0 && o.Allowed > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static (End Head, End Tail) Ends(LinkQuestion question, bool headAtZ) =>
        (
            new(headAtZ ? question.Z : question.A, headAtZ ? "Z" : "A", question.Rate),
            new(headAtZ ? question.A : question.Z, headAtZ ? "A" : "Z", question.Rate)
        );

    private void Add(List<Offer> offers, InterconnectModel model, LinkQuestion question, End head, End tail)
    {
        if (model.IsAssembly)
        {
            offers.Add(Assembly(model, question, head, tail));
        }
        else
        {
            AddModules(offers, model, question, head, tail);
        }
    }

    private static bool HeadIsAtZ(LinkQuestion q)
    {
        // The head is the pluggable that carries more: a socket of co-packaged optics has none.
        bool coA = CageFit.IsCoPackaged(q.A.FormFactor);
        bool coZ = CageFit.IsCoPackaged(q.Z.FormFactor);
        if (coA != coZ)
        {
            return coA;
        }

        return q.Shape switch
        {
            LinkShape.SplitAtZ => true,
            LinkShape.SplitAtA => false,
            _ => Carried(q.Z) > Carried(q.A),
        };

        DataRate Carried(CageUse cage) => q.Rate * cage.Ways;
    }

    private Offer Assembly(InterconnectModel model, LinkQuestion question, End head, End tail)
    {
        List<Rejection> broken = [];
        bool splitter = model.DividesCage;
        bool split = question.Shape is LinkShape.SplitAtA or LinkShape.SplitAtZ;
        if (question.Separable)
        {
            broken.Add(new(RejectionCode.Excluded, "the far end is another's, and an assembly has both plugs"));
        }

        Speaks(model, question, broken);
        Excluded(model, question, broken);
        if (
            model.FormFactors.OrEmpty().Count == 0
            || model.Breakouts.OrEmpty().Count == 0
            || model.Reach.OrEmpty().Count == 0
            || model.CatalogueLengths.OrEmpty().Count == 0
            || LaneOf(model) is null
        )
        {
            broken.Add(new(RejectionCode.Unpublished, "no " + Missing(model) + " is published"));
        }

        if (question.Shape == LinkShape.Mesh)
        {
            broken.Add(
                new(
                    RejectionCode.Assembly,
                    "both cages are divided, so that every leg has a cable of its own; an assembly joins whole cages"
                )
            );
        }
        else if (splitter && !split)
        {
            broken.Add(new(RejectionCode.Assembly, "it divides one cage into several; neither end of this link is divided alone"));
        }
        else if (!splitter && split)
        {
            broken.Add(new(RejectionCode.Assembly, $"it joins one cage to one; this link divides a cage {head.Cage.Ways} ways"));
        }

        // Twisted pair is patched through panels as a matter of course; its 100 m hold for the whole channel.
        if (question.Panels > 0 && !model.Traits.PassesPanels)
        {
            broken.Add(
                new(RejectionCode.Assembly, $"an assembly cannot pass {question.Panels} patch panel{(question.Panels == 1 ? "" : "s")}")
            );
        }

        if (model.FormFactors.OrEmpty().Count > 0)
        {
            AssemblyForms(model, head, tail, splitter, broken);
        }

        foreach (End end in (ReadOnlySpan<End>)[head, tail])
        {
            if (!CageFit.ThermalFits(end.Cage, model.ThermalTypes.OrEmpty()))
            {
                broken.Add(Thermal(model, end));
            }
        }

        if (model.Breakouts.OrEmpty().Count > 0 && !Divides(model, head, question.Shape == LinkShape.Parallel))
        {
            broken.Add(new(RateOrBreakout(model, head), $"carries {Join(model.Breakouts.OrEmpty())}; the cage is used as {head.Use}"));
        }

        Lanes(model, [head, tail], broken);
        KeyValuePair<Medium, Length> reach = model.Reach.OrEmpty().Count > 0 ? model.Reach.OrEmpty().MaxBy(r => r.Value) : default;
        int[] sold = [.. model.CatalogueLengths.OrEmpty().Select(l => (int)l.Millimetres).Where(l => l <= reach.Value.Millimetres).Order()];
        IReadOnlyList<Price> prices = splitter
            ? PricesOf(model, tail.Cage, model.TailFormFactors.OrEmpty())
            : PricesOf(model, head.Cage, model.FormFactors.OrEmpty());
        return new()
        {
            Head = model,
            Tail = model,
            Class = Table.Of(model),
            IsAssembly = true,
            Prices = prices,
            IsFlatTopUnknown =
                CageFit.IsFlatTopUnknown(head.Cage, model.ThermalTypes.OrEmpty())
                || CageFit.IsFlatTopUnknown(tail.Cage, model.ThermalTypes.OrEmpty()),
            Broken = broken,
            Medium = model.Reach.OrEmpty().Count > 0 ? reach.Key : null,
            Rated = reach.Value.Millimetres,
            Allowed = sold.Length > 0 ? sold[^1] : 0,
            Minimum = model.MinReach?.Value.Millimetres ?? 0,
            Sold = sold,
            SoldPrices =
                broken.Count > 0
                    ? new Money?[sold.Length]
                    : [.. sold.Select(mm => ChosenPrice.Of(prices, Length.FromMillimetres(mm))?.Amount.Value)],
            Power = AssemblyPower.Typical(model, head.Cage.Ways),
            ModuleLatency = model.Latency?.Value,
            HostFec = FecOf(model),
            PropagationPerMetre =
                model.PropagationPerMetre?.Value ?? (model.Reach.OrEmpty().Count > 0 ? Plant.PropagationPerMetre(reach.Key) : SimTime.Zero),
        };
    }

    private void AddModules(List<Offer> offers, InterconnectModel model, LinkQuestion question, End head, End tail)
    {
        List<Rejection> broken = JudgeModule(model, head, question);
        if (CageFit.IsCoPackaged(head.Cage.FormFactor))
        {
            // Co-packaged at both ends: the entry stands for the interface that the optical engines speak.
            offers.Add(Modules(model, model, question, head, tail, broken));
            return;
        }

        List<Rejection> other = JudgeModule(model, tail, question);
        if (CageFit.IsCoPackaged(tail.Cage.FormFactor) || other.Count == 0 || broken.Count > 0)
        {
            // One product at both ends where it fits both; no partner is sought for one that fails already.
            if (broken.Count == 0 && other.Count > 0)
            {
                broken.AddRange(other);
            }

            offers.Add(Modules(model, model, question, head, tail, broken));
            return;
        }

        int before = offers.Count;
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (InterconnectModel partner in _models)
        {
            if (partner.IsAssembly || partner.Family != model.Family || ReferenceEquals(partner, model))
            {
                continue;
            }

            List<Rejection> misfit = JudgeModule(partner, tail, question);
            if (partner.LineLane is { } lane && model.LineLane is { } own && lane != own)
            {
                misfit.Add(new(RejectionCode.Lanes, $"lanes of {lane} against {own}"));
            }

            if (partner.IsLinear is { Value: true } != model.IsLinear is { Value: true })
            {
                misfit.Add(
                    new(
                        RejectionCode.Linear,
                        "one end has a signal processor and the other has not; that they work together is not confirmed"
                    )
                );
            }

            if (!SameFec(model, partner))
            {
                misfit.Add(new(RejectionCode.Fec, $"one end corrects errors by {model.Fec}, the other by {partner.Fec}"));
            }

            if (misfit.Count == 0)
            {
                offers.Add(Modules(model, partner, question, head, tail, []));
            }
            else if (misfit.Count + (partner.Rate.Value == question.Rate ? 0 : 10) is var far && far < fewest)
            {
                (fewest, nearest) = (far, $"{partner.Id}: {misfit[0].Reason}");
            }
        }

        if (offers.Count == before)
        {
            broken.Add(
                new(
                    RejectionCode.Peer,
                    nearest is null
                        ? $"does not fit the {tail.Name} end ({other[0].Reason}) and no other module of family {model.Family} is known"
                        : $"no module of family {model.Family} fits the {tail.Name} end ({nearest})"
                )
            );
            offers.Add(Modules(model, model, question, head, tail, broken));
        }
    }

    private Offer Modules(
        InterconnectModel head,
        InterconnectModel tail,
        LinkQuestion question,
        End headEnd,
        End tailEnd,
        List<Rejection> broken
    )
    {
        (Medium? medium, long rated) = InstalledMedium(head, tail, broken);
        bool coHead = CageFit.IsCoPackaged(headEnd.Cage.FormFactor);
        bool coTail = CageFit.IsCoPackaged(tailEnd.Cage.FormFactor);
        bool headAtZ = headEnd.Name == "Z";
        SocketLayout headSockets = SocketLayout.Of(head, headEnd.Cage, question.Rate, coHead);
        SocketLayout tailSockets = SocketLayout.Of(tail, tailEnd.Cage, question.Rate, coTail);
        LinkSockets sockets = headAtZ ? new(tailSockets, headSockets) : new(headSockets, tailSockets);
        if (question.OwnPlugs && sockets.A.LegsPerSocket > 1 && broken.Count == 0)
        {
            broken.Add(
                new(
                    RejectionCode.Sockets,
                    $"a socket of it holds {sockets.A.LegsPerSocket} legs, and each link has a plug of its own there (breakout: true of the "
                        + "external entry lets them share it)"
                )
            );
        }

        InterconnectModel near = headAtZ ? tail : head;
        if (question.OwnPlugs && near.Rate.Value > question.Rate * question.A.Ways && broken.Count == 0)
        {
            broken.Add(
                new(
                    RejectionCode.Rate,
                    $"{near.Id} carries {near.Rate.Value}, and what is plugged in at the far end runs {question.Rate} (breakout: true of the "
                        + "external entry takes legs of it)"
                )
            );
        }

        PassiveModel? shuffle = ShuffleBetween(sockets, question, medium, head, tail, broken);
        double share = (double)headEnd.Cage.Ways / Math.Max(1, tailEnd.Cage.Ways);
        Money? headAsked = coHead ? Money.Zero : AskedPrice(head, headEnd.Cage);
        Money? tailAsked = coTail ? Money.Zero : AskedPrice(tail, tailEnd.Cage);
        Power? headPower = coHead ? Power.Zero : ModulePower.Typical(head, new(Math.Max(1, headEnd.Cage.Ways), question.Rate));
        Power? tailPower = coTail ? Power.Zero : ModulePower.Typical(tail, new(Math.Max(1, tailEnd.Cage.Ways), question.Rate));
        Length minimum = Length.Max(head.MinReach?.Value ?? Length.Zero, tail.MinReach?.Value ?? Length.Zero);
        return new()
        {
            Head = head,
            Tail = tail,
            Class = Table.Of(head),
            IsAssembly = false,
            IsFlatTopUnknown =
                CageFit.IsFlatTopUnknown(headEnd.Cage, head.ThermalTypes.OrEmpty())
                || CageFit.IsFlatTopUnknown(tailEnd.Cage, tail.ThermalTypes.OrEmpty()),
            Broken = broken,
            Medium = medium,
            Rated = rated,
            Allowed = (long)Math.Floor(rated * _spec.ReachDerating + 1e-6),
            Minimum = minimum.Millimetres,
            Budget = medium is { } m ? Least(BudgetOn(head, m) ?? ClassBudget(head), BudgetOn(tail, m) ?? ClassBudget(tail)) : null,
            BudgetAssumed = medium is { } n && (BudgetOn(head, n) is null || BudgetOn(tail, n) is null),
            PanelConnector = headAtZ
                ? sockets.PanelConnector(tail.Connector?.Value, head.Connector?.Value)
                : sockets.PanelConnector(head.Connector?.Value, tail.Connector?.Value),
            ModulePrice = headAsked is { } ha && tailAsked is { } ta ? Money.FromDollars(ha.Dollars + (ta.Dollars * share)) : null,
            Power = headPower is { } hw && tailPower is { } tw ? Power.FromWatts(hw.Watts + (tw.Watts * share)) : null,
            ModuleLatency = head.Latency?.Value is { } hl && tail.Latency?.Value is { } tl ? (hl >= tl ? hl : tl) : null,
            HostFec = FecOf(head),
            PropagationPerMetre = head.PropagationPerMetre?.Value ?? (medium is { } on ? Plant.PropagationPerMetre(on) : SimTime.Zero),
            Fibre = (Array.Find(_fibres, f => f.Medium?.Value == medium && f.Connector == head.Connector), Math.Max(1, head.Connectors)),
            HeadCoPackaged = coHead,
            TailCoPackaged = coTail,
            Sockets = sockets,
            Shuffle = shuffle,
        };
    }

    // The installed fibre that both modules are rated on, and the shorter of their reaches in millimetres.
    private (Medium? Medium, long Rated) InstalledMedium(InterconnectModel head, InterconnectModel tail, List<Rejection> broken)
    {
        Medium? medium = null;
        long rated = 0;
        if (head.Reach.OrEmpty().Count > 0 && tail.Reach.OrEmpty().Count > 0)
        {
            foreach (Medium installed in InstalledFor(head))
            {
                if (RatedOn(head, installed) is { } h && RatedOn(tail, installed) is { } t)
                {
                    medium = installed;
                    rated = Math.Min(h, t);
                    break;
                }
            }

            if (medium is null)
            {
                broken.Add(
                    new(
                        RejectionCode.Fibre,
                        $"rated on {string.Join(", ", head.Reach.OrEmpty().Keys.Select(m => m.InWords()))}; "
                            + $"the installed fibre is {InstalledWords()}"
                    )
                );
            }
        }

        return (medium, rated);
    }

    // The harness where legs part ways at both ends; what cannot part, or cannot stay together, is refused.
    private PassiveModel? ShuffleBetween(
        LinkSockets sockets,
        LinkQuestion question,
        Medium? medium,
        InterconnectModel head,
        InterconnectModel tail,
        List<Rejection> broken
    )
    {
        PassiveModel? shuffle = null;
        if (sockets.LegsMeshBetweenSockets && question is { Shape: LinkShape.Mesh, LegsStayTogether: false })
        {
            shuffle = ShuffleFor(sockets, medium, head, tail);
            if (shuffle is null && broken.Count == 0)
            {
                broken.Add(Sockets(head, sockets));
            }
        }

        if (
            sockets.LegsMeshBetweenSockets
            && question is { Shape: LinkShape.Mesh, LegsStayTogether: true }
            && sockets.A.LegsPerSocket != sockets.Z.LegsPerSocket
            && broken.Count == 0
        )
        {
            // One cord a socket carries all its legs, so that the sockets of both ends must hold alike many.
            broken.Add(Sockets(head, sockets));
        }

        return shuffle;
    }

    private static IReadOnlyList<Price> PricesOf(InterconnectModel model, CageUse cage, IReadOnlyList<FormFactor> forms) =>
        ChosenPrice.ForPlug(model.Prices, Plug.Into(cage, forms).Names).Prices;

    private static Money? AskedPrice(InterconnectModel model, CageUse cage) =>
        ChosenPrice.Of(PricesOf(model, cage, model.FormFactors.OrEmpty()))?.Amount.Value;

    private SimTime FecOf(InterconnectModel model) => LaneOf(model) is { } lane && lane < NeedsKp4 ? SimTime.Zero : Plant.HostFec;

    private double? ClassBudget(InterconnectModel model) => Plant.ClassBudgetDb(model.Kind);

    private static double? Least(double? a, double? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;

    private readonly record struct End(CageUse Cage, string Name, DataRate Rate)
    {
        public string Use => Cage.Ways == 1 ? $"1x{Rate.Gbps:0.###}" : Cage.Breakout.ToString();
    }
}
