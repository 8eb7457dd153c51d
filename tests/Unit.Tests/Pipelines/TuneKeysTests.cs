using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>What a spec may have searched, and what is said where it may not.</summary>
public sealed class TuneKeysTests
{
    [Theory]
    [InlineData("{task: binary, tune: {}}", 30, null)]
    [InlineData("{task: binary, tune: {trials: 5, time: 20 minutes}}", 5, 20.0)]
    [InlineData("{task: binary, trainer: forest, tune: {time: 2 hours, search: {row_share: [30%, 0.9]}}}", 30, 120.0)]
    [InlineData("{task: binary, trainer: auto, tune: {trials: 2}}", 2, null)]
    public void These_are_specs(string model, int trials, double? minutes)
    {
        using var folder = new SpecFolder(Spec(model));
        var tune = folder.Load().Spec.Model.Tune!;

        Assert.Equal((trials, minutes), (tune.Trials, tune.Limit?.TotalMinutes));
    }

    [Fact]
    public void What_is_printed_reads_back_and_says_it_without_defaults_in_the_hash()
    {
        using var folder = new SpecFolder(
            Spec("{task: binary, tune: {search: {leaves: [4, 64], feature_share: [50%, 1]}}}")
        );
        using var same = new SpecFolder(
            Spec("{task: binary, tune: {trials: 30, search: {feature_share: [0.5, 100%], leaves: [4, 64]}}}")
        );
        using var other = new SpecFolder(
            Spec("{task: binary, tune: {search: {leaves: [4, 63], feature_share: [50%, 1]}}}")
        );
        var printed = SpecYaml.Write(folder.Load().Spec);

        Assert.Contains("search: {leaves: [4, 64], feature_share: [0.5, 1]}", printed, StringComparison.Ordinal);
        using var again = new SpecFolder(printed);
        Assert.Equal(printed, SpecYaml.Write(again.Load().Spec));
        Assert.Equal(folder.Hash(), same.Hash());
        Assert.NotEqual(folder.Hash(), other.Hash());
    }

    [Theory]
    [InlineData("{tune: {trials: 1}}", "trials is 1; it must be from 2 to 1000.")]
    [InlineData(
        "{tune: {time: 20m}}",
        "time is '20m', which has not the form expected here. Write for example 20 minutes."
    )]
    [InlineData("{tune: {search: {leafs: [4, 64]}}}", "there is no key 'leafs' here. Did you mean 'leaves'?")]
    [InlineData(
        "{tune: {search: {seed: [1, 64]}}}",
        "there is no key 'seed' here. The keys are leaves, learning_rate, min_rows_per_leaf, l2, feature_share, "
            + "row_share."
    )]
    [InlineData("{tune: {search: {leaves: 15}}}", "leaves is the number 15; it must be a list: [15].")]
    [InlineData("{tune: {search: {leaves: [15]}}}", "leaves has an entry and needs 2. Write for example [4,128].")]
    [InlineData(
        "{tune: {search: {leaves: [4, 15, 64]}}}",
        "leaves has 3 entries and needs 2. Write for example [4,128]."
    )]
    [InlineData("{tune: {search: {leaves: [1, 64]}}}", "an entry of leaves is 1; it must be from 2 to 10000.")]
    [InlineData(
        "{tune: {search: {leaves: [4, 64.5]}}}",
        "an entry of leaves is the number 64.5; it must be a whole number."
    )]
    [InlineData(
        "{tune: {search: {leaves: [64, 4]}}}",
        "leaves goes from 64 down to 4; write the smaller number first: [4, 64]."
    )]
    [InlineData(
        "{tune: {search: {leaves: [9, 9]}}}",
        "both ends of leaves are 9, so there is nothing to search; write 'options: {leaves: 9}', or a range."
    )]
    [InlineData(
        "{tune: {search: {l2: [0, 9]}}}",
        "l2 is searched evenly in its logarithm, and 0 has none; begin above it, such as [0.01, 9]."
    )]
    [InlineData(
        "{tune: {search: {row_share: [0%, 90%]}}}",
        "row_share is 0, so that no tree sees anything; write a share above it, such as 80%."
    )]
    [InlineData("{tune: {search: {}}}", "search names no option; name some, or remove it.")]
    [InlineData(
        "{trainer: linear, tune: {trials: 9}}",
        "the trainer linear has no options to search; remove it, or write the trainer lightgbm or forest."
    )]
    [InlineData(
        "{trainer: auto, tune: {search: {leaves: [4, 64]}}}",
        "there is no key 'leaves' here. There are none; remove it."
    )]
    [InlineData(
        "{trainer: forest, options: {leaves: 9, min_rows_per_leaf: 9, feature_share: 9%, row_share: 9%}, tune: {}}",
        "options say all that is searched (leaves, min_rows_per_leaf, feature_share, row_share); leave some of them "
            + "out, or remove tune."
    )]
    public void These_are_none(string model, string mistake)
    {
        using var folder = new SpecFolder(Spec("{task: binary, " + model[1..]));

        var message = Assert.Single(folder.Mistakes());
        Assert.Equal(mistake, message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }

    [Fact]
    public void Of_a_task_without_labels_no_trainer_has_something_to_search()
    {
        using var folder = new SpecFolder(
            SpecFolder
                .Smallest.Replace("task: binary", "task: clustering\n  tune: {}", StringComparison.Ordinal)
                .Replace("metric: auc", "metric: silhouette", StringComparison.Ordinal)
                .Replace("label:\n  column: late\n  known_after: 2 days\n", "", StringComparison.Ordinal)
        );

        Assert.Equal(["pipeline.yaml:9:3: the trainer kmeans has no options to search; remove it."], folder.Mistakes());
    }

    private static string Spec(string model) =>
        SpecFolder.Smallest.Replace("model:\n  task: binary", $"model: {model}", StringComparison.Ordinal);
}
