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
        var (champion, taken) = await BeforeAsync(context, cancel);
        var names = await Task.Run(
            () =>
            {
                var rows = RowsOf(frame, champion?.Card);
                return task.NamesOf(
                    trained.Model.Predict(frame, rows, context.Threads, cancel),
                    champion is var (card, model)
                        ? (model.Predict(frame, rows, context.Threads, cancel), Reading.Answering(card))
                        : null,
                    taken
                );
            },
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

    /// <summary>Those that the champion has learned too, by their time: what has come up since is not to take the name
    /// of what it happens to lie nearest to. All, where that is none.</summary>
    private static int[] RowsOf(Frame frame, Card? champion)
    {
        int[] all = [.. Enumerable.Range(0, frame.Rows)];
        int[] learned =
            frame.Cutoffs.Length == 0 ? [] : [.. all.Where(row => frame.Cutoffs[row] <= champion?.LearnedThrough)];
        return learned.Length > 0 ? learned : all;
    }

    /// <summary>The champion, where it answers the same question, and every name that another model
    /// has given.</summary>
    private static async Task<(
        (Card Card, ScoringModel Model)? Champion,
        IReadOnlyCollection<string> Taken
    )> BeforeAsync(StepContext context, CancellationToken cancel)
    {
        var (store, pipeline) = (context.Run.Store, context.Run.Pipeline);
        var log = await new PromotionLog(store, pipeline).ReadAsync(cancel);
        var champion = PromotionLog.ChampionFor(log, context.File.AsOf)?.Model;
        var (before, taken) = (((Card, ScoringModel)?)null, new HashSet<string>(StringComparer.Ordinal));

        // Also of those that were refused, for a person may promote them; a trial's are nobody's.
        var decided = log.Select(entry => entry.Model).ToHashSet();
        foreach (var version in (await Package.ListAsync(store, pipeline, cancel)).Where(decided.Contains))
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
                before = (card, await LoadedPackage.LoadAnsweringAsync(package, card, cancel));
            }
        }

        return (before, taken);
    }
}
