using System.Text;
using Lightloom.Studies.Points;
using Lightloom.Studies.Results;
using Microsoft.Data.Sqlite;
using Parquet;
using Parquet.Schema;

namespace Lightloom.Studies.Tests;

public sealed class StudyFolderTest
{
    private const string Study = "axes: [{vary: --size, values: [1, 2, 3, 4]}]";

    [Fact]
    public void A_file_that_was_cut_off_or_is_another_points_counts_as_missing()
    {
        using Written written = new(Study);
        StudyPlan plan = written.Plan();
        StudyFolder folder = new(Path.Combine(written.Folder, "out"));
        byte[] whole = Store(plan, folder, 0, """{"time_us": 1.5}""");
        folder.Result(plan.HashOf(0)).ShouldNotBeNull();
        for (int length = 0; length < whole.Length - 1; length += 7)
        {
            File.WriteAllBytes(folder.ResultOf(plan.HashOf(0)), whole[..length]);
            folder.Result(plan.HashOf(0)).ShouldBeNull($"{length} of {whole.Length} bytes");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder.ResultOf(plan.HashOf(1)))!);
        File.WriteAllBytes(folder.ResultOf(plan.HashOf(1)), whole);
        folder.Result(plan.HashOf(1)).ShouldBeNull();
    }

    [Fact]
    public void What_reports_the_run_is_left_out_of_a_document_at_every_depth()
    {
        ReadOnlyMemory<byte>? document = PointResult.DocumentOf("""{"wall_s": 1, "a": [{"threads": 2, "b": 1.50}], "peak_rss_mb": 3}"""u8);
        Encoding
            .UTF8.GetString(document!.Value.Span)
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal)
            .ShouldBe("""{"a":[{"b":1.50}]}""");
        PointResult.DocumentOf("""{"a": """u8).ShouldBeNull();
        PointResult.DocumentOf(""u8).ShouldBeNull();
        Encoding.UTF8.GetString(PointResult.DocumentOf("""{"a": 1} {"a": 2}"""u8)!.Value.Span).ShouldStartWith("[");
    }

    [Fact]
    public async Task SQLite_and_Parquet_hold_what_the_results_hold()
    {
        using Written written = new(Study);
        StudyPlan plan = written.Plan();
        StudyFolder folder = new(Path.Combine(written.Folder, "out"));
        Store(plan, folder, 0, """{"time_us": 1, "ok": true, "list": [{"x": 7}], "Name": "a", "status": "inner"}""");
        Store(plan, folder, 1, """{"time_us": 2.5, "ok": false, "list": [{"x": 9}], "Name": "b"}""");
        Store(plan, folder, 2, null);
        StudyTables.Write(plan, folder).ShouldBeFalse();

        using (SqliteConnection connection = new($"Data Source={folder.Sqlite};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand query = connection.CreateCommand();
            query.CommandText =
                "SELECT point, status, \"--size\", time_us, ok, \"list[0].x\", \"document.status\" FROM points ORDER BY point";
            using SqliteDataReader reader = query.ExecuteReader();
            List<string> rows = [];
            while (reader.Read())
            {
                rows.Add(
                    string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : reader.GetString(i)))
                );
            }

            rows.ShouldBe(["0 done 1 1.0 1 7 inner", "1 done 2 2.5 0 9 -", "2 refused 3 - - - -", "3 missing 4 - - - -"]);
        }

        ParquetReader parquet = await ParquetReader.CreateAsync(folder.Parquet);
        await using (parquet)
        {
            DataField time = parquet.Schema.GetDataFields().Single(f => f.Name == "time_us");
            using ParquetRowGroupReader group = parquet.OpenRowGroupReader(0);
            double?[] values = new double?[4];
            await group.ReadAsync<double>(time, values.AsMemory());
            values.ShouldBe([1, 2.5, null, null]);
        }
    }

    [Fact]
    public void Merging_twice_gives_the_same_bytes()
    {
        using Written written = new(Study);
        StudyPlan plan = written.Plan();
        StudyFolder folder = new(Path.Combine(written.Folder, "out"));
        for (int i = 0; i < 4; i++)
        {
            Store(plan, folder, i, $$"""{"a": {{i}}}""");
        }

        StudyTables.Write(plan, folder);
        (byte[] sqlite, byte[] parquet) = (File.ReadAllBytes(folder.Sqlite), File.ReadAllBytes(folder.Parquet));
        StudyTables.Write(plan, folder);
        File.ReadAllBytes(folder.Sqlite).ShouldBe(sqlite);
        File.ReadAllBytes(folder.Parquet).ShouldBe(parquet);
        Directory.GetFiles(folder.Root, ".*").ShouldBeEmpty();
    }

    private static byte[] Store(StudyPlan plan, StudyFolder folder, int point, string? document)
    {
        PointResult result = new(
            plan.HashOf(point),
            document is null ? PointStatus.Refused : PointStatus.Done,
            document is null ? 1 : 0,
            document is null ? ["it does not fit"] : [],
            document is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(document)
        );
        byte[] json = result.ToJson(plan[point], plan.Version);
        StudyFolder.WriteWhole(folder.ResultOf(result.Hash), json);
        return json;
    }
}
