using Lightloom.Studies.Points;

namespace Lightloom.Studies.Results;

/// <summary>Merges a study's results into <c>study.sqlite</c> and <c>study.parquet</c>.</summary>
public static class StudyTables
{
    /// <summary>Writes both, each whole or not at all.</summary>
    /// <returns>Whether values found no column, of which there are 1,500 at most; they stay in the column <c>document</c>.</returns>
    /// <exception cref="IOException">One cannot be written.</exception>
    public static bool Write(StudyPlan plan, StudyFolder folder)
    {
        ResultTable table = new(plan, folder);
        SqliteFile.Write(table, plan, folder.Sqlite);
        ParquetFile.WriteAsync(table, plan, folder.Parquet).GetAwaiter().GetResult();
        return table.LeftOut;
    }
}
