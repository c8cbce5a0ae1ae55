using System.Diagnostics;
using Lightloom.Design;
using Lightloom.Diagnostics;
using Lightloom.Floor.Bench;
using Lightloom.Hardware;
using Lightloom.Spec;

// Prints the table of docs/models/floor.md: the heuristic against the solver on twenty floors.
//   dotnet run -c Release --project bench/floor [FIRST [COUNT]]
int first = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
int count = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : BenchFloor.All.Count;
Console.WriteLine("| floor | XPUs | racks | heuristic US$ | exact US$ | gap % | s of CPU, heuristic | and exact | what was solved |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|---|");
foreach (BenchFloor floor in BenchFloor.All.Skip(first).Take(count))
{
    (ClusterDesign? heuristic, double before) = Run(floor, "heuristic");
    (ClusterDesign? exact, double after) = Run(floor, "exact");
    if (heuristic?.Placement.Cost is not { } costly || exact?.Placement.Cost is not { } cheap)
    {
        Console.WriteLine(FormattableString.Invariant($"| {floor.Words} | no design |"));
        continue;
    }

    double gap = 100 * (costly.After.Dollars - cheap.After.Dollars) / cheap.After.Dollars;
    string solved = exact.Diagnostics.FirstOrDefault(d => d.Id is "LL5014" or "LL5015")?.Message ?? "";
    Console.WriteLine(
        FormattableString.Invariant($"| {floor.Words} | {Designer.CountXpus(heuristic.Spec):#,0} | {heuristic.Placement.Racks.Count} | ")
            + FormattableString.Invariant($"{costly.After.Dollars:#,0} | {cheap.After.Dollars:#,0} | {gap:0.00} | ")
            + FormattableString.Invariant($"{before:0.0} | {after - before:+0.0} | {solved} |")
    );
}

static (ClusterDesign? Design, double Seconds) Run(BenchFloor floor, string optimize)
{
    using Process self = Process.GetCurrentProcess();
    DiagnosticBag bag = new();
    self.Refresh();
    TimeSpan start = self.TotalProcessorTime;
    ClusterDesign? design = SpecReader.Read(floor.File(optimize), "floor.yaml", Catalogue.Default, bag) is { } spec
        ? Designer.Design(spec, bag)
        : null;
    foreach (Diagnostic error in bag.Where(d => d.Severity == Severity.Error))
    {
        Console.Error.WriteLine(error);
    }

    self.Refresh();
    return (design, (self.TotalProcessorTime - start).TotalSeconds);
}
