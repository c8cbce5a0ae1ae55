using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>What of a module or of an assembly's end goes into a cage: part of what a buyer orders.</summary>
/// <param name="Form">Its mechanical form; unknown where the product's are not published.</param>
/// <param name="Top">Its heat sink; any where the form knows no two or the cage takes either.</param>
public readonly record struct Plug(FormFactor Form, ThermalType Top)
{
    /// <summary>The form among those sold that goes into a cage, with the heat sink that the cage takes.</summary>
    /// <param name="cage">The cage.</param>
    /// <param name="sold">Forms that are sold.</param>
    public static Plug Into(CageUse cage, IReadOnlyList<FormFactor> sold) => Of(CageFit.FormOf(cage, sold), cage.Thermal);

    /// <summary>How a price or a part number may name it, the most exact first: <c>osfp-flat</c>, <c>osfp</c>.</summary>
    public IReadOnlyList<string> Names =>
        Form == FormFactor.Unknown ? []
        : Top == ThermalType.Any ? [Form.ToWord(), Form.ToWord() + "-fin", Form.ToWord() + "-flat"]
        : [Form.ToWord() + (Top == ThermalType.Ihs ? "-fin" : "-flat"), Form.ToWord()];

    private static Plug Of(FormFactor? form, ThermalType thermal) =>
        new(form ?? FormFactor.Unknown, form is FormFactor.Osfp or FormFactor.Osfp224 ? thermal : ThermalType.Any);
}
