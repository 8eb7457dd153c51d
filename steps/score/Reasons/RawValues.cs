using System.Globalization;
using Trainyard.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explaining;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Score;

/// <summary>What some rows have in the columns of the query, as text. The parts of extract and of features have the same
/// rows in the same order.</summary>
internal sealed class RawValues
{
    private const string Null = "null";

    private readonly Dictionary<(int Row, string Column), string?> _values = [];
    private readonly HashSet<string> _columns;
    private readonly Frame _frame;

    private RawValues(Frame frame, IEnumerable<string> columns) =>
        (_frame, _columns) = (frame, columns.ToHashSet(StringComparer.Ordinal));

    /// <param name="stream">The part of extract.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="frame">The features of the same rows.</param>
    /// <param name="rows">Those that are asked about.</param>
    public static RawValues Read(
        Stream stream,
        string uri,
        IReadOnlyList<Column> columns,
        IReadOnlyList<RawFeature> features,
        Frame frame,
        int[] rows
    )
    {
        using var reader = DatasetReader.Open(stream, uri, columns);
        var wanted = features
            .SelectMany(feature => feature.Sources)
            .Distinct(StringComparer.Ordinal)
            .Where(source => columns.Any(column => column.Name == source))
            .ToDictionary(source => source, reader.IndexOf, StringComparer.Ordinal);
        var (values, asked, row) = (new RawValues(frame, wanted.Keys), rows.ToHashSet(), 0);
        for (; reader.Read(); row++)
        {
            foreach (var (source, index) in asked.Contains(row) ? wanted : [])
            {
                values._values[(row, source)] = reader.IsNull(index) ? null : reader.Text(index);
            }
        }

        return row == frame.Rows
            ? values
            : throw Fault.BadData(
                $"{uri} has {row} rows, and the features of the same part {frame.Rows}. Nothing was published; start a "
                    + "new run."
            );
    }

    /// <summary>Null where the one column is.</summary>
    public string? Of(RawFeature feature, int row) =>
        feature.Sources is [var only]
            ? Of(only, row)
            : string.Join(" × ", feature.Sources.Select(source => Of(source, row) ?? Null));

    /// <summary>A C# feature is a column of the features alone.</summary>
    private string? Of(string source, int row) =>
        _columns.Contains(source) ? _values[(row, source)]
        : _frame.Find(source) is not { } column || column.IsNull(row) ? null
        : column is CategoryColumn category ? category.Levels[category.Codes[row] - 1]
        : NumberText((NumberColumn)column, row);

    private static string NumberText(NumberColumn column, int row) =>
        column.Singles is { } singles
            ? singles[row].ToString("R", CultureInfo.InvariantCulture)
            : column[row].ToString("R", CultureInfo.InvariantCulture);
}
