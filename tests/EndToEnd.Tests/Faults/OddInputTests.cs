namespace Trainyard.Tests.EndToEnd;

/// <summary>For each task rows from which it cannot learn what is asked: one sentence, the code of who has to mend
/// something, and no model.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class OddInputTests : WorkspaceTests<FolderAndDuckDb>
{
    private const string Alike = "UPDATE visits SET spend = 1, visits = 1, plan = 'free'";
    private const string Classes = "CASE WHEN spend > 90 THEN 'big' ELSE 'small' END";

    private Shoppers Shoppers => new(Workspace);

    protected override Task PrepareAsync() => Shoppers.MakeAsync();

    [Theory]
    [InlineData(
        "binary",
        "auc",
        Classes,
        "",
        78,
        "the label 'y' is text; it must be boolean, or 0 and 1, or name its positive value in label.positive."
    )]
    [InlineData(
        "binary",
        "auc",
        "chance",
        "",
        65,
        "is no label of the task binary, which expects a boolean, or 0 and 1"
    )]
    [InlineData("binary", "auc", "spend >= 0", "", 65, "Every label in fit (cutoffs up to ")]
    [InlineData(
        "multiclass",
        "log_loss",
        "chance",
        "",
        78,
        "the label 'y' is double precision; it must be a text, an integer or a boolean."
    )]
    [InlineData("multiclass", "log_loss", "'one'", "", 65, "Every label in fit (cutoffs up to ")]
    [InlineData(
        "multiclass",
        "log_loss",
        "CAST(10000 * chance AS integer)",
        "",
        65,
        "Is it an identifier, or a number for the task regression? Put rare ones together in the query."
    )]
    [InlineData("regression", "rmse", Classes, "", 78, "the label 'y' is text; it must be a number.")]
    [InlineData("regression", "rmse", "7.5", "", 65, "all labels are the same. Mend the rows.")]
    [InlineData("anomaly, flag: 2%", "auc", Classes, "", 78, "the label 'y' is text; it must be boolean, or 0 and 1")]
    [InlineData(
        "anomaly, flag: 2%",
        "flagged",
        null,
        Alike,
        65,
        "all that the model reads of them is the same. Mend the rows."
    )]
    [InlineData(
        "clustering, options: {clusters: 900}",
        "silhouette",
        null,
        "DELETE FROM visits WHERE id % 5 > 0",
        65,
        "and model.options.clusters asks for 900 clusters. Mend the rows, or ask for fewer."
    )]
    public async Task What_cannot_be_learned_is_one_sentence(
        string task,
        string metric,
        string? label,
        string change,
        int code,
        string sentence
    )
    {
        if (change.Length > 0)
        {
            await Workspace.ExecuteAsync(change);
        }

        Shoppers.WriteAs(
            $"{{task: {task}}}",
            metric,
            label is null ? "" : "label: {column: y, known_after: 1 day}",
            label is null ? "" : $", {label} AS y"
        );

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(code);

        Assert.Contains(sentence, ended.LastWords, StringComparison.Ordinal);
        Assert.DoesNotContain(await Workspace.ListAsync(), name => name.Contains("/models/", StringComparison.Ordinal));
    }

    /// <summary>Columns that tell nothing are no fault: a model answers as the baseline does, and is refused.</summary>
    [Theory]
    [InlineData("binary", "auc", "chance > 0.5")]
    [InlineData("multiclass", "log_loss", "CASE WHEN chance > 0.5 THEN 'a' ELSE 'b' END")]
    [InlineData("regression", "rmse", "chance")]
    public async Task What_tells_nothing_is_learned_and_refused(string task, string metric, string label)
    {
        await Workspace.ExecuteAsync(Alike);
        Shoppers.WriteAs(
            $"{{task: {task}}}",
            metric,
            "label: {column: y, known_after: 1 day}",
            $", {label} AS y, '' AS nothing"
        );

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(0);

        Assert.Contains("and refused it.", ended.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_all_empty_tell_nothing()
    {
        Shoppers.WriteAs(
            "{task: multiclass, trainer: linear}",
            "log_loss",
            "label: {column: y, known_after: 1 day}",
            ", CASE WHEN chance > 0.5 THEN 'a' ELSE 'b' END AS y, CASE WHEN id % 2 = 0 THEN '' ELSE '  ' END AS said"
        );
        Shoppers.Edit(
            "pipeline.yaml",
            "features: {numbers: [spend, visits], categories: [plan]}",
            "features: {text: [said]}"
        );

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(0);

        Assert.Contains("and refused it.", ended.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
