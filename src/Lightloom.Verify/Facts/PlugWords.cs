using Lightloom.Hardware;

namespace Lightloom.Verify.Facts;

/// <summary>
/// How order codes name the plug of what is sold in several: <c>osfp-fin</c>, <c>osfp-flat</c>, <c>qsfp112</c>; empty where the product is
/// sold in one only, or the cage takes any.
/// </summary>
internal static class PlugWords
{
    /// <summary>The words of a product's plugs that go into a cage.</summary>
    /// <param name="cage">The cage.</param>
    /// <param name="model">The product.</param>
    /// <param name="forms">The forms that it is sold in at that end.</param>
    public static IReadOnlyList<string> Into(CageFacts cage, InterconnectModel model, IReadOnlyList<FormFactor> forms)
    {
        IReadOnlyList<ThermalType> tops = model.ThermalTypes?.Value ?? [];
        bool oneTop = tops.Count == 1 && tops[0] != ThermalType.Any;
        SortedSet<string> words = new(StringComparer.Ordinal);
        foreach (FormFactor form in forms.Where(f => Plugs.Fits(cage, [f])))
        {
            string top =
                oneTop || form is not (FormFactor.Osfp or FormFactor.Osfp224) ? ""
                : cage.Thermal == ThermalType.Ihs ? "-fin"
                : cage.Thermal == ThermalType.Rhs ? "-flat"
                : "";
            words.Add(forms.Count < 2 && top.Length == 0 ? "" : form.ToWord() + top);
        }

        if (words.Count == 0)
        {
            words.Add("");
        }

        return [.. words];
    }
}
