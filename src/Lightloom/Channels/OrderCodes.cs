using System.Globalization;
using Lightloom.Cabling;
using Lightloom.Hardware;
using Lightloom.Units;

namespace Lightloom.Channels;

/// <summary>
/// Order codes: what a distributor ships under one number. A module's reads ID[:FORM-TOP], an assembly's ID[:FORM-TOP][:SPLIT][:TAIL]@LENGTHm,
/// a fibre piece's ID[:POLARITY-PINS][:JACKET]@LENGTHm; each names only what the product is sold in several of.
/// </summary>
public static class OrderCodes
{
    /// <summary>A module: <c>sr8-800g-2xsr4-50m:osfp-fin</c>.</summary>
    public static string OfModule(InterconnectModel model, Plug plug) =>
        model.Id + Part(PlugWord(model, model.FormFactors.OrEmpty(), plug));

    /// <summary>An assembly of a length: <c>dac-800g-osfp:osfp-fin@1.5m</c>, <c>acc-800g-split:osfp-fin:2x400:osfp-flat@2m</c>.</summary>
    public static string OfAssembly(LinkProduct product, Length length)
    {
        InterconnectModel model = product.Head;
        bool splits = model.TailFormFactors.OrEmpty().Count > 0;
        string head = PlugWord(model, model.FormFactors.OrEmpty(), product.HeadAtZ ? product.PlugZ : product.PlugA);
        string tail = PlugWord(
            model,
            splits ? model.TailFormFactors.OrEmpty() : model.FormFactors.OrEmpty(),
            product.HeadAtZ ? product.PlugA : product.PlugZ
        );
        if (!splits)
        {
            // Both ends are alike, whichever is called A, unless their heat sinks differ.
            string ends = string.CompareOrdinal(head, tail) <= 0 ? head + (head == tail ? "" : "+" + tail) : tail + "+" + head;
            return WithLength(model.Id + Part(ends), length);
        }

        string split = model.Breakouts.OrEmpty().Count(b => b.Ways > 1) > 1 ? product.Breakout.ToString() : "";
        return WithLength(model.Id + Part(head) + Part(split) + Part(tail == head ? "" : tail), length);
    }

    /// <summary>
    /// What a buyer calls a module: its name, and the maker's part number for its plug where it has several:
    /// <c>400G SR4, single port (MMA1Z00-NS400)</c>.
    /// </summary>
    public static string NameOf(InterconnectModel model, Plug plug) => model.Name + PartOf(model, plug);

    /// <summary>How a price may name the plugs of an assembly: of a splitting one its tails, else its ends.</summary>
    public static IReadOnlyList<string> PlugNames(LinkProduct product) =>
        (product.HeadAtZ != product.Head.DividesCage ? product.PlugZ : product.PlugA).Names;

    /// <summary>
    /// What a buyer calls the assembly that an order code names. One entry of the catalogue may stand for several divisions and forms of
    /// plug; its own name then lists them all, and this one says which is bought:
    /// <c>800G OSFP to 4x200G QSFP112 active copper splitter (MCA7J75)</c>.
    /// </summary>
    public static string NameOf(LinkProduct product)
    {
        InterconnectModel model = product.Head;
        Plug head = product.HeadAtZ ? product.PlugZ : product.PlugA;
        Plug tail = product.HeadAtZ ? product.PlugA : product.PlugZ;
        bool isOne =
            model.Breakouts.OrEmpty().Count(b => b.Ways > 1) < 2
            && model.FormFactors.OrEmpty().Count < 2
            && model.TailFormFactors.OrEmpty().Count < 2;
        if (!model.DividesCage || isOne || head.Form == FormFactor.Unknown || tail.Form == FormFactor.Unknown)
        {
            return model.DividesCage ? model.Name : NameOf(model, head);
        }

        double gbps = model.Rate.Value.Gbps;
        string rate = string.Create(
            CultureInfo.InvariantCulture,
            $"{(gbps >= 1000 ? gbps / 1000 : gbps):0.###}{(gbps >= 1000 ? "T" : "G")}"
        );
        string part =
            model.Parts is { Value: var parts } && parts.TryGetValue($"{product.Breakout} {tail.Form.ToWord()}", out string? number)
                ? $" ({number})"
                : "";
        return $"{rate} {InterconnectSelector.Name(head.Form)} to {product.Breakout}G {InterconnectSelector.Name(tail.Form)} {model.Traits.InWords} splitter{part}";
    }

    /// <summary>
    /// A fibre piece: <c>fibre-mpo12-om4:b-ff:lszh@15m</c>; the usual crossed duplex cord names no polarity. A cord or trunk lies either way
    /// round, so that its code names the end without pins first.
    /// </summary>
    public static string OfFibre(string id, PieceKind kind, FibreEnds ends, FibreJacket jacket, Length length)
    {
        bool turns = kind is PieceKind.Cord or PieceKind.Trunk && ends is { GenderA: PlugGender.Male, GenderZ: PlugGender.Female };
        string pins = turns ? "fm" : Letter(ends.GenderA) + Letter(ends.GenderZ);
        string order = ends.Polarity switch
        {
            Polarity.CrossedDuplex => "",
            Polarity.StraightDuplex => "aa",
            _ => ends.Polarity.ToWord().ToLowerInvariant() + (pins.Length > 0 ? "-" + pins : ""),
        };
        return WithLength(id + Part(order) + Part(jacket == FibreJacket.Unknown ? "" : jacket.ToWord()), length);
    }

    /// <summary>An id with a length: <c>dac-800g-osfp@1.5m</c>.</summary>
    public static string WithLength(string id, Length length) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}@{length.Metres:0.###}m");

    private static string PartOf(InterconnectModel model, Plug plug)
    {
        // A number without a heat sink is that of the finned module, unless the product has a flat top only.
        bool flatHasOwn = plug.Top == ThermalType.Rhs && model.ThermalTypes.OrEmpty() is not [ThermalType.Rhs];
        foreach (string name in plug.Names.Where(n => !flatHasOwn || n != plug.Form.ToWord()))
        {
            if (model.Parts is { Value: var parts } && parts.TryGetValue(name, out string? number))
            {
                return $" ({number})";
            }
        }

        return "";
    }

    private static string Part(string text) => text.Length == 0 ? "" : ":" + text;

    private static string Letter(PlugGender gender) =>
        gender switch
        {
            PlugGender.Female => "f",
            PlugGender.Male => "m",
            _ => "",
        };

    // Form and heat sink where the product is sold in several; one that does not say is taken to be sold with either heat sink.
    private static string PlugWord(InterconnectModel model, IReadOnlyList<FormFactor> forms, Plug plug)
    {
        IReadOnlyList<ThermalType> tops = model.ThermalTypes.OrEmpty();
        bool topMatters = plug.Top != ThermalType.Any && (tops.Count != 1 || tops[0] == ThermalType.Any);
        if (plug.Form == FormFactor.Unknown || (forms.Count < 2 && !topMatters))
        {
            return "";
        }

        return plug.Form.ToWord()
            + (
                !topMatters ? ""
                : plug.Top == ThermalType.Ihs ? "-fin"
                : "-flat"
            );
    }
}
