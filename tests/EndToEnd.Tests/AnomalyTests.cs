namespace Trainyard.Tests.EndToEnd;

/// <summary>Odd rows: a task whose label only measures, where there is one.</summary>
public abstract class AnomalyTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Shoppers Shoppers => new(Workspace);

    protected override Task PrepareAsync() => Shoppers.MakeAsync();

    [Theory]
    [InlineData("isolation_forest")]
    [InlineData("pca")]
    public async Task Odd_rows_are_flagged_and_say_why(string trainer)
    {
        Shoppers.WriteAs(
            $"{{task: anomaly, trainer: {trainer}, flag: 2%}}",
            "flagged",
            more: "predictions: {reasons: {top: 1, of: 5%}}"
        );
        await Workspace.ExecuteAsync("UPDATE visits SET spend = 600 + 30 * id WHERE id < 11 AND ts = '2024-03-01'");

        var ended = (await Shoppers.RunAsync("both", "2024-03-01")).With(0);

        Assert.Matches(
            @"and promoted it\. Share flagged is 0\.0\d+.*\. Its share of rows that are flagged is \d+\.\d+ %, where "
                + @"10\.00 % or less is allowed \(flagged_at_most\)\.",
            ended.Output.ReplaceLineEndings(" ")
        );
        Assert.Matches(
            @"Scored 30 rows with model train\.20240301T000000Z\.1, \d+ anomalous; published",
            ended.Output.ReplaceLineEndings(" ")
        );
        Assert.Matches(
            @"1\d of 30 rows are anomalous, \d+\.\d %: of the holdout of training 10\.0 % may be "
                + @"\(gate\.flagged_at_most\), and it was \d\.\d+ %\. Look at the inputs in the report",
            ended.Error
        );
        Assert.Equal(
            ["t|t"],
            await Workspace.QueryAsync(
                "SELECT id < 11, anomalous FROM trainyard.shoppers_predictions ORDER BY score DESC LIMIT 1"
            )
        );
        Assert.Equal(
            ["t|spend"],
            await Workspace.QueryAsync(
                "SELECT DISTINCT CAST(CAST(value AS double precision) AS integer) = 600 + 30 * id, feature FROM "
                    + "trainyard.shoppers_predictions_reasons"
            )
        );
    }

    [Fact]
    public async Task A_label_measures_and_is_not_learned()
    {
        await Workspace.ExecuteAsync("UPDATE visits SET spend = 400 + 10 * id WHERE chance < 0.05");
        Shoppers.WriteAs(
            "{task: anomaly, flag: 5%}",
            "auc",
            more: "label: {column: odd, known_after: 1 day}",
            columns: ", CASE WHEN chance < 0.05 THEN 1 WHEN chance < 0.5 THEN 0 END AS odd"
        );

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(0);

        Assert.Matches(@"AUC is (1\.000|0\.9\d+).*against the baseline's 0\.500", ended.Output.ReplaceLineEndings(" "));

        // A try is held against the rows that have a label, as the holdout is.
        var tried = await Workspace.RunAsync(
            "trainyard",
            ["try", Shoppers.Folder, "--on", "train.20240301T000000Z.1", "--store", Workspace.Store]
        );
        Assert.Matches(
            @"^Try 1 on train\.20240301T000000Z\.1: AUC on \d+ rows of validation is (1\.000|0\.9\d+)",
            tried.With(0).Output
        );
    }

    [Fact]
    public async Task What_cannot_be_is_78_all_at_once()
    {
        Shoppers.WriteAs("{task: anomaly, trainer: pca, flag: 0%, options: {shrink: 0%}}", "auc");

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(78);

        Assert.All(
            (string[])
                [
                    "the metric auc is measured by a label, and there is none; name one, or write flagged.",
                    "the share of rows to flag lies between 0% and 100%, such as 1%; write one.",
                    "shrink is 0, so that a component without variance would be infinitely rare; write 1% or more.",
                ],
            mistake => Assert.Contains(mistake, ended.Error, StringComparison.Ordinal)
        );
    }
}

public sealed class AnomalyOnFolderAndDuckDb : AnomalyTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class AnomalyOnPostgresAndS3 : AnomalyTests<PostgresAndS3>;
