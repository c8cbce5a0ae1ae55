using Lightloom.Studies.Points;
using Lightloom.Studies.Results;

namespace Lightloom.Studies.Runs;

/// <summary>Which points of a study have what, at one moment.</summary>
/// <param name="Missing">Points without a result, in order; those that failed the last time among them.</param>
/// <param name="Done">Points with a result.</param>
/// <param name="Infeasible">Points with the answer that nothing meets what they ask.</param>
/// <param name="Refused">Points whose input was refused.</param>
/// <param name="Broken">Points that ended without an answer.</param>
public sealed record StudyState(IReadOnlyList<int> Missing, int Done, int Infeasible, int Refused, int Broken)
{
    /// <summary>Points that have an answer, whatever it is.</summary>
    public int Answered => Done + Infeasible + Refused;

    /// <summary>Looks at every point's file.</summary>
    public static StudyState Of(StudyPlan plan, StudyFolder folder)
    {
        List<int> missing = [];
        int[] counts = new int[4];
        for (int i = 0; i < plan.Count; i++)
        {
            string hash = plan.HashOf(i);
            if (folder.Result(hash) is { } result)
            {
                counts[(int)result.Status]++;
            }
            else
            {
                missing.Add(i);
                counts[(int)PointStatus.Broken] += folder.Failure(hash) is null ? 0 : 1;
            }
        }

        return new(
            missing,
            counts[(int)PointStatus.Done],
            counts[(int)PointStatus.Infeasible],
            counts[(int)PointStatus.Refused],
            counts[(int)PointStatus.Broken]
        );
    }
}
