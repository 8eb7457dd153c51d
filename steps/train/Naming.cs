using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Models.Packaging;
using Trainyard.Registry;

namespace Trainyard.Steps.Train;

/// <summary>Gives a model the names that the serving one has for what rows are answered with one of, where the task has
/// such: what was 3 is to be 3 for whoever reads the predictions.</summary>
internal static class Naming
{
    /// <summary>The model with its names; as it is where the task gives none.</summary>
    public static async Task<TrainedModel> NameAsync(
        StepContext context,
        Frame frame,
        TrainedModel trained,
        CancellationToken cancel
    )
    {
        var task = LearningTasks.Of(context.File.Definition.Model.Task);
        if (!task.KeepsNames)
        {
            return trained;
        }

        context.Progress.Start("Looking for the names that the champion gives");
        var (before, taken) = await BeforeAsync(context, frame, cancel);
        var names = await Task.Run(
            () => task.NamesOf(trained.Model.Predict(frame, context.Threads, cancel), before, taken),
            cancel
        );
        return trained with
        {
            Reading = trained.Reading with { Classes = names },
            Served = trained.Served is { } served
                ? served with
                {
                    Reading = served.Reading with { Classes = names },
                }
                : null,
        };
    }

    /// <summary>What the champion gives for the rows, with every name that any model of the pipeline has given.</summary>
    private static async Task<((Scores, Reading)? Before, IReadOnlyCollection<string> Taken)> BeforeAsync(
        StepContext context,
        Frame frame,
        CancellationToken cancel
    )
    {
        var (store, pipeline) = (context.Run.Store, context.Run.Pipeline);
        var log = await new PromotionLog(store, pipeline).ReadAsync(cancel);
        var champion = PromotionLog.ChampionFor(log, context.File.AsOf)?.Model;
        var (before, taken) = (((Scores, Reading)?)null, new HashSet<string>(StringComparer.Ordinal));
        foreach (var version in await Package.ListAsync(store, pipeline, cancel))
        {
            var package = new Package(store, pipeline, version);
            var (card, _) = await package.ReadCardAsync(cancel);
            if (card.Definition.Model.Task != context.File.Definition.Model.Task)
            {
                continue;
            }

            taken.UnionWith([.. card.Classes ?? [], .. card.AnsweringClasses ?? []]);
            if (version == champion && card.ComparableHashNow() == context.File.ComparableHash())
            {
                var model = await LoadedPackage.LoadAnsweringAsync(package, card, cancel);
                before = await Task.Run(
                    () => (model.Predict(frame, context.Threads, cancel), Reading.Answering(card)),
                    cancel
                );
            }
        }

        return (before, taken);
    }
}
