using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary><c>trainyard record</c>: writes into the warehouse how a run has ended, as the store tells it.</summary>
internal static class RecordCommand
{
    public static Command Create() =>
        new()
        {
            Name = "record",
            Summary =
                "Writes into the warehouse how a run has ended (run_outcomes), what its training has measured, and "
                + "what is decided of every model by now (trainings, models). 'trainyard run' does it at its end.",
            Arguments = [CliSettings.Pipeline, new("run", "The run's id.")],
            Settings = [CliSettings.Store, CliSettings.Warehouse, CommonSettings.Output, CommonSettings.Log],
            Examples = ["trainyard record flights score.20131230T050000Z.1 --warehouse duckdb:warehouse.duckdb"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline) = (invocation.OpenStore(), invocation.PipelineName());
        var (stories, run) = (new RunStories(store, pipeline), invocation.Argument("run")!);

        // A model that something was decided of outlives its run's folder.
        var story = await stories.ReadAsync(run, cancel) is { Model: not null } decided
            ? decided
            : await stories.RequireAsync(run, cancel);
        if (story.IsTrial)
        {
            await invocation.Output.WriteLineAsync($"Run '{story.Run.Run}' is a trial: nothing of it is recorded.");
            return ExitCode.NothingToDo;
        }

        var record = await Recording.RunAsync(
            store,
            story,
            invocation.Settings.Require(CliSettings.Warehouse),
            invocation.Time.GetUtcNow(),
            cancel
        );
        await invocation.Output.WriteLineAsync(
            invocation.WantsJson()
                ? System.Text.Json.JsonSerializer.Serialize(record, Json.Compact)
                : Sentence(story, record)
        );
        return ExitCode.Done;
    }

    private static string Sentence(RunStory story, RunRecord record) =>
        record.Outcome is { } outcome ? $"Recorded {outcome.Run}, {story.State}: {outcome.Sentence}"
        : record.Training is not null
            ? $"Recorded {story.Run.Run} from the promotions log and the model's card: the run's folder is gone, so "
                + $"how it ended is not known. {story.ModelSentence}"
        : $"Recorded what the promotions log says of {story.Run.Run}, where trainings has it: the run's folder and the "
            + $"model's card are gone. {story.ModelSentence}";
}
