using System.Runtime.CompilerServices;
using Trainyard.Datasets;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Score;

/// <summary>The reasons that are published: of what the parts hold, those of the run's highest answers.</summary>
internal sealed class PublishedReasons(StepContext context, PredictionColumns columns)
{
    /// <summary>Empty where none are asked for. Where the model has none the table is still among what is published,
    /// so that those of an earlier publication of the run go.</summary>
    public IReadOnlyList<PublishedRows> Of(IReadOnlyList<ScoredPart> parts, CancellationToken cancel) =>
        columns.Reasons is { } table ? [new PublishedRows(table, columns.ReasonColumns, OpenAsync(parts, cancel))] : [];

    private async IAsyncEnumerable<PredictionPart> OpenAsync(
        IReadOnlyList<ScoredPart> parts,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        List<ExplainedPart> explained = [.. parts.Select(part => part.Reasons).OfType<ExplainedPart>()];
        var chosen = Chosen(explained);
        foreach (var (part, rows) in explained.Zip(chosen))
        {
            var uri = context.Run.Store.UriOf(context.NameOf(part.Part.File));
            var stream = await context.Run.OpenPartAsync(StepName.Score, part.Part, cancel);
            yield return new PredictionPart(rows is { } some ? First(stream, uri, part.Counts!.Take(some).Sum()) : stream, uri);
        }
    }

    /// <summary>How many of the rows of each part are published, from the first; null for all.</summary>
    private IEnumerable<int?> Chosen(List<ExplainedPart> explained)
    {
        if (explained.Any(part => part.Rankings is null))
        {
            return explained.Select(_ => (int?)null);
        }

        var count = Explaining.CountOf(context.File.Operations.Predictions.Reasons!, columns.Features);
        return HighestRows.Of([.. explained.Select(part => part.Rankings!)], count).Select(rows => (int?)rows.Length);
    }

    /// <summary>The first records of a part.</summary>
    private MemoryStream First(Stream stream, string uri, int records)
    {
        var first = new MemoryStream();
        using (var reader = DatasetReader.Open(stream, uri, columns.ReasonColumns))
        using (var writer = new DatasetWriter(first, columns.ReasonColumns))
        {
            // Read to the end, where its hash is checked.
            for (var record = 0; reader.Read(); record++)
            {
                for (var field = 0; record < records && field < columns.ReasonColumns.Count; field++)
                {
                    writer.Raw(reader.Raw(field));
                }

                if (record < records)
                {
                    writer.EndRecord();
                }
            }
        }

        first.Position = 0;
        return first;
    }
}
