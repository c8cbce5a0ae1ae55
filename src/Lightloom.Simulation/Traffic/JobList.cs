using System.Globalization;
using Lightloom.Simulation.Model;
using Lightloom.Units;

namespace Lightloom.Simulation.Traffic;

/// <summary>Reads jobs as users write them: <c>train:all-reduce:64MiB:32@10</c>.</summary>
public static class JobList
{
    /// <summary>The grammar, for messages.</summary>
    public const string Grammar = "NAME:WORKLOAD:SIZE:XPUS[@START_US][/CLASS], where XPUS is how many or a range such as 32-63";

    /// <summary>Makes the traffic of one job.</summary>
    /// <param name="workload">One of <see cref="Workload.Names"/>.</param>
    /// <param name="places">Its XPUs in rank order.</param>
    /// <param name="size">The size for one XPU.</param>
    /// <param name="seed">Its own seed.</param>
    public delegate TrafficDescription MakeJob(string workload, IReadOnlyList<int> places, DataSize size, ulong seed);

    /// <summary>
    /// Makes one traffic of several jobs. A job with a number of XPUs takes the next that are free, or, interleaved, every job takes one in
    /// turn; a job with a range takes just those, whoever else does.
    /// </summary>
    /// <param name="jobs">The jobs as written.</param>
    /// <param name="xpus">XPUs that there are; a range refers to their places from 0.</param>
    /// <param name="placement">How jobs that ask for a number of XPUs get them.</param>
    /// <param name="seed">Seeds permutations and arrivals; each job gets its own from it.</param>
    /// <param name="make">Makes the traffic of one job; what it refuses is refused in the job's name.</param>
    /// <param name="classes">The names of the classes, in order; a job that names none is of the first.</param>
    /// <exception cref="RefusedException">A job cannot be read, two have one name, or there are too few XPUs.</exception>
    public static TrafficDescription Create(
        IReadOnlyList<string> jobs,
        int xpus,
        JobPlacement placement,
        ulong seed,
        MakeJob make,
        IReadOnlyList<string>? classes = null
    )
    {
        var wishes = new Wish[jobs.Count];
        for (int j = 0; j < jobs.Count; j++)
        {
            wishes[j] = Read(jobs[j], xpus, classes ?? []);
            if (Array.FindIndex(wishes, 0, j, w => w.Name == wishes[j].Name) >= 0)
            {
                throw new RefusedException($"two jobs are called '{wishes[j].Name}'");
            }
        }
        List<int>[] places = Place(wishes, xpus, placement);
        var parts = new List<(string, TrafficDescription, SimTime, int)>();
        for (int j = 0; j < wishes.Length; j++)
        {
            Wish wish = wishes[j];
            try
            {
                parts.Add((wish.Name, make(wish.Workload, places[j], wish.Size, seed + (ulong)j), wish.Start, wish.Class));
            }
            catch (RefusedException e)
            {
                throw new RefusedException($"job '{wish.Name}': {e.Message}", e);
            }
        }
        return TrafficDescription.Of(parts);
    }

    private readonly record struct Wish(string Name, string Workload, DataSize Size, int Count, int First, SimTime Start, int Class);

    private static Wish Read(string text, int hosts, IReadOnlyList<string> classes)
    {
        int slash = text.LastIndexOf('/');
        string rest = slash < 0 ? text : text[..slash];
        double start = 0;
        int at = rest.LastIndexOf('@');
        bool good =
            at < 0
            || (double.TryParse(rest[(at + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out start) && start < 1e12);
        rest = at < 0 ? rest : rest[..at];
        string[] parts = rest.Split(':');
        int count = 0,
            first = -1;
        DataSize size = default;
        good &=
            parts.Length == 4
            && parts[0].Length > 0
            && parts[0].All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            && DataSize.TryParse(parts[2], out size);
        if (good)
        {
            string[] range = parts[3].Split('-');
            int last = 0;
            good = range.Length switch
            {
                1 => Whole(range[0], out count) && count >= 2,
                2 => Whole(range[0], out first) && Whole(range[1], out last) && last > first,
                _ => false,
            };
            // Checked against the hosts before anything is added, so that no range is too large to be refused.
            count =
                range.Length != 2 ? count
                : last >= hosts ? int.MaxValue
                : last - first + 1;
        }
        if (!good)
        {
            throw new RefusedException($"'{text}' is no job; write {Grammar}");
        }
        if (count > hosts)
        {
            throw new RefusedException($"job '{parts[0]}' asks for XPUs that the network does not have; it has {hosts}");
        }
        if (!Workload.Names.Contains(parts[1]))
        {
            throw new RefusedException($"job '{parts[0]}': unknown workload '{parts[1]}'; known are {string.Join(", ", Workload.Names)}");
        }
        int which = slash < 0 ? 0 : classes.ToList().IndexOf(text[(slash + 1)..]);
        if (which < 0)
        {
            throw new RefusedException(
                $"job '{parts[0]}': no class is called '{text[(slash + 1)..]}'; "
                    + $"{(classes.Count == 0 ? "give classes with --class" : "there are " + string.Join(", ", classes))}"
            );
        }
        return new Wish(parts[0], parts[1], size, count, first, SimTime.FromMicroseconds(start), which);
    }

    private static bool Whole(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static List<int>[] Place(Wish[] wishes, int hosts, JobPlacement placement)
    {
        var places = new List<int>[wishes.Length];
        for (int j = 0; j < wishes.Length; j++)
        {
            places[j] = wishes[j].First < 0 ? [] : [.. Enumerable.Range(wishes[j].First, wishes[j].Count)];
        }
        int next = 0;
        long wanted = wishes.Where(w => w.First < 0).Sum(w => (long)w.Count);
        if (wanted > hosts)
        {
            throw new RefusedException($"the jobs ask for {wanted} XPUs and the network has {hosts}; give ranges to let jobs share XPUs");
        }
        while (wanted > 0)
        {
            for (int j = 0; j < wishes.Length; j++)
            {
                int take =
                    wishes[j].First >= 0
                        ? 0
                        : Math.Min(wishes[j].Count - places[j].Count, placement == JobPlacement.Interleaved ? 1 : int.MaxValue);
                for (; take > 0; take--, wanted--)
                {
                    places[j].Add(next++);
                }
            }
        }
        return places;
    }
}
