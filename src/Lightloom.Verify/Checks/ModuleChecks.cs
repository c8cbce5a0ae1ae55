using Lightloom.Hardware;
using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>
/// The bill buys as many modules of each form and heat sink as there are cages that take it: finned for most switches, flat for most NICs.
/// </summary>
internal static class ModuleChecks
{
    public static void Run(Scene scene)
    {
        // By product: how many cages take which plugs; a cage of unknown form takes any.
        Dictionary<string, Dictionary<string, (IReadOnlyList<string>? Words, long Cages)>> taken = new(StringComparer.Ordinal);
        foreach ((int cage, InterconnectModel model) in TotalsChecks.ModulesOfCages(scene))
        {
            IReadOnlyList<string>? words = scene.Facts.CageOf(cage) is { Form: not FormFactor.Unknown } facts
                ? PlugWords.Into(facts, model, model.FormFactors?.Value ?? [])
                : null;
            string key = words is null ? "?" : string.Join('|', words);
            if (!taken.TryGetValue(model.Id, out var sets))
            {
                taken[model.Id] = sets = new(StringComparer.Ordinal);
            }

            sets[key] = (words, sets.GetValueOrDefault(key).Cages + 1);
        }

        Dictionary<string, (long Quantity, int Line)> bought = new(StringComparer.Ordinal);
        foreach (BillRow row in scene.Folder.Bill.Where(r => r.InUseAs == "transceiver"))
        {
            bought[row.Id] = (bought.GetValueOrDefault(row.Id).Quantity + row.Quantity, row.Line);
        }

        foreach ((string id, Dictionary<string, (IReadOnlyList<string>? Words, long Cages)> sets) in taken)
        {
            IEnumerable<string> codes = sets
                .Values.SelectMany(s => s.Words ?? [])
                .Select(w => w.Length == 0 ? id : id + ":" + w)
                .Union(bought.Keys.Where(k => k.Split(':')[0] == id));
            foreach (string code in codes.Order(StringComparer.Ordinal))
            {
                Bought(scene, code, sets.Values, bought.GetValueOrDefault(code));
            }
        }
    }

    private static void Bought(
        Scene scene,
        string code,
        IEnumerable<(IReadOnlyList<string>? Words, long Cages)> sets,
        (long Quantity, int Line) bought
    )
    {
        string word = code.Contains(':', StringComparison.Ordinal) ? code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        long most = sets.Where(s => s.Words is null || s.Words.Contains(word)).Sum(s => s.Cages);
        long least = sets.Where(s => s.Words is [var only] && only == word).Sum(s => s.Cages);
        scene.Found.Checked(Rules.BillQuantity, 1);
        if (bought.Quantity < least || bought.Quantity > most)
        {
            scene.Found.Add(
                Rules.BillQuantity,
                BillTable.File,
                bought.Line,
                $"{bought.Quantity} {code} on the bill (transceiver); cages that take it and hold that product are "
                    + $"{(least == most ? "" : $"{least} to ")}{most}"
            );
        }
    }
}
