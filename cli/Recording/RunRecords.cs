using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>Makes out of the store what the warehouse is to remember of a run.</summary>
internal sealed class RunRecords(IStore store, string pipeline)
{
    public async Task<RunRecord> OfAsync(RunStory story, DateTimeOffset now, CancellationToken cancel)
    {
        var training = await TrainingAsync(story, cancel);
        var models = ModelStanding.Of(await new PromotionLog(store, pipeline).ReadAsync(cancel));
        return new RunRecord
        {
            Pipeline = pipeline,
            Outcome = story.IsThere
                ? OutcomeOf(story, training is null ? story.File?.Model?.Version : training.Run)
                : null,
            Training = training,
            Verdicts = [.. models.Select(model => VerdictOf(model.Key, model.Value))],
            Models =
            [
                .. models.Select(model => new PublishedVerdict(
                    model.Key,
                    model.Value.Verdict.Promoted,
                    model.Value.Verdict.Reason
                )),
            ],
            At = now,
        };
    }

    private static RunOutcome OutcomeOf(RunStory story, string? model)
    {
        var (failure, done) = (story.Failure, story.Done);
        var code =
            failure?.ExitCode
            ?? (
                story.IsFinished
                    ? done.Select(step => step.Value.ExitCode).FirstOrDefault(each => each != ExitCode.Done)
                    : null
            );
        var sentence =
            failure is not null ? $"{EnumText.Of(failure.Step)}: {failure.Outline ?? failure.Sentence}"
            : story.IsFinished ? story.StepSentence
            : done.Count == 0 ? "No step of it has ended: extract was killed, or goes on."
            : $"The last step that has ended is {EnumText.Of(done[^1].Value.Step)}: {done[^1].Value.Sentence} What "
                + "comes after it was killed, goes on, or was never begun.";
        return new RunOutcome(story.Run.Run, story.Kind, story.AsOf, model, story.EndedAt, code, sentence);
    }

    /// <summary>Null where the run has measured no model, or its package is gone. What kind of run it was is not known
    /// where its folder is gone.</summary>
    private async Task<Training?> TrainingAsync(RunStory story, CancellationToken cancel)
    {
        var package = new Package(store, pipeline, story.Run.Run);
        var makesNone = story.Kind is { } kind && RunShape.Of(kind).NeedsModel;
        if (makesNone || !await store.ExistsAsync($"{package.Root}/{Package.CardFile}", cancel))
        {
            return null;
        }

        var (card, _) = await package.ReadCardAsync(cancel);
        var (measured, evaluation) = (card.Evaluation.Model.Metric, card.Evaluation);
        return new Training
        {
            Run = card.Version,
            AsOf = card.AsOf,
            TrainedAt = card.TrainedAt,
            Metric = evaluation.Metric.Name,
            Value = Finite(measured.Value),
            Low = Finite(measured.Low),
            High = Finite(measured.High),
            Baseline = Finite(evaluation.Baseline?.Metric.Value),
            Gain = Finite(evaluation.GainOverBaseline?.Value),
        };
    }

    private static TrainingVerdict VerdictOf(string run, ModelStanding standing) =>
        new(
            run,
            standing.State == ModelState.Champion ? "promoted" : standing.Word,
            standing.State == ModelState.Champion,
            standing.Decided.Why,
            standing.Decided.Who,
            standing.Decided.At
        );

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
