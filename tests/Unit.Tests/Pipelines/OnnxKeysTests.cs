using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>What a spec says of a model that was made elsewhere, and what is said where it does not.</summary>
public sealed class OnnxKeysTests
{
    [Fact]
    public void The_file_belongs_to_the_definition_and_the_day_is_one_of_the_zone()
    {
        using var folder = new SpecFolder(Spec("options: {file: models/m.onnx, learned_through: 2024-05-01}"));
        folder.Write("models/m.onnx", "one");
        var loaded = folder.Load();

        Assert.Equal(["rows.sql", "models/m.onnx"], loaded.DefinitionFiles().Select(file => file.Name));
        Assert.Equal(
            new DateTimeOffset(2024, 5, 2, 4, 0, 0, TimeSpan.Zero).AddMicroseconds(-1),
            loaded.Spec.Model.Options.BroughtThrough(loaded.Spec.Clock)
        );
        Assert.DoesNotContain("serve", SpecYaml.Write(loaded.Spec), StringComparison.Ordinal);
        using var again = new SpecFolder(SpecYaml.Write(loaded.Spec));
        again.Write("models/m.onnx", "one");
        Assert.Equal(folder.Hash(), again.Hash());
        again.Write("models/m.onnx", "two");
        Assert.NotEqual(folder.Hash(), again.Hash());
    }

    [Theory]
    [InlineData(
        "",
        "the file is missing: a model that was made elsewhere is named by model.options.file, such as 'options: {file: "
            + "model.onnx}'.",
        "learned_through is missing: say of which day the last rows are that the model may have learned, such as "
            + "'learned_through: 2024-05-01', or a day before the first where it has learned none of them. There is no "
            + "default, since a wrong one is a leak."
    )]
    [InlineData(
        "options: {file: modle.onnx, learned_through: 2024-02-30}",
        "the file 'modle.onnx' is not there. Did you mean 'model.onnx'?",
        "'2024-02-30' is no day; write one as 2024-05-01, which is meant in America/New_York."
    )]
    [InlineData(
        "options: {file: empty.onnx, learned_through: 2024-05-01}",
        "the file 'empty.onnx' is empty; put the model there."
    )]
    [InlineData(
        "options: {file: ../m.onnx, learned_through: 2024-05-01}",
        "'../m.onnx' leads out of the pipeline's folder; the file belongs into it."
    )]
    [InlineData(
        "serve: measured, weights: balanced, options: {file: model.onnx, learned_through: 2024-05-01}",
        "the trainer onnx learns nothing from the rows, so serve means nothing; remove it.",
        "the trainer onnx learns nothing from the rows, so weights means nothing; remove it."
    )]
    [InlineData(
        "options: {file: model.onnx, learned_through: 2024-05-01, classes: [a, b]}",
        "the task binary has no classes to name; remove it."
    )]
    [InlineData(
        "constraints: {increasing: [distance]}, options: {file: model.onnx, learned_through: 2024-05-01}",
        "the trainer onnx cannot hold constraints while it learns a probability; remove them, or name another "
            + "objective or trainer."
    )]
    public void What_does_not_fit_is_said(string said, params string[] expected)
    {
        using var folder = new SpecFolder(Spec(said));
        folder.Write("model.onnx", "m");
        folder.Write("empty.onnx", "");

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            folder
                .Mistakes()
                .Select(mistake => mistake[(mistake.IndexOf(": ", StringComparison.Ordinal) + 2)..])
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Texts_are_not_for_it()
    {
        using var folder = new SpecFolder(
            Spec("options: {file: model.onnx, learned_through: 2024-05-01}")
                .Replace("features:\n  numbers: [distance]", "features: {text: [subject]}", StringComparison.Ordinal)
        );
        folder.Write("model.onnx", "m");

        Assert.Contains(
            "the trainer onnx reads no texts; write 'trainer: lightgbm' or",
            Assert.Single(folder.Mistakes()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_table_without_time_has_no_day_and_a_regression_no_interval()
    {
        using var folder = new SpecFolder(
            Spec("interval: 80%, options: {file: model.onnx, learned_through: 2024-05-01}")
                .Replace("task: binary", "task: regression", StringComparison.Ordinal)
                .Replace("metric: auc", "metric: rmse", StringComparison.Ordinal)
                .Replace(
                    "sql: rows.sql, key: [id], cutoff: day",
                    "sql: {train: a.sql, score: b.sql}, key: [id]",
                    StringComparison.Ordinal
                )
                .Replace("  known_after: 2 days\n", "", StringComparison.Ordinal)
        );
        folder.Write("model.onnx", "m");
        folder.Write("a.sql", "SELECT 1");
        folder.Write("b.sql", "SELECT 1");

        Assert.Collection(
            folder.Mistakes(),
            mistake => Assert.Contains("the trainer onnx cannot learn", mistake, StringComparison.Ordinal),
            mistake =>
                Assert.EndsWith(
                    "learned_through has no meaning without rows.cutoff; remove it.",
                    mistake,
                    StringComparison.Ordinal
                )
        );
    }

    private static string Spec(string said) =>
        SpecFolder.Smallest.Replace(
            "  task: binary",
            $"  {{task: binary, trainer: onnx{(said.Length == 0 ? "" : ", ")}{said}}}",
            StringComparison.Ordinal
        );
}
