using System.Globalization;
using Trainyard.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explaining;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Score;

/// <summary>What the rows of a part have in the columns of the query, as text, a row after another. The parts of
/// extract and of features have the same rows in the same order.</summary>
internal sealed class RawRows : IDisposable
{
    private const string Null = "null";

    /// <summary>Characters of a text; what is longer is told by its beginning.</summary>
    private const int MostOfText = 100;

    private readonly DatasetReader _reader;
    private readonly Dictionary<string, int> _places;
    private readonly Frame _frame;
    private readonly string _uri;
    private int _row = -1;

    /// <param name="stream">The part of extract.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="frame">The features of the same rows.</param>
    public RawRows(Stream stream, string uri, IReadOnlyList<Column> columns, Frame frame)
    {
        (_reader, _frame, _uri) = (DatasetReader.Open(stream, uri, columns), frame, uri);
        _places = columns.Index().ToDictionary(each => each.Item.Name, each => each.Index, StringComparer.Ordinal);
    }

    /// <summary>Goes on to a later row.</summary>
    public void MoveTo(int row)
    {
        while (_row < row)
        {
            Demand(_reader.Read());
            _row++;
        }
    }

    /// <summary>Reads the rest, where its hash is checked.</summary>
    public void End()
    {
        while (_reader.Read())
        {
            _row++;
        }

        Demand(_row == _frame.Rows - 1);
    }

    /// <summary>Null where the one column is.</summary>
    public string? Of(RawFeature feature) =>
        feature.Sources is [var only]
            ? Of(only)
            : string.Join(RawFeature.Times, feature.Sources.Select(source => Of(source) ?? Null));

    public void Dispose() => _reader.Dispose();

    /// <summary>A C# feature is a column of the features alone.</summary>
    private string? Of(string source) =>
        _places.TryGetValue(source, out var index)
            ? _reader.IsNull(index)
                ? null
                : _frame.Find(source) is TextColumn
                    ? Beginning(_reader.Text(index)!)
                    : _reader.Text(index)
            : _frame.Find(source) is not { } column || column.IsNull(_row)
                ? null
                : column is CategoryColumn category
                    ? category.Levels[category.Codes[_row] - 1]
                    : NumberText((NumberColumn)column);

    private static string Beginning(string text)
    {
        var end = text.Length > MostOfText && char.IsLowSurrogate(text[MostOfText]) ? MostOfText - 1 : MostOfText;
        return text.Length > MostOfText ? $"{text[..end]}…" : text;
    }

    private string NumberText(NumberColumn column) =>
        column.Singles is { } singles
            ? singles[_row].ToString("R", CultureInfo.InvariantCulture)
            : column[_row].ToString("R", CultureInfo.InvariantCulture);

    private void Demand(bool areSame)
    {
        if (!areSame)
        {
            throw Fault.BadData(
                $"{_uri} has not the {_frame.Rows} rows that the features of the same part have. Nothing was "
                    + "published; start a new run."
            );
        }
    }
}
