using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Cli;

/// <summary><c>trainyard promote</c>: a person makes a model the champion, and says why.</summary>
internal static class PromoteCommand
{
    public static Command Create() =>
        new()
        {
            Name = "promote",
            Summary = "Makes a model the champion from its own as-of on.",
            Arguments = [CliSettings.Pipeline, new("model", "The model's version, which is its train run's id.")],
            Settings = [CliSettings.Store, CliSettings.Why, CliSettings.Who, CommonSettings.Log],
            Examples = ["trainyard promote flights train.20131230T050000Z.1 --why \"checked by hand\""],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline, version) = (
            invocation.OpenStore(),
            invocation.PipelineName(),
            invocation.Argument("model")!
        );
        var (card, _) = await new Package(store, pipeline, version).ReadCardAsync(cancel);
        if (card.Served?.Problem is { } problem)
        {
            throw Fault.BadData($"'{version}' cannot be promoted: {problem}. {ServedFit.Remedy} Nothing was changed.");
        }

        var entry = await new PromotionLog(store, pipeline).AppendAsync(
            log =>
                PromotionLog.ChampionFor(log, card.AsOf)?.Model == version
                    ? throw Fault.Usage(
                        $"'{version}' is the champion already as of {card.AsOf:yyyy-MM-ddTHH:mm:ssZ}. Nothing "
                            + "was changed."
                    )
                    : Task.FromResult(
                        new Promotion
                        {
                            Number = 0,
                            Kind = PromotionKind.Promote,
                            Model = version,
                            EffectiveAsOf = card.AsOf,
                            At = invocation.Time.GetUtcNow(),
                            Who = invocation.Settings.Require(CliSettings.Who),
                            Why = invocation.Settings.Require(CliSettings.Why),
                        }
                    ),
            cancel
        );
        var sentence =
            $"Promotion {entry.Number}: {version} serves as-ofs from {entry.EffectiveAsOf:yyyy-MM-ddTHH:mm:ssZ} on.";
        invocation.IsRepeatable = false;
        invocation.Changes.Made(sentence);
        await invocation.Output.WriteLineAsync(sentence);
        return ExitCode.Done;
    }
}
