using Trainyard.Datasets;
using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>Reads the parts of a features dataset into one frame.</summary>
public static class FrameReader
{
    /// <param name="open">Opens a part by its place, checked against its manifest, and names it.</param>
    /// <param name="addRows">Told how many rows have been read.</param>
    public static async Task<Frame> ReadAsync(
        FrameLayout layout,
        int parts,
        Func<int, CancellationToken, Task<(Stream Stream, string Uri)>> open,
        Action<long> addRows,
        int threads,
        CancellationToken cancel
    )
    {
        var frames = new Frame[parts];
        await Parallel.ForAsync(
            0,
            parts,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            async (part, stop) =>
            {
                var (stream, uri) = await open(part, stop);
                await using (stream)
                {
                    frames[part] = ReadPart(layout, stream, uri, addRows, stop);
                }
            }
        );
        return Concat(layout, frames);
    }

    private static Frame ReadPart(
        FrameLayout layout,
        Stream stream,
        string uri,
        Action<long> addRows,
        CancellationToken cancel
    )
    {
        const int rowsBetweenNews = 8192;
        using var reader = DatasetReader.Open(stream, uri, layout.Columns);
        var builder = new FrameBuilder(layout, reader, uri);
        var rows = 0;
        while (reader.Read())
        {
            builder.Add();
            if (++rows % rowsBetweenNews == 0)
            {
                cancel.ThrowIfCancellationRequested();
                addRows(rowsBetweenNews);
            }
        }

        addRows(rows % rowsBetweenNews);
        return builder.Build();
    }

    /// <summary>Puts frames one after the other.</summary>
    public static Frame Concat(FrameLayout layout, IReadOnlyList<Frame> frames)
    {
        return new()
        {
            Rows = frames.Sum(frame => frame.Rows),
            Labels = Labels.Join([.. frames.Select(frame => frame.Labels)]),
            Forecasts = Join(frames, frame => frame.Forecasts),
            Cutoffs = Join(frames, frame => frame.Cutoffs),
            Keys = Join(frames, frame => frame.Keys),
            Columns =
            [
                .. layout.Features.Select(
                    FrameColumn (feature, i) =>
                        feature.Kind switch
                        {
                            FeatureColumnKind.Number => NumberColumn.Join(feature.Name, All<NumberColumn>(i)),
                            FeatureColumnKind.Text => TextColumn.Join(feature.Name, All<TextColumn>(i)),
                            _ => Join(feature.Name, All<CategoryColumn>(i)),
                        }
                ),
            ],
        };

        T[] All<T>(int column)
            where T : FrameColumn => [.. frames.Select(frame => (T)frame.Columns[column])];
    }

    private static T[] Join<T>(IReadOnlyList<Frame> frames, Func<Frame, T[]> values) => [.. frames.SelectMany(values)];

    private static CategoryColumn Join(string name, IReadOnlyList<CategoryColumn> parts)
    {
        var levels = new List<string>();
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>(parts.Sum(part => part.Codes.Length));
        foreach (var part in parts)
        {
            int[] translated = [0, .. part.Levels.Select(CodeOf)];
            codes.AddRange(part.Codes.Select(code => translated[code]));
        }

        return new CategoryColumn(name, [.. codes], levels) { HasNumbers = parts.Any(part => part.HasNumbers) };

        int CodeOf(string level)
        {
            if (!codeOf.TryGetValue(level, out var code))
            {
                levels.Add(level);
                code = codeOf[level] = levels.Count;
            }

            return code;
        }
    }
}
