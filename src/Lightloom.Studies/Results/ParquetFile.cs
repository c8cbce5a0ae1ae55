using Lightloom.Studies.Points;
using Parquet;
using Parquet.Schema;

namespace Lightloom.Studies.Results;

/// <summary>
/// The merged Parquet file: the columns of <see cref="ResultTable"/>, each of which may be empty in a row. Written column by column without
/// a serializer, as that would look types up when the program runs. The same results give the same bytes.
/// </summary>
internal static class ParquetFile
{
    private const int RowsOfGroup = 10_000;

    /// <summary>Writes it whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task WriteAsync(ResultTable table, StudyPlan plan, string path)
    {
        string beside = StudyFolder.Beside(path);
        try
        {
            FileStream stream = new(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await WriteTo(table, plan, stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            StudyFolder.TryDelete(beside);
        }
    }

    private static async Task WriteTo(ResultTable table, StudyPlan plan, Stream stream)
    {
        DataField[] fields = [.. table.Names.Select((name, i) => FieldOf(name, table.Types[i]))];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = new Dictionary<string, string>
            {
                ["study"] = plan.File.Spec.Name,
                ["command"] = plan.File.Spec.Command,
                ["version"] = plan.Version,
            };
            foreach (object?[][] rows in table.Rows().Select(r => r.Cells).Chunk(RowsOfGroup))
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int c = 0; c < fields.Length; c++)
                {
                    await WriteColumn(group, fields[c], table.Types[c], rows, c).ConfigureAwait(false);
                }
            }
        }
    }

    private static DataField FieldOf(string name, ColumnType type) =>
        type switch
        {
            ColumnType.Whole => new DataField<long>(name, true),
            ColumnType.Number => new DataField<double>(name, true),
            ColumnType.Flag => new DataField<bool>(name, true),
            _ => new DataField<string>(name, true),
        };

    private static async Task WriteColumn(ParquetRowGroupWriter group, DataField field, ColumnType type, object?[][] rows, int column)
    {
        switch (type)
        {
            case ColumnType.Whole:
                long?[] whole = [.. rows.Select(r => (long?)r[column])];
                await group.WriteAsync<long>(field, whole).ConfigureAwait(false);
                break;
            case ColumnType.Number:
                double?[] numbers = [.. rows.Select(r => (double?)r[column])];
                await group.WriteAsync<double>(field, numbers).ConfigureAwait(false);
                break;
            case ColumnType.Flag:
                bool?[] flags = [.. rows.Select(r => (bool?)r[column])];
                await group.WriteAsync<bool>(field, flags).ConfigureAwait(false);
                break;
            default:
                string?[] texts = [.. rows.Select(r => (string?)r[column])];
                await group.WriteAsync(field, texts!).ConfigureAwait(false);
                break;
        }
    }
}
