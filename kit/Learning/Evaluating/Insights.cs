using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>What a look into a model shows on the holdout: what moves its answers, and how they run along what it looks
/// at most.</summary>
/// <param name="answer">What the task makes of scores.</param>
internal sealed class Insights(Definition definition, Func<Scores, Answers> answer, TrainedModel trained, int threads)
{
    private const int MostRuns = 4;
    private const int MostRows = 20_000;

    /// <summary>As many rows tell how large the error of contributions is.</summary>
    private const int MostOfError = 25;

    /// <summary>Columns of rows whose reasons are sampled, for the swarm alone: each costs a hundred questions to the
    /// model.</summary>
    private const int MostSampled = 10_000;

    public IReadOnlyList<Exhibit> Of(
        Frame frame,
        EncodedRows rows,
        int[] holdout,
        IReadOnlyList<Importance> importances,
        CancellationToken cancel
    )
    {
        int[] sample = [.. holdout];
        new Random(definition.Model.Options.Seed).Shuffle(sample);
        sample = sample[..Math.Min(sample.Length, MostRows)];
        var runs = new RunsOfAnswers(
            trained.Encoder,
            frame,
            rows,
            sample,
            some => Answer(some, [.. Enumerable.Range(0, some.Count)], cancel).Ranking
        );
        var answered = new Axis(
            $"mean {definition.Model.Task.AnswerColumns.First(column => column.Type == ColumnType.Double).Name}"
        );
        return
        [
            .. new Exhibit?[]
            {
                Swarm(frame, rows, sample, ReferenceRows.Of(frame, holdout), cancel),
                Coefficients(),
            }.OfType<Exhibit>(),
            .. importances
                .Where(importance => importance.Drop > 0)
                .Select(importance => Alike(importance.Feature))
                .DistinctBy(columns => columns[0])
                .Select(columns => runs.Of(columns, answered))
                .OfType<Exhibit>()
                .Take(MostRuns),
        ];
    }

    /// <summary>A column, and those that say the same in other words: of a part of the calendar its waves. The one to
    /// be read by people is the first.</summary>
    private string[] Alike(string column) =>
        definition
            .Features.Derived.SelectMany(derived => FeaturePlan.Expand(derived.Key, derived.Value))
            .GroupBy(planned => (planned.Derived, planned.Part))
            .Select(group => group.Select(planned => planned.Column.Name).ToArray())
            .FirstOrDefault(columns => columns.Contains(column))
        ?? [column];

    /// <param name="reference">Rows that stand for all.</param>
    private SwarmExhibit? Swarm(Frame frame, EncodedRows rows, int[] sample, Frame reference, CancellationToken cancel)
    {
        if (trained.Model.Beside(reference).Explainer is not { } explainer)
        {
            return null;
        }

        string[] columns = [.. trained.Encoder.Columns.Select(column => column.Name)];
        var features = RawFeature.Of(definition.Features, columns);
        var reasons = new Reasons(explainer, features, columns.Length, threads);
        var most = definition.Model.Trainer.SamplesReasons
            ? Math.Clamp(MostSampled / columns.Length, MostOfError, SwarmOfReasons.MostRows)
            : SwarmOfReasons.MostRows;
        int[] some = sample[..Math.Min(sample.Length, most)];
        var explained = explainer.Width == 1 ? null : Answer(rows, some, cancel).Explained;
        var placeOf = some.Index().ToDictionary(each => each.Item, each => each.Index);
        Func<int, int>? scoreOf = explained is null ? null : row => explained[placeOf[row]];
        return SwarmOfReasons.Of(
            definition,
            reasons,
            frame,
            rows,
            some,
            scoreOf,
            explainer.ErrorOf(rows, some.AsSpan(0, Math.Min(some.Length, MostOfError))),
            cancel
        );
    }

    private TableExhibit? Coefficients() =>
        trained.Model.Coefficients is { } coefficients
            ? CoefficientsTold.Of(
                coefficients,
                definition.Model.Task.ScoreUnitOf(definition.Model, definition.Metric),
                trained.Reading.Classes
            )
            : null;

    private Answers Answer(EncodedRows rows, int[] order, CancellationToken cancel) =>
        answer(trained.Model.Predict(rows, order, threads, cancel));
}
