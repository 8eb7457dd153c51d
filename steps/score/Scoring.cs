using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Scores parts, several at once, into the store.</summary>
internal sealed class Scoring(StepContext context, ScoreInputs inputs, RunModel model, DateTimeOffset predictedAt)
{
    private readonly IReadOnlyList<DatasetPart> _sources = inputs.Columns.Features.Parts;

    /// <param name="numbers">The places of the parts to score.</param>
    public async Task<IReadOnlyList<ScoredPart>> RunAsync(int[] numbers, CancellationToken cancel)
    {
        context.Progress.Start(
            $"Scoring with model {inputs.Card.Version}",
            numbers.Sum(number => _sources[number].Rows)
        );
        var explaining = Explaining.For(context, inputs, model);
        var (scored, rankings) = (new ScoredPart[numbers.Length], new double[numbers.Length][]);
        try
        {
            await Parallel.ForAsync(
                0,
                numbers.Length,
                new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancel },
                async (i, stop) =>
                {
                    (scored[i], var ranking) = await ScoreAsync(numbers[i], stop);
                    rankings[i] = explaining is null ? [] : ranking;
                }
            );
            return explaining is null ? scored : await explaining.RunAsync(scored, rankings, cancel);
        }
        catch
        {
            await DeleteAsync(scored);
            throw;
        }
    }

    /// <summary>Deletes the parts of a run that is refused: nothing vouches for them.</summary>
    public async Task DeleteAsync(IEnumerable<ScoredPart?> parts)
    {
        foreach (var part in parts.OfType<ScoredPart>())
        {
            foreach (var written in new[] { part.Part, part.Reasons?.Part }.OfType<DatasetPart>())
            {
                await context.Run.Store.DeleteAsync(context.NameOf(written.File), CancellationToken.None);
            }
        }
    }

    private async Task<(ScoredPart Part, double[] Ranking)> ScoreAsync(int number, CancellationToken cancel)
    {
        var (store, source) = (context.Run.Store, _sources[number]);
        var scorer = new PartScorer(inputs.Columns, inputs.Card, model, context.File.AsOf, predictedAt);
        await using (var stream = await context.Run.OpenPartAsync(StepName.Features, source, cancel))
        {
            scorer.Read(
                stream,
                store.UriOf(context.Run.NameOf(StepName.Features, source.File)),
                context.Threads,
                cancel
            );
        }

        var name = context.NewPartName(number);
        await using var target = await context.CreatePartAsync(name, cancel);
        var rows = scorer.WriteTo(target);
        var stored = await target.CompleteAsync(cancel);
        context.Progress.AddRows(rows);
        context.Progress.AddBytesIn(source.Bytes);
        context.Progress.AddBytesOut(stored.Bytes);
        return (scorer.Describe(number, new DatasetPart(name, rows, stored.Bytes, stored.Sha256)), scorer.Ranking);
    }
}
