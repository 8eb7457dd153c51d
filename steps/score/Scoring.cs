using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Models.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Scores the parts, several at once, into the store.</summary>
internal sealed class Scoring(StepContext context, Card card, ScoringModel model, PredictionColumns columns, DateTimeOffset predictedAt)
{
    public async Task<(IReadOnlyList<DatasetPart> Parts, ScoreSummary Summary)> RunAsync(CancellationToken cancel)
    {
        var source = columns.Features;
        context.Progress.Start($"Scoring with model {card.Version}", source.Rows);
        var tally = new InputTally(model.Encoder, card.Profile);
        var parts = new DatasetPart[source.Parts.Count];
        var scored = new ScoredPart[parts.Length];
        try
        {
            await Parallel.ForAsync(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancel }, async (number, stop) =>
            {
                var part = scored[number] = new ScoredPart(columns, card, model, context.File.AsOf, predictedAt);
                parts[number] = await ScoreAsync(number, part, tally, stop);
            });

            var inputs = tally.Compare();
            InputTally.Demand(inputs, context.File.Operations.Inputs);
            return (parts, SummaryOf(scored, inputs));
        }
        catch
        {
            await DeleteAsync(parts);
            throw;
        }
    }

    private async Task<DatasetPart> ScoreAsync(int number, ScoredPart part, InputTally tally, CancellationToken cancel)
    {
        var (store, source) = (context.Run.Store, columns.Features.Parts[number]);
        await using var stream = await context.Run.OpenPartAsync(StepName.Features, source, cancel);
        var frame = part.Read(stream, store.UriOf(context.Run.NameOf(StepName.Features, source.File)), context.Threads, cancel);
        tally.Add(frame);
        var name = context.NewName(string.Create(CultureInfo.InvariantCulture, $"part-{number:00000}"), "csv");
        await using var target = await store.OpenWriteAsync(context.NameOf(name), cancel);
        part.WriteTo(target, frame);
        var stored = await target.CompleteAsync(cancel);
        context.Progress.AddRows(frame.Rows);
        context.Progress.AddBytesIn(source.Bytes);
        context.Progress.AddBytesOut(stored.Bytes);
        return new DatasetPart(name, frame.Rows, stored.Bytes, stored.Sha256);
    }

    private ScoreSummary SummaryOf(ScoredPart[] parts, IReadOnlyList<MovedInput> inputs)
    {
        var predictions = parts.SelectMany(part => part.Predictions).ToArray();
        return new ScoreSummary
        {
            Model = card.Version,
            Task = card.Definition.Model.Task,
            Rows = predictions.Length,
            Positives = card.Definition.Model.Task == ModelTask.Binary ? predictions.LongCount(prediction => prediction >= card.Threshold) : null,
            Hindsight = parts.Sum(part => part.Hindsight),
            PredictedAt = predictedAt,
            Mean = predictions.Length == 0 ? null : predictions.Average(),
            Scores = Histograms.Fill(card.Scores, predictions),
            Inputs = inputs,
            Highest = ScoredPart.HighestOf(parts),
        };
    }

    /// <summary>Nothing vouches for the parts of a run that is refused.</summary>
    private async Task DeleteAsync(IEnumerable<DatasetPart?> parts)
    {
        foreach (var part in parts.OfType<DatasetPart>())
        {
            await context.Run.Store.DeleteAsync(context.NameOf(part.File), CancellationToken.None);
        }
    }
}
