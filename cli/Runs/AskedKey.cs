using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Datasets;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>The key of rows that somebody asks for.</summary>
internal sealed class AskedKey
{
    private readonly IReadOnlyList<string> _columns;
    private readonly string[] _values;

    /// <param name="text">Its values; of several columns they are a record of CSV.</param>
    public AskedKey(IReadOnlyList<string> columns, string text) =>
        (_columns, _values) = (columns, columns.Count == 1 ? [text] : Parse(columns, text));

    /// <summary>The rows of a step's parts that have it, by column.</summary>
    public async Task<IReadOnlyList<JsonObject>> FindAsync(
        RunFolder run,
        IReadOnlyList<Column> columns,
        IEnumerable<DatasetPart> parts,
        CancellationToken cancel
    )
    {
        var found = new List<JsonObject>();
        foreach (var part in parts)
        {
            var stream = await run.OpenPartAsync(StepName.Score, part, cancel);
            var uri = run.Store.UriOf(run.NameOf(StepName.Score, part.File));
            using var reader = DatasetReader.Open(stream, uri, columns);
            int[] key = [.. _columns.Select(reader.IndexOf)];
            while (reader.Read())
            {
                if (key.Index().All(each => reader.Text(each.Item) == _values[each.Index]))
                {
                    found.Add(RowOf(reader));
                }
            }

            cancel.ThrowIfCancellationRequested();
        }

        return found;
    }

    public override string ToString() =>
        string.Join(", ", _columns.Zip(_values, (column, value) => $"{column} = {value}"));

    /// <remarks>A numeric stays as it is written: a double would not hold every one.</remarks>
    private static JsonObject RowOf(DatasetReader reader)
    {
        var row = new JsonObject();
        foreach (var (index, column) in reader.Columns.Index())
        {
            row[column.Name] =
                reader.IsNull(index) ? null
                : column.Type == ColumnType.Boolean ? reader.Number(index) != 0
                : column.Type is ColumnType.Integer or ColumnType.BigInt ? reader.Integer(index)
                : column.Type is ColumnType.Real or ColumnType.Double ? reader.Number(index)
                : reader.Text(index);
        }

        return row;
    }

    private static string[] Parse(IReadOnlyList<string> columns, string text)
    {
        var header = string.Join(',', columns.Select((_, place) => $"c{place}"));
        IReadOnlyList<Column> fields =
        [
            .. columns.Select((_, place) => new Column($"c{place}", ColumnType.Text, Nullable: true)),
        ];
        try
        {
            using var reader = DatasetReader.Open(
                new MemoryStream(Encoding.UTF8.GetBytes($"{header}\n{text}\n")),
                "--key",
                fields
            );
            if (reader.Read())
            {
                return [.. columns.Select((_, place) => reader.Text(place) ?? "")];
            }
        }
        catch (Fault)
        {
            // Told below, in terms of the key.
        }

        throw Fault.Usage(
            $"--key is '{text}', but the key is {columns.Count} columns ({string.Join(", ", columns)}): write their "
                + "values with commas between, in double quotes where one holds a comma. Nothing was changed."
        );
    }
}
