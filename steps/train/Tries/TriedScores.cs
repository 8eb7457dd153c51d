using System.Globalization;
using Trainyard.Datasets;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train.Tries;

/// <summary>The scores of a try, as dataset CSV beside it.</summary>
internal static class TriedScores
{
    public static async Task<StoredFile> WriteAsync(
        IStore store,
        string folder,
        string name,
        Scores scores,
        CancellationToken cancel
    )
    {
        await using var stored = await store.OpenWriteAsync($"{folder}/{name}", cancel);
        using (var writer = new DatasetWriter(stored, ColumnsOf(scores.Width)))
        {
            for (var row = 0; row < scores.Rows; row++)
            {
                foreach (var score in scores.Row(row))
                {
                    writer.Number(score);
                }

                writer.EndRecord();
            }
        }

        var written = await stored.CompleteAsync(cancel);
        return new StoredFile(name, written.Bytes, written.Sha256);
    }

    /// <summary>65 where they are not those of so many rows.</summary>
    public static async Task<Scores> ReadAsync(
        IStore store,
        string folder,
        TriedPart part,
        int rows,
        CancellationToken cancel
    )
    {
        var uri = store.UriOf($"{folder}/{part.Scores.File}");
        var width = part.Width;
        await using var stream = await RunFolder.OpenVerifiedAsync(store, folder, part.Scores, cancel);
        using var reader = DatasetReader.Open(stream, uri, ColumnsOf(width));
        var values = new List<double>(rows * width);
        while (reader.Read())
        {
            for (var place = 0; place < width; place++)
            {
                values.Add(reader.Number(place));
            }
        }

        return values.Count == rows * width
            ? new Scores([.. values], width)
            : throw Fault.BadData(
                $"{uri} has {values.Count / width} rows, and the run has {rows}. Nothing was changed; try again."
            );
    }

    private static Column[] ColumnsOf(int width) =>
        [
            .. Enumerable
                .Range(1, width)
                .Select(place => new Column(
                    string.Create(CultureInfo.InvariantCulture, $"score {place}"),
                    ColumnType.Double,
                    Nullable: false
                )),
        ];
}
