using System.Runtime.InteropServices;
using Trainyard.Datasets;
using Trainyard.Learning.Data;

namespace Trainyard.Steps.Score;

/// <summary>The rows of a part of the features, with the key's fields as they stand in the file.</summary>
internal sealed class ReadPart
{
    private readonly List<byte> _keys = [];
    private readonly List<int> _keyEnds = [];
    private readonly int _fields;
    private readonly DateTimeOffset _asOf;

    private ReadPart(int fields, DateTimeOffset asOf) => (_fields, _asOf) = (fields, asOf);

    public Frame Frame { get; private set; } = null!;

    /// <param name="encoder">Of the model that is to answer the rows.</param>
    /// <param name="asOf">Of the run: the cutoff of all rows where the table has no time.</param>
    public static ReadPart Of(
        Stream stream,
        string uri,
        PredictionColumns columns,
        Learning.Encoding.Encoder encoder,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        using var reader = DatasetReader.Open(stream, uri, columns.Features.Columns);
        var builder = new FrameBuilder(columns.Layout with { Singles = encoder.Singles }, reader, uri);
        int[] key = [.. columns.Layout.Key.Select(reader.IndexOf)];
        var part = new ReadPart(key.Length, asOf);
        while (reader.Read())
        {
            builder.Add();
            foreach (var index in key)
            {
                part._keys.AddRange(reader.Raw(index));
                part._keyEnds.Add(part._keys.Count);
            }
        }

        cancel.ThrowIfCancellationRequested();
        part.Frame = builder.Build();
        return part;
    }

    public DateTimeOffset CutoffOf(int row) => Frame.Cutoffs.Length == 0 ? _asOf : Frame.Cutoffs[row];

    /// <summary>Writes the key's fields of a row.</summary>
    public void WriteKey(DatasetWriter writer, int row)
    {
        for (var field = row * _fields; field < (row + 1) * _fields; field++)
        {
            writer.Raw(Raw(field));
        }
    }

    /// <summary>The key's fields as text, without the quotes of CSV.</summary>
    public string[] KeyOf(int row) =>
        [
            .. Enumerable
                .Range(row * _fields, _fields)
                .Select(field =>
                {
                    var text = System.Text.Encoding.UTF8.GetString(Raw(field));
                    return text.StartsWith('"') ? text[1..^1].Replace("\"\"", "\"") : text;
                }),
        ];

    private ReadOnlySpan<byte> Raw(int field) =>
        CollectionsMarshal.AsSpan(_keys)[(field == 0 ? 0 : _keyEnds[field - 1]).._keyEnds[field]];
}
