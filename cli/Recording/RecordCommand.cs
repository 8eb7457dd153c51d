using Trainyard.Hosting;
using Trainyard.Pipelines;

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
        var story = await new RunStories(store, pipeline).RequireAsync(invocation.Argument("run")!, cancel);
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
                : $"Recorded {record.Outcome.Run}, {story.State}: {record.Outcome.Sentence}"
        );
        return ExitCode.Done;
    }
}
