using System.Globalization;
using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train.Tries;

/// <summary><c>train try</c>: what another model would be worth, learned from the rows of a run that is
/// there.</summary>
internal static class TryCommand
{
    public static Command Create() =>
        new()
        {
            Name = "try",
            Summary =
                "Learns from the rows and features of a train run that is there, as the pipeline's spec says now, and "
                + "shows what that is worth on validation. Promotes nothing.",
            Arguments = [new("pipeline", "The pipeline's folder.")],
            Settings =
            [
                TrySettings.On,
                TrySettings.Set,
                TrySettings.Holdout,
                CommonSettings.Store,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples =
            [
                "train try pipelines/flights --on train.20131230T050000Z.1 --set model.options.leaves=63 --store store",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (changes, holdout) = (invocation.Get(TrySettings.Set) ?? [], invocation.Get(TrySettings.Holdout));
        var run = await TriedRun.OfAsync(
            Store.Open(invocation.Settings.Require(CommonSettings.Store)),
            invocation.Argument("pipeline")!,
            invocation.Settings.Require(TrySettings.On),
            changes,
            cancel
        );
        var producer = ThisProgram.Describe(invocation.Environment);
        var standing = (await run.Log.ReadAsync(cancel)).LastOrDefault(tried =>
            tried.DefinitionHash == run.File.DefinitionHash
            && tried.Producer.Version == producer.Version
            && (!holdout || tried.Holdout is not null)
        );
        await using var progress = Progress.Of(invocation);
        var made = standing ?? await new Trying(invocation, run, progress).RunAsync(holdout, cancel);
        invocation.Changes.Made($"Try {made.Number} on {made.Run} is written down.");
        await invocation.Output.WriteLineAsync(
            invocation.Get(CommonSettings.Output) == OutputForm.Json
                ? JsonSerializer.Serialize(made, Json.Compact)
                : (standing is null ? "" : "Tried already: ") + TextOf(made, holdout)
        );
        return ExitCode.Done;
    }

    private static string TextOf(Try made, bool holdout)
    {
        var (validation, trainer) = (made.Validation, made.Trainer);
        var text = MetricText.For(validation.Metric.Value, Math.Abs(validation.Metric.Value));
        var held =
            holdout && made.Holdout is { } part ? $", on {RowsOf(part)} of the holdout {text.Of(part.Metric)}" : "";
        var seconds = made.Seconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"Try {made.Number} on {made.Run}: {made.Definition.Metric.Title} on {RowsOf(validation)} {made.Where} "
            + $"is {text.Of(validation.Metric)}{held}; {trainer}, {made.Size} {trainer.Unit}"
            + $"{(made.Size == 1 ? "" : "s")}, {seconds} s.\n"
            + (
                made.Differs.Count == 0
                    ? "As in the run."
                    : $"Other than in the run: {string.Join(", ", made.Differs)}."
            );
    }

    private static string RowsOf(TriedPart part) => $"{part.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
}
