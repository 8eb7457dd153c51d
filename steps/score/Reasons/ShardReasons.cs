using Trainyard.Datasets;
using Trainyard.Hosting;
using Trainyard.Learning.Explaining;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Of the reasons that shards have left, those of the run's highest answers: the same as where one process has
/// scored all.</summary>
internal sealed class ShardReasons(StepContext context, PredictionColumns columns)
{
    /// <returns>The parts with no other reasons; where some go, the rest is written again.</returns>
    public async Task<IReadOnlyList<ScoredPart>> TrimAsync(IReadOnlyList<ScoredPart> parts, CancellationToken cancel)
    {
        if (
            context.File.Operations.Predictions.Reasons is not { } spec
            || parts.All(part => part.Reasons?.Rankings is null)
        )
        {
            return parts;
        }

        var chosen = HighestRows.Of(
            [.. parts.Select(part => part.Reasons?.Rankings ?? [])],
            Explaining.CountOf(spec, columns.Features)
        );
        var trimmed = new List<ScoredPart>();
        foreach (var (part, rows) in parts.Zip(chosen))
        {
            trimmed.Add(
                part.Reasons is not { } reasons || rows.Length == reasons.Rankings!.Count ? part
                : rows.Length == 0 ? part with { Reasons = null }
                : part with { Reasons = await TrimAsync(part.Number, reasons, rows, cancel) }
            );
        }

        return trimmed;
    }

    private async Task<ExplainedPart> TrimAsync(int number, ExplainedPart reasons, int[] rows, CancellationToken cancel)
    {
        var (name, records) = (Explaining.NameOf(context, number), 0);
        await using var target = await context.CreatePartAsync(name, cancel);
        var stream = await context.Run.OpenPartAsync(StepName.Score, reasons.Part, cancel);
        using (
            var reader = DatasetReader.Open(
                stream,
                context.Run.Store.UriOf(context.NameOf(reasons.Part.File)),
                columns.ReasonParts
            )
        )
        using (var writer = new DatasetWriter(target, columns.ReasonParts))
        {
            var (kept, row, left) = (rows.ToHashSet(), -1, 0);

            // Read to the end, where its hash is checked.
            while (reader.Read())
            {
                while (left == 0)
                {
                    left = reasons.Counts![++row];
                }

                left--;
                if (!kept.Contains(row))
                {
                    continue;
                }

                for (var field = 0; field < columns.ReasonParts.Count; field++)
                {
                    writer.Raw(reader.Raw(field));
                }

                writer.EndRecord();
                records++;
            }
        }

        var stored = await target.CompleteAsync(cancel);
        return new ExplainedPart { Part = new DatasetPart(name, records, stored.Bytes, stored.Sha256) };
    }
}
