using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class SpecChangeTests
{
    [Fact]
    public void A_change_counts_as_if_the_file_said_it()
    {
        using var folder = new SpecFolder(
            SpecFolder.Smallest.Replace("task: binary", "task: binary\n  options: {leaves: 7, max_trees: 9}")
        );

        var spec = Load(folder, "model.options.leaves=63", "model.options.max_trees=", "label.null_at_most=3%");

        var options = Assert.IsType<LightGbmOptions>(spec.Model.Options);
        Assert.Equal((63, new LightGbmOptions().MaxTrees), (options.Leaves, options.MaxTrees));
        Assert.Equal(0.03, spec.Label!.NullAtMost.Value);

        // The last word counts, and lists and mappings are values too.
        Assert.Equal(["id", "seat"], Load(folder, "rows.key=[id]", "rows.key=[id, seat]").Rows.Key);
        Assert.Equal(5, Load(folder, "model.threshold={cost: {miss: 5}}").Model.Threshold.Cost!.Miss);
    }

    [Theory]
    [InlineData("model.task=binry", "--set model.task=binry: task is 'binry', which is none of binary")]
    [InlineData("model.tsk=binary", "--set model.tsk=binary: there is no key 'tsk' here. Did you mean 'task'?")]
    [InlineData("model.options.leaves=many", "--set model.options.leaves=many: leaves is 'many'; it must be a whole")]
    [InlineData("metric.name=auc", "--set metric.name=auc: 'metric' has a value of its own, and no keys in it.")]
    [InlineData("model.options=[1", "--set model.options=[1: this is not YAML: ")]
    [InlineData("clock.zone=Mars", "--set clock.zone=Mars: there is no time zone 'Mars'.")]
    public void A_mistake_in_it_names_the_change(string change, string message)
    {
        using var folder = new SpecFolder();

        var refused = Assert.Throws<Fault>(() => Load(folder, change));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadConfiguration, refused.Code);
    }

    [Theory]
    [InlineData("leaves")]
    [InlineData("=3")]
    [InlineData("model..leaves=3")]
    public void What_is_no_change_is_no_change(string text) =>
        Assert.Throws<FormatException>(() => SpecChange.Parse(text));

    [Fact]
    public void Definitions_differ_in_what_they_say()
    {
        using var folder = new SpecFolder();
        var before = Load(folder).ToDefinition();

        Assert.Empty(DefinitionChanges.Between(before, Load(folder, "model.serve=all").ToDefinition()));
        var after = Load(folder, "model.options.leaves=63", "metric=log_loss").ToDefinition();
        Assert.Equal(["metric=log_loss", "model.options.leaves=63"], DefinitionChanges.Between(before, after));
        Assert.Equal(["metric=auc", "model.options.leaves="], DefinitionChanges.Between(after, before));
    }

    private static Spec Load(SpecFolder folder, params string[] changes) =>
        PipelineFolder.Load(folder.Folder, [.. changes.Select(SpecChange.Parse)]).Spec;
}
