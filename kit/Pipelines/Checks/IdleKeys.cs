namespace Trainyard.Pipelines;

/// <summary>The keys that mean nothing under a spec: who writes one is told, and where a spec is written with its
/// defaults they are left out.</summary>
internal static class IdleKeys
{
    private static readonly string[] OfComparing =
    [
        "gate/better_than_baseline_by",
        "gate/worse_by_at_most",
        "gate/suspicious_beyond",
    ];

    /// <summary>Where a model is made elsewhere: what only fits read.</summary>
    private static readonly string[] OfLearning = ["model/serve", "model/weights"];

    public static IEnumerable<IdleKey> Of(Spec spec)
    {
        var (task, metric, trainer) = (spec.Model.Task, spec.Metric, spec.Model.Trainer);
        foreach (var key in task.OthersKeys)
        {
            var owners = ModelTask.All.Where(other => other.AllKeys.Contains(key));
            yield return new(key, $"{NameOf(key)} belongs to the task {string.Join(" or ", owners)}", ["/model/task"]);
        }

        foreach (var key in metric.Compares ? [] : OfComparing)
        {
            yield return new(
                key,
                $"the metric {metric} says nothing of which of two models is better, so {NameOf(key)} holds nothing",
                ["/metric"]
            );
        }

        foreach (var key in trainer.MadeElsewhere ? OfLearning.Except(task.OthersKeys) : [])
        {
            yield return new(
                key,
                $"the trainer {trainer} learns nothing from the rows, so {NameOf(key)} means nothing",
                ["/model/trainer"]
            );
        }

        if (RunShape.Of(RunKind.Measure).WhyNone(spec.ToDefinition()) is { } why)
        {
            yield return new("measure", $"there are no such runs: {why}", ["/rows/cutoff", "/label", "/model/task"]);
        }
    }

    private static string NameOf(string key) => key[(key.IndexOf('/') + 1)..];
}

/// <param name="Key">As it is found in a spec: <c>gate/baseline</c>.</param>
/// <param name="Why">As a sentence without its point.</param>
/// <param name="By">Where in the spec that is decided.</param>
internal sealed record IdleKey(string Key, string Why, string[] By);
