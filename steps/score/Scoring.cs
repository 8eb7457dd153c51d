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
        var scored = new ScoredPart[numbers.Length];
        var answered = new (double[] Ranking, int[]? Explained)[numbers.Length];
        try
        {
            await Parallel.ForAsync(
                0,
                numbers.Length,
                new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancel },
                async (i, stop) =>
                {
                    (scored[i], var scorer) = await ScoreAsync(numbers[i], stop);
                    answered[i] = explaining is null ? ([], null) : (scorer.Ranking, scorer.Explained);
                }
            );
            return explaining is null ? scored : await explaining.RunAsync(scored, answered, cancel);
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
            foreach (var file in part.Files)
            {
                await context.Run.Store.DeleteAsync(context.NameOf(file.File), CancellationToken.None);
            }
        }
    }

    private async Task<(ScoredPart Part, PartScorer Scorer)> ScoreAsync(int number, CancellationToken cancel)
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

        var part = await WriteAsync(context.NewPartName(number), target => scorer.WriteTo(target), cancel);
        var sides = new Dictionary<string, DatasetPart>();
        foreach (var side in inputs.Columns.Sides)
        {
            sides[side.Name] = await WriteAsync(
                context.NewPartName(number, side.Name),
                target => scorer.WriteTo(target, side),
                cancel
            );
        }

        context.Progress.AddRows(part.Rows);
        context.Progress.AddBytesIn(source.Bytes);
        return (scorer.Describe(number, part, sides), scorer);
    }

    private async Task<DatasetPart> WriteAsync(string name, Func<StoreWriter, long> write, CancellationToken cancel)
    {
        await using var target = await context.CreatePartAsync(name, cancel);
        var rows = write(target);
        var stored = await target.CompleteAsync(cancel);
        context.Progress.AddBytesOut(stored.Bytes);
        return new DatasetPart(name, rows, stored.Bytes, stored.Sha256);
    }
}
