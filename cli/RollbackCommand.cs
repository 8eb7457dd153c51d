using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Cli;

/// <summary><c>trainyard rollback</c>: undoes the newest promotion, and says who did it and why.</summary>
internal static class RollbackCommand
{
    public static Command Create() =>
        new()
        {
            Name = "rollback",
            Summary = "Undoes the promotion of the present champion: the one before it serves again.",
            Arguments = [CliSettings.Pipeline],
            Settings = [CliSettings.Store, CliSettings.Why, CliSettings.Who, CommonSettings.Log],
            Examples = ["trainyard rollback flights --why \"late flights doubled since\""],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline) = (invocation.OpenStore(), invocation.PipelineName());
        var entry = await new PromotionLog(store, pipeline).AppendAsync(
            log => Task.FromResult(Undo(log, pipeline, invocation)),
            cancel
        );
        var sentence = entry.Model is null
            ? $"Rollback {entry.Number}: promotion {entry.Undoes} is undone; as-ofs from "
                + $"{entry.EffectiveAsOf:yyyy-MM-ddTHH:mm:ssZ} on have no champion now."
            : $"Rollback {entry.Number}: promotion {entry.Undoes} is undone; {entry.Model} serves as-ofs "
                + $"from {entry.EffectiveAsOf:yyyy-MM-ddTHH:mm:ssZ} on.";
        invocation.IsRepeatable = false;
        invocation.Changes.Made(sentence);
        await invocation.Output.WriteLineAsync(sentence);
        return ExitCode.Done;
    }

    private static Promotion Undo(IReadOnlyList<Promotion> log, string pipeline, Invocation invocation) =>
        PromotionLog.Undo(
            log,
            invocation.Settings.Require(CliSettings.Who),
            invocation.Settings.Require(CliSettings.Why),
            invocation.Time.GetUtcNow()
        )
        ?? throw Fault.MissingInput(
            $"Pipeline '{pipeline}' has no champion, so there is nothing to undo. Nothing was changed."
        );
}
