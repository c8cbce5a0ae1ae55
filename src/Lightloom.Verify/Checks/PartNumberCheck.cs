using Lightloom.Hardware;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// The maker's part number in a name of the bill is that of the plugs which the order code names, so that nobody orders a flat top for a finned
/// cage.
/// </summary>
internal static class PartNumberCheck
{
    public static void Run(Scene scene)
    {
        foreach (BillRow row in scene.Folder.Bill)
        {
            if (
                !scene.Facts.Catalogue.Interconnects.TryGetValue(row.Product, out InterconnectModel? model)
                || model.Parts is not { Value: { Count: > 0 } parts }
            )
            {
                continue;
            }

            scene.Found.Checked(Rules.PartNumber, 1);
            string[] named = [.. parts.Values.Distinct().Where(n => row.Name.Contains($"({n})", StringComparison.Ordinal))];
            HashSet<string> right = [.. Keys(model, row.Id).Where(parts.ContainsKey).Select(k => parts[k])];
            if (named.Length > 1 || named.Any(n => !right.Contains(n)) || (named.Length == 0 && right.Count == 1))
            {
                string says = named.Length == 0 ? "names no part number" : $"is named {string.Join(" and ", named)}";
                string should = right.Count == 0 ? "none is known of it" : $"its part number is {string.Join(" or ", right.Order())}";
                scene.Found.Add(Rules.PartNumber, BillTable.File, row.Line, $"{row.Id} {says}; {should}");
            }
        }
    }

    /// <summary>
    /// The keys under which the catalogue may have the part number of an order code, ID[:FORM-TOP][:SPLIT][:TAIL][@LENGTH]: of a splitting
    /// assembly its division and its tails' form, else the plug, or either plug where they differ.
    /// </summary>
    private static IEnumerable<string> Keys(InterconnectModel model, string code)
    {
        string[] words = code.Split('@')[0].Split(':')[1..];
        string[] splits = [.. words.Where(w => char.IsAsciiDigit(w[0]))];
        string[] plugs = [.. words.Where(w => !char.IsAsciiDigit(w[0])).SelectMany(w => w.Split('+'))];
        IReadOnlyList<FormFactor> tails = model.TailFormFactors?.Value ?? [];
        if (tails.Count > 0)
        {
            string split = splits.Length > 0 ? splits[0] : $"{model.Breakouts?.Value.FirstOrDefault(b => b.Ways > 1)}";
            return
                plugs.Length > 0 && words[^1] == plugs[^1] && (plugs.Length > 1 || splits.Length > 0 || Form(plugs[0]) == tails[0].ToWord())
                ? [$"{split} {Form(plugs[^1])}"]
                : tails.Select(t => $"{split} {t.ToWord()}");
        }

        if (plugs.Length > 0)
        {
            // The exact plug first. A number without a heat sink is that of the finned module, unless the product has a flat top only.
            return plugs.SelectMany<string, string>(p =>
                model.Parts!.Value.ContainsKey(p) ? [p]
                : p == Form(p) ? [p, p + "-fin", p + "-flat"]
                : p.EndsWith("-flat", StringComparison.Ordinal) && model.ThermalTypes?.Value is not [ThermalType.Rhs] ? []
                : [Form(p)]
            );
        }

        return (model.FormFactors?.Value ?? []).SelectMany<FormFactor, string>(f =>
            [f.ToWord(), f.ToWord() + "-fin", f.ToWord() + "-flat"]
        );
    }

    private static string Form(string plug) =>
        plug.EndsWith("-fin", StringComparison.Ordinal) ? plug[..^4]
        : plug.EndsWith("-flat", StringComparison.Ordinal) ? plug[..^5]
        : plug;
}
