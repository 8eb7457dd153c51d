using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Labels that are texts: one of two, and one of several.</summary>
public abstract class ClassLabelTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Train = "train.20240408T000000Z.1";
    private const string Level = "CASE WHEN y > 75 THEN 'high' WHEN y > 40 THEN 'middle' ELSE 'low' END";

    private const string LevelButForOneRowOfTheHoldout =
        $"CASE WHEN id = 7 AND ts = TIMESTAMPTZ '2024-03-20 00:00:00+00' THEN 'odd' ELSE {Level} END";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task A_text_whose_positive_value_is_named_gives_the_model_of_a_boolean()
    {
        string Binary(string spec) =>
            spec.Replace("task: regression", "task: binary", StringComparison.Ordinal)
                .Replace("metric: rmse", "metric: f1", StringComparison.Ordinal);

        Meters.Write(y: "y > 70", spec: Binary);
        (await Meters.RunAsync("train")).With(0);
        Meters.Write(
            y: "CASE WHEN y > 70 THEN 'yes' ELSE 'no' END",
            spec: spec => Binary(spec).Replace("{column: y,", "{column: y, positive: yes,", StringComparison.Ordinal)
        );

        // It is another label, so a person says whether it is to serve.
        Assert.Contains(
            "another label or other features",
            (await Meters.RunAsync("train")).With(0).Output,
            StringComparison.Ordinal
        );

        var (first, second) = (await EvaluationAsync(1), await EvaluationAsync(2));
        Assert.Equal(first, second);
        Assert.Contains("\"mcc\":", first, StringComparison.Ordinal);
        Assert.Contains("\"cost\":", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "task: binary",
        "",
        78,
        "the label 'y' is text; it must be boolean, or 0 and 1, or name its positive value in label.positive."
    )]
    [InlineData(
        "task: binary",
        "positive: Yes, ",
        65,
        "No label is 'Yes', which label.positive names: the values of 'y' are 'no', 'yes'. Did you mean 'yes'?"
    )]
    public async Task A_text_that_does_not_say_what_is_positive_is_refused(
        string task,
        string positive,
        int code,
        string message
    )
    {
        Meters.Write(
            y: "CASE WHEN y > 70 THEN 'yes' ELSE 'no' END",
            spec: spec =>
                spec.Replace("task: regression", task, StringComparison.Ordinal)
                    .Replace("metric: rmse", "metric: auc", StringComparison.Ordinal)
                    .Replace("known_after", $"{positive}known_after", StringComparison.Ordinal)
        );

        Assert.Contains(message, (await Meters.RunAsync("train")).With(code).LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classes_are_predicted_with_their_probabilities_and_the_likeliest_stand_beside()
    {
        // On a day of the holdout there is a class that nobody has learned.
        Meters.Write(
            y: LevelButForOneRowOfTheHoldout,
            spec: spec => Multiclass(spec) + "predictions: {classes: 2, reasons: {top: 1}}\n"
        );

        var ended = (await Meters.RunAsync("both")).With(0);

        Assert.Matches(@"Trained .*, and promoted it\. Log loss is 0\.\d+ ", ended.Output);
        var card = await Workspace.ReadJsonAsync($"meters/models/{Train}/card.json");
        Assert.Equal(["high", "low", "middle"], card["classes"]!.AsArray().Select(name => (string)name!));
        Assert.Contains(
            card["facts"]!.AsArray(),
            fact => ((string?)fact!["note"])?.Contains("'odd' (1)", StringComparison.Ordinal) == true
        );
        Assert.Equal(
            ["by-class", "confusion"],
            card["exhibits"]!
                .AsArray()
                .Select(each => (string)each!["id"]!)
                .Where(id => id is "confusion" or "by-class")
                .Order()
        );
        Assert.Equal(
            ["20,40,20"],
            await Workspace.QueryAsync(
                """
                SELECT count(DISTINCT predictions.id) || ',' || count(*) || ','
                    || sum(CASE WHEN side.class = predictions.predicted
                        AND side.probability = predictions.probability THEN 1 ELSE 0 END)
                FROM trainyard.meters_predictions_current AS predictions
                JOIN trainyard.meters_predictions_classes_current AS side
                    ON side.id = predictions.id AND side.cutoff = predictions.cutoff
                """
            )
        );
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM trainyard.meters_predictions_classes WHERE probability < 0.000001"
            )
        );

        var score = await Workspace.ReadJsonAsync("meters/runs/score.20240408T000000Z.1/score/manifest.json");
        Assert.Equal(
            ["summary", "classes", "reasons"],
            score["files"]!.AsArray().Select(file => ((string)file!["file"]!).Split('-')[0])
        );

        // Of the score of the class that is predicted, which is the greatest of the row's.
        Assert.Equal(
            ["20,x,t"],
            await Workspace.QueryAsync(
                """
                SELECT count(*) || ',' || min(feature) || ',' || CASE WHEN avg(contribution) > 0 THEN 't' ELSE 'f' END
                FROM trainyard.meters_predictions_reasons_current
                """
            )
        );
    }

    [Fact]
    public async Task Shards_answer_with_a_class_that_only_the_newest_rows_have_for_keys_of_many_digits()
    {
        Meters.Write(
            y: $"CASE WHEN id = 7 AND ts >= TIMESTAMPTZ '2024-04-01 00:00:00+00' THEN 'odd' ELSE {Level} END",
            spec: Multiclass
        );
        Meters.Edit("rows.sql", "SELECT id,", "SELECT 9007199254740993 + id AS id,");
        (await Meters.RunAsync("train")).With(0);
        var card = await Workspace.ReadJsonAsync($"meters/models/{Train}/card.json");
        Assert.Equal(["high", "low", "middle"], card["classes"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("odd", card["served"]!["classes"]!.AsArray().Select(name => (string)name!));

        (await Meters.ExtractAsync("sharded", "score", Meters.AsOf)).With(0);
        (await Meters.StepAsync("features", "sharded")).With(0);
        foreach (var which in new[] { new[] { "--shard", "1/2" }, ["--shard", "2/2"], ["--publish", "2"] })
        {
            (await Meters.StepAsync("score", "sharded", ["--warehouse", Workspace.Warehouse, .. which])).With(0);
        }

        Assert.Equal(
            ["20"],
            await Workspace.QueryAsync("SELECT count(*) FROM trainyard.meters_predictions WHERE run = 'sharded'")
        );

        const string Key = "9007199254740993";
        var shown = (await Meters.AskAsync("show", "sharded", "--key", Key)).With(0).Output;
        Assert.Contains($"\n{Key} ", shown, StringComparison.Ordinal);
        var json = (await Meters.AskAsync("show", "sharded", "--key", Key, "--output", "json")).With(0).Output;
        Assert.Contains($"\"id\": {Key},", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_decide_what_is_predicted_and_all_classes_add_up_to_one()
    {
        Meters.Write(
            y: Level,
            spec: spec =>
                Multiclass(spec)
                    .Replace("metric: log_loss", "metric: cost", StringComparison.Ordinal)
                    .Replace(
                        "task: multiclass",
                        "task: multiclass, cost: {high: {low: 5, middle: 5}}",
                        StringComparison.Ordinal
                    ) + "predictions: {classes: all}\n"
        );

        (await Meters.RunAsync("both")).With(0);

        // Another answer is expected to cost five times that probability, and less than to answer 'high'.
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                """
                SELECT count(*)
                FROM trainyard.meters_predictions AS predictions
                JOIN trainyard.meters_predictions_classes AS side
                    ON side.id = predictions.id AND side.run = predictions.run
                WHERE predictions.predicted <> 'high' AND side.class = 'high' AND side.probability > 0.167
                """
            )
        );
        Assert.Equal(
            ["20"],
            await Workspace.QueryAsync(
                """
                SELECT count(*) FROM (
                    SELECT id FROM trainyard.meters_predictions_classes
                    GROUP BY id HAVING count(*) = 3 AND abs(sum(probability) - 1) < 1e-9
                ) AS whole
                """
            )
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Shards_publish_the_classes_that_one_process_does_also_those_of_the_newest_rows_alone()
    {
        // The site is there to fill two parts of a dataset.
        Meters.Write(
            x: $"'{new string('-', 60)}' AS site, x",
            y: LevelButForOneRowOfTheHoldout,
            spec: spec =>
                Multiclass(spec).Replace("numbers: [x]", "numbers: [x], categories: [site]", StringComparison.Ordinal)
                + "predictions: {classes: all}\n"
        );
        (await Meters.RunAsync("train")).With(0);
        await FeaturesAsync("plain");
        await FeaturesAsync("shared");

        (await ScoreAsync("plain", "--warehouse", Workspace.Warehouse)).With(0);
        (await ScoreAsync("shared", "--shard", "2/2")).With(0);
        (await ScoreAsync("shared", "--shard", "1/2")).With(0);
        (await ScoreAsync("shared", "--warehouse", Workspace.Warehouse, "--publish", "2")).With(0);

        var classes = await ClassesAsync("plain");
        Assert.Equal(20 * 4, classes.Count);
        Assert.Contains(classes, row => row.Contains("|odd|", StringComparison.Ordinal));
        Assert.Equal(classes, await ClassesAsync("shared"));
        await NamesPartsOfClassesAsync("plain/score/manifest", 2);
        await NamesPartsOfClassesAsync("shared/score/shard-1-of-2", 1);
        await NamesPartsOfClassesAsync("shared/score/shard-2-of-2", 1);
        await NamesPartsOfClassesAsync("shared/score/manifest", 2);
    }

    private async Task FeaturesAsync(string run)
    {
        (
            await Meters.StepAsync(
                "extract",
                run,
                "--kind",
                "score",
                "--as-of",
                Meters.AsOf,
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--part-bytes",
                "1024"
            )
        ).With(0);
        (await Meters.StepAsync("features", run)).With(0);
    }

    private Task<Ended> ScoreAsync(string run, params string[] more) => Meters.StepAsync("score", run, more);

    private Task<IReadOnlyList<string>> ClassesAsync(string run) =>
        Workspace.QueryAsync(
            "SELECT id, class, probability FROM trainyard.meters_predictions_classes "
                + $"WHERE run = '{run}' ORDER BY id, class"
        );

    /// <summary>What no manifest names does not exist.</summary>
    private async Task NamesPartsOfClassesAsync(string manifest, int parts) =>
        Assert.Equal(
            parts,
            (await Workspace.ReadJsonAsync($"meters/runs/{manifest}.json"))["files"]!
                .AsArray()
                .Count(file => ((string)file!["file"]!).StartsWith("classes-", StringComparison.Ordinal))
        );

    private static string Multiclass(string spec) =>
        spec.Replace("task: regression", "task: multiclass", StringComparison.Ordinal)
            .Replace("metric: rmse", "metric: log_loss", StringComparison.Ordinal);

    private async Task<string> EvaluationAsync(int number) =>
        (
            await Workspace.ReadJsonAsync(
                string.Create(CultureInfo.InvariantCulture, $"meters/models/train.20240408T000000Z.{number}/card.json")
            )
        )["evaluation"]!.ToJsonString();
}

public sealed class ClassLabelsOnFolderAndDuckDb : ClassLabelTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ClassLabelsOnPostgresAndS3 : ClassLabelTests<PostgresAndS3>;
