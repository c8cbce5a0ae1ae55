using Lightloom.Hardware;
using Lightloom.Topology;

namespace Lightloom.Cabling;

/// <summary>Cages in words.</summary>
internal static class CageWords
{
    /// <summary>A cage and how it is divided: <c>an osfp cage used as 2x400</c>.</summary>
    public static string Of(CageUse use) =>
        use.FormFactor.ToWord() is var form && form.StartsWith('o')
            ? $"an {form} cage used as {use.Breakout}"
            : $"a {form} cage used as {use.Breakout}";
}
