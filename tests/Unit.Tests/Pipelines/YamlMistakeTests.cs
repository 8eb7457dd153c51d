namespace Trainyard.Tests.Pipelines;

/// <summary>What is no YAML, or none that a spec is written in.</summary>
public sealed class YamlMistakeTests
{
    [Theory]
    [InlineData(
        "metric: auc",
        "metric: auc\nmetric: auc",
        "13:1: the key 'metric' stands here twice (first in line 12); remove one."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\n---\na: 1",
        "13:1: the file holds several documents; a spec is one, so remove '---'."
    )]
    [InlineData(
        "metric: auc",
        "metric: &m auc\nabout: *m",
        "13:8: an alias stands for something written elsewhere; write it out, so that a mistake has one place."
    )]
    [InlineData(
        "metric: auc",
        "metric: a: b",
        "12:10: this is not YAML: While scanning a plain scalar value, found invalid mapping."
    )]
    [InlineData(
        "metric: auc",
        "metric: {{ auc }}",
        "12:10: this is not YAML: a key is a name, not a list or a mapping; quote '{{ … }}' where it is meant as "
            + "text."
    )]
    public void One_mistake_is_one_message(string instead, string of, string message)
    {
        using var folder = new SpecFolder(SpecFolder.With(instead, of));
        Assert.Equal(["pipeline.yaml:" + message], folder.Mistakes());
    }

    [Theory]
    [InlineData("", "1:1: the file is empty; see docs/pipelines.md for what a spec holds.")]
    [InlineData("# nothing\n", "1:1: the file is empty; see docs/pipelines.md for what a spec holds.")]
    [InlineData("~", "1:1: the file is empty; see docs/pipelines.md for what a spec holds.")]
    [InlineData("- a", "1:1: the spec is a list; it must be a mapping.")]
    [InlineData(
        "a: [1\nb: 2",
        "1:4: this is not YAML: what follows cannot be read; look for a bracket or a quote that is not closed."
    )]
    [InlineData("a:\n\t- x", "1:1: this is not YAML: While scanning a mapping, found invalid tab as indentation.")]
    public void What_is_no_mapping_is_one_message(string spec, string message)
    {
        using var folder = new SpecFolder(spec);
        Assert.Equal(["pipeline.yaml:" + message], folder.Mistakes());
    }
}
