using System.Text.Json;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary><c>score verify</c>: whether this version can serve what serves, before it is rolled out.</summary>
internal static class VerifyCommand
{
    public static Command Create() =>
        ModelCommands.Verify(CommonSettings.Store) with
        {
            Examples = ["score verify flights --store store"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var store = Store.Open(invocation.Settings.Require(CommonSettings.Store));
        var pipeline = invocation.PipelineName();
        var standing = PromotionLog.Standing(await new PromotionLog(store, pipeline).ReadAsync(cancel));
        if (standing.Count == 0)
        {
            throw Fault.MissingInput(
                $"Pipeline '{pipeline}' has no champion in {store.Uri}, so there is nothing to verify. Nothing was "
                    + "changed."
            );
        }

        var (asJson, tried) = (invocation.Get(CommonSettings.Output) == OutputForm.Json, new List<TriedModel>());
        foreach (var promotion in standing.DistinctBy(entry => entry.Model))
        {
            var model = await TriedModel.TryAsync(new Package(store, pipeline, promotion.Model!), promotion, cancel);
            tried.Add(model);
            if (!asJson)
            {
                await invocation.Output.WriteLineAsync(model.Text(isChampion: tried.Count == 1));
            }
        }

        if (asJson)
        {
            await invocation.Output.WriteLineAsync(
                JsonSerializer
                    .SerializeToNode(tried.Select(model => model.ToJson()), Json.Compact)!
                    .ToJsonString(Json.Compact)
            );
        }

        // The nearest to serving is the worst.
        List<TriedModel> broken = [.. tried.Where(model => model.Problem is not null)];
        return broken is not [var worst, ..]
            ? ExitCode.Done
            : throw new Fault(
                worst.Code,
                $"{(tried.Count == 1 ? "The only model" : $"{broken.Count} of {tried.Count} models")} of pipeline "
                    + $"'{pipeline}' cannot serve with Trainyard {ThisProgram.Version.Split('+')[0]}: "
                    + $"{string.Join(", ", broken.Select(model => model.Promotion.Model))}. Keep the version that "
                    + "serves now until what the lines above say is done. Nothing was changed."
            );
    }
}
