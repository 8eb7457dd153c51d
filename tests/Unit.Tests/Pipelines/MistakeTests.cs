namespace Trainyard.Tests.Pipelines;

/// <summary>What a spec says and cannot mean, in one line with its place.</summary>
public sealed class MistakeTests
{
    [Fact]
    public void Five_mistakes_are_five_messages()
    {
        using var folder = new SpecFolder(
            """
            version: 1
            name: x
            clock: {zone: America/NewYork}
            rows: {sql: rows.sql, key: [id], cutoff: day}
            label: {column: late, known_after: 2 days}
            features:
              numbers: [distance, distance]
              derived:
                far: {expression: "1 + lgo(distance)"}
            model: {task: binry}
            metrics: auc
            """
        );
        Assert.Equal(
            [
                "pipeline.yaml:3:15: there is no time zone 'America/NewYork'. Did you mean "
                    + "'America/New_York'? Zones have the names of the IANA database, such as Europe/Berlin.",
                "pipeline.yaml:7:23: two features have the name 'distance'; rename or remove one.",
                "pipeline.yaml:9:28: the expression of 'far' does not parse: there is no function 'lgo'. Did "
                    + "you mean 'log'? Functions: log, log1p, exp, sqrt, abs, floor, ceil, sin, cos, sign, round, "
                    + "pow, min, max, coalesce, isnull, if.",
                "pipeline.yaml:10:15: task is 'binry', which is none of binary, multiclass, regression, clustering, "
                    + "anomaly. Did you mean 'binary'?",
                "pipeline.yaml:11:1: there is no key 'metrics' here. Did you mean 'metric'?",
            ],
            folder.Mistakes()
        );
    }

    [Theory]
    // Types, forms and ranges.
    [InlineData("version: 1", "version: 2", "1:10: version is 2; it must be 1.")]
    [InlineData("name: x", "name: 5", "2:7: name is the number 5; it must be text. Write for example flights.")]
    [InlineData(
        "name: x",
        "name: X",
        "2:7: name is 'X', which has not the form expected here. Write for example flights."
    )]
    [InlineData(
        "name: x",
        "name: y",
        "2:7: the name is 'y', but the folder's is 'x'; they must be the same, so rename one."
    )]
    [InlineData("name: x", "name:", "2:6: name has no value; give it text, or remove it. Write for example flights.")]
    [InlineData("metric: auc", "metric: auc\nshards: four", "13:9: shards is 'four'; it must be a whole number.")]
    [InlineData("metric: auc", "metric: auc\nshards: 65", "13:9: shards is 65; it must be from 1 to 64.")]
    [InlineData(
        "metric: auc",
        "metric: auc\nretention: {runs: 90}",
        "13:19: runs is the number 90; it must be text. Write for example 28 days."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\nretention: {runs: 0 days}",
        "13:19: runs would be kept for no time at all; write for example '90 days'."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\nretention: {warehouse: 49 days}",
        "13:24: a measure run looks back on 50 days, which must be kept: write more, or nothing to keep all."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\ninputs: {unseen_at_most: 500%}",
        "13:26: unseen_at_most is '500%', which has not the form expected here. Write for example 5% or 0.05."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\nschedule: {train: 61 * * * *}",
        "13:19: '61 * * * *' is no schedule that cron and Airflow both keep: '61' is no minute, which is 0 to 59, "
            + "a range (1-5), a step (*/2) or a list of those (1,3). Write for example \"0 6 * * SUN\"."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\nschedule: {expected_by: 25:00}",
        "13:25: expected_by is '25:00', which has not the form expected here. Write for example 02:00."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\npredictions: {table: runs}",
        "13:22: the table 'runs' is one of Trainyard's own (input_moves, later_migrations, lineage, live_metrics, "
            + "measured_runs, measured_tables, migrations, models, prediction_tables, "
            + "run_outcomes, run_steps, runs, trainings); name another."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\npredictions: {table: lineage}",
        "13:22: the table 'lineage' is one of Trainyard's own (input_moves, later_migrations, lineage, live_metrics, "
            + "measured_runs, measured_tables, migrations, models, prediction_tables, "
            + "run_outcomes, run_steps, runs, trainings); name another."
    )]
    [InlineData(
        "key: [id]",
        "key: [id, Probability]",
        "4:33: the key column 'Probability' has the name of a column that every table of predictions has (pipeline, "
            + "cutoff, predicted_at, run, model, hindsight, probability, label); rename it in the query."
    )]
    [InlineData(
        "key: [id]",
        "key: [ctid]",
        "4:29: the key column 'ctid' has the name of a system column of PostgreSQL's (cmax, cmin, ctid, tableoid, "
            + "xmax, xmin); rename it in the query."
    )]
    [InlineData("key: [id]", "key: [\"\"]", "4:30: a column of the key has no name; write one.")]
    [InlineData(
        "2 days",
        "2 dys",
        "7:16: known_after is '2 dys', which has not the form expected here. Write for example 28 days."
    )]
    [InlineData("[distance]", "distance", "9:12: numbers is 'distance'; it must be a list: [distance].")]
    [InlineData(
        "[distance]",
        "[distance, 2013]",
        "9:23: an entry of numbers is the number 2013; it must be text, so quote it: \"2013\"."
    )]
    [InlineData(
        "[distance]",
        "[]",
        "9:3: there is no feature: name columns in numbers, categories or text, or derive some."
    )]
    [InlineData("numbers: [distance]", "categories: [{keep: 5}]", "9:16: 'column' is missing. The column.")]
    // Names.
    [InlineData("[distance]", "[distance, id]", "9:23: 'id' is the key, which is never a feature; remove it.")]
    [InlineData("[distance]", "[distance, late]", "9:23: 'late' is the label, which is never a feature; remove it.")]
    [InlineData("[distance]", "[distance, day]", "9:23: 'day' is the cutoff, which is never a feature; remove it.")]
    [InlineData(
        "[distance]",
        "[at_month]\n  derived:\n    at: {calendar: day, parts: [month]}",
        "11:9: two features have the name 'at_month'; rename or remove one."
    )]
    [InlineData(
        "[distance]",
        "[at_month_sin]\n  derived:\n    at: {calendar: day, parts: [month], cyclic: true}",
        "11:9: two features have the name 'at_month_sin'; rename or remove one."
    )]
    [InlineData("key: [id]", "key: [id, id]", "4:28: 'id' stands in the key twice; remove one.")]
    [InlineData("column: late", "column: day", "6:11: 'day' is the key or the cutoff; the label is another column.")]
    // Derived features.
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {}",
        "11:8: 'a' says not how it is derived: give one of calendar, elapsed, expression, cross, hash."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {cross: [b, c], expression: b}",
        "11:8: 'a' is derived in 2 ways (expression, cross); keep one."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {cross: [b, c], parts: [month]}",
        "11:24: parts belongs to calendar, and 'a' is derived by cross; remove it."
    )]
    [InlineData("[distance]", "[distance]\n  derived:\n    a: {calendar: b}", "11:8: 'a' lacks parts.")]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {calendar: b, parts: [weekday]}",
        "11:30: an entry of parts is 'weekday', which is none of minute_of_hour, minute_of_day, hour_of_day, "
            + "day_of_week, day_of_month, day_of_year, week_of_year, month, quarter, year."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {expression: late + 1}",
        "11:8: 'a' reads the label 'late', which nobody knows when the row is scored; remove it."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {cross: [id, b]}",
        "11:8: 'a' reads 'id' of the key, which is never learned from; remove it."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a: {expression: b - }",
        "11:24: the expression of 'a' does not parse: the expression ends too early."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  derived:\n    a b: {expression: c}",
        "11:5: 'a b' becomes a column, so it is made of letters, digits and underscores, such as plane_age; rename it."
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  assembly: features/bin/X.dll",
        "10:13: the DLL 'features/bin/X.dll' is not there; build it first: dotnet build -c Release features"
    )]
    [InlineData(
        "[distance]",
        "[distance]\n  assembly: ../X.dll",
        "10:13: '../X.dll' leads out of the pipeline's folder; the C# features belong into it."
    )]
    // Task and metric.
    [InlineData(
        "auc",
        "rmse",
        "12:9: the metric rmse does not fit the task binary; write one of auc, pr_auc, log_loss, brier, "
            + "accuracy, f1, mcc, cost."
    )]
    [InlineData(
        "auc",
        "acu",
        "12:9: metric is 'acu', which is none of auc, pr_auc, log_loss, brier, accuracy, f1, macro_f1, "
            + "balanced_accuracy, mcc, cost, rmse, mae, r2, mape, pinball, poisson_deviance, interval_score, "
            + "silhouette, davies_bouldin, flagged. Did you mean 'auc'?"
    )]
    [InlineData(
        "task: binary\nmetric: auc",
        "task: regression\n  calibrate: isotonic\nmetric: rmse",
        "12:3: calibrate belongs to the task binary or multiclass; remove it."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  calibrate: temperature",
        "12:14: calibrate is 'temperature', which does not fit the task binary; write one of none, isotonic."
    )]
    [InlineData(
        "task: binary\nmetric: auc",
        "task: multiclass\n  cost: {a: {a: 2}}\nmetric: mcc",
        "12:14: 'a' for 'a' is the right answer, which costs 0; remove it."
    )]
    [InlineData(
        "task: binary\nmetric: auc",
        "task: multiclass\n  cost: {a: {b: -1}}\nmetric: mcc",
        "12:17: a cost is from 0 to 1000000000000."
    )]
    [InlineData(
        "  known_after: 2 days\nfeatures:\n  numbers: [distance]\nmodel:\n  task: binary\nmetric: auc",
        "  known_after: 2 days\n  positive: yes\nfeatures: {numbers: [distance]}\nmodel: {task: regression}\n"
            + "metric: mae",
        "8:3: positive belongs to the task binary or anomaly; remove it."
    )]
    [InlineData(
        "metric: auc",
        "metric: auc\npredictions: {classes: 3}",
        "13:15: classes belongs to the task multiclass; remove it."
    )]
    [InlineData(
        "task: binary\nmetric: auc",
        "task: multiclass\nmetric: mcc\npredictions: {classes: most}",
        "13:24: classes is 'most', which has not the form expected here. Write for example 5 or all."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  threshold: {at: 0.5, cost: {miss: 2}}",
        "12:14: a threshold is either fixed ('at') or chosen by 'cost'; remove one."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  options: {row_share: 0}",
        "12:24: row_share is 0, so that no tree sees anything; write a share above it, such as 80%."
    )]
    // Time.
    [InlineData(
        "\n  known_after: 2 days",
        "",
        "6:3: known_after is missing: say how long after its cutoff a label is known for certain, such as "
            + "'known_after: 2 days'. There is no default, since a wrong one is a leak."
    )]
    [InlineData(
        "cutoff: day",
        "cutoff: day, history: 60 days",
        "4:56: a history of 60 days is less than the split needs: 61 days for holdout, validation, "
            + "known_after before each and one day to fit. Write at least 'history: 61 days'."
    )]
    [InlineData(
        "cutoff: day",
        "cutoff: day, history: 1 month",
        "4:56: a history of 1 month is less than the split needs: 2 months for holdout, validation, "
            + "known_after before each and one day to fit. Write at least 'history: 2 months'."
    )]
    [InlineData(
        "cutoff: day",
        "cutoff: day, history: 9999999 months",
        "4:56: 9999999 months is longer than 100 years; write a shorter time."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {holdout: 20%}",
        "12:20: a split by time needs a length of time, such as '28 days', not 20%."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {by: key, holdout: 20 days}",
        "12:29: a split by key needs a share, such as 15%, not 20 days."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {holdout: 0 days}",
        "12:20: the holdout is empty; write for example '28 days'."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {by: key, holdout: 60%, validation: 40%}",
        "12:10: validation and holdout together leave less than 10 % of the rows to fit; make them smaller."
    )]
    [InlineData(
        "task: binary",
        "task: binary\n  split: {folds: 3, validation: 20 days}",
        "12:21: there is no validation where size, calibration and threshold are found in 3 folds; remove it, or the "
            + "folds."
    )]
    public void One_mistake_is_one_message(string instead, string of, string message)
    {
        using var folder = new SpecFolder(SpecFolder.With(instead, of));
        Assert.Equal(["pipeline.yaml:" + message], folder.Mistakes());
    }

    [Fact]
    public void Without_a_cutoff_what_needs_one_is_said()
    {
        using var folder = new SpecFolder(
            SpecFolder
                .With(", cutoff: day", "")
                .Replace("task: binary", "task: binary\n  split: {by: time}", StringComparison.Ordinal)
                + "\ngate: {resample: cutoff}\nschedule: {score: 0 1 * * *, measure: 0 3 * * *}"
        );
        Assert.Equal(
            [
                "pipeline.yaml:4:13: without a cutoff nothing tells the rows to learn from and the rows to "
                    + "score apart: give two files, {train: FILE, score: FILE}, or name the cutoff.",
                "pipeline.yaml:7:3: known_after has no meaning without rows.cutoff; remove it, or name the cutoff.",
                "pipeline.yaml:12:15: a split by time needs rows.cutoff; write 'by: key', or name the cutoff.",
                "pipeline.yaml:14:18: there is no cutoff to resample by; write 'resample: key' or 'resample: row'.",
                "pipeline.yaml:15:39: there are no such runs: without a time (rows.cutoff) there is no telling which "
                    + "labels have arrived since a prediction; remove it.",
                "rows.sql:1:29: the placeholder '{{ from }}' has no value: rows has no cutoff, so there is no window.",
                "rows.sql:1:51: the placeholder '{{ to }}' has no value: rows has no cutoff, so there is no window.",
            ],
            folder.Mistakes()
        );
    }

    [Fact]
    public void What_depends_on_a_misspelt_key_is_not_judged()
    {
        using var folder = new SpecFolder(SpecFolder.With("cutoff: day", "cuttoff: day"));
        Assert.Equal(["pipeline.yaml:4:34: there is no key 'cuttoff' here. Did you mean 'cutoff'?"], folder.Mistakes());
    }
}
