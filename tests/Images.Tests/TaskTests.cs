using System.Text.RegularExpressions;

namespace Trainyard.Tests.Images;

/// <summary>The README's lines, for the same flights and another question: containers know no task.</summary>
public sealed partial class TaskTests : ImageTests
{
    [Theory]
    [InlineData(
        "model: {task: multiclass, options: {max_trees: 20}, split: {holdout: 89 days}}\nmetric: log_loss",
        true,
        "Log loss is "
    )]
    [InlineData(
        "model: {task: clustering, options: {clusters: 3, starts: 2}, split: {holdout: 89 days}}\nmetric: silhouette\n"
            + "gate: {stable_at_least: 0}",
        false,
        "Silhouette is "
    )]
    public async Task Another_task_is_trained_and_scored_by_the_same_lines(string model, bool hasLabel, string metric)
    {
        using var yard = await Yard.MakeAsync();
        var file = Path.Combine(yard.Folder, "pipelines/flights/pipeline.yaml");
        var spec = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var other = ModelToGate().Replace(spec, $"{model}\n");
        await File.WriteAllTextAsync(
            file,
            hasLabel ? other : LabelLine().Replace(other, ""),
            TestContext.Current.CancellationToken
        );

        var ended = (await Docker.PasteAsync(string.Join('\n', ReadmeLines.Embedded), yard.Folder)).With(0);

        Assert.Matches(
            $"(?s)Trained train.1, and promoted it. {metric}.*Scored [0-9]+ rows with model train.1.*published in "
                + "trainyard.flights_predictions",
            ended.Output
        );
    }

    [GeneratedRegex(@"(?ms)^model:.*?^gate:[^\n]*\n")]
    private static partial Regex ModelToGate();

    [GeneratedRegex(@"(?m)^label:[^\n]*\n")]
    private static partial Regex LabelLine();
}
