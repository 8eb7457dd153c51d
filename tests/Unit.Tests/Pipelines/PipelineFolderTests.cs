using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class PipelineFolderTests
{
    /// <summary>The example of the design, with all that it leaves to others' pipelines.</summary>
    private const string Flights = """
        version: 1
        name: x
        about: Will a flight that leaves New York today arrive 30 minutes late or more?
        clock: {zone: America/New_York, every: day}
        rows: {sql: rows.sql, key: [flight_id], cutoff: day_start, history: 330 days}
        label: {column: late, known_after: 2 days, null_at_most: 5%}
        features:
          numbers: [distance, seats, temp, wind_speed, precip, origin_late_1d, carrier_late_7d, carrier_late_28d]
          categories: [carrier, origin, dest, {column: tailnum, keep: 500}]
          derived:
            departs: {calendar: sched_departure, parts: [minute_of_day, day_of_week], cyclic: true}
            plane_age: {expression: "flight_year - plane_year"}
            route: {cross: [origin, dest], keep: 300}
          assembly: features/bin/Flights.Features.dll
        model:
          task: binary
          trainer: lightgbm
          options: {max_trees: 1000, leaves: 31, learning_rate: 0.05, seed: 1}
          split: {by: time, validation: 28 days, holdout: 89 days}
          calibrate: isotonic
          threshold: {cost: {false_alarm: 1, miss: 4}}
        metric: auc
        gate: {better_than_baseline_by: 0.05, worse_by_at_most: 0.005, suspicious_beyond: 0.75, resample: cutoff}
        inputs: {unseen_at_most: 10%, null_rise_at_most: 20%}
        schedule: {train: "0 6 * * SUN", score: "0 1 * * *", expected_by: "02:00"}
        predictions: {table: flights_predictions}
        retention: {runs: 90 days}
        shards: 4
        """;

    [Fact]
    public void The_smallest_spec_has_twelve_lines_and_every_default()
    {
        Assert.Equal(12, SpecFolder.Smallest.Split('\n').Length);
        using var folder = new SpecFolder();
        var spec = folder.Load().Spec;
        Assert.Equal(SplitBy.Time, spec.Model.Split.By);
        Assert.Equal(("28 days", false), (spec.Model.Split.Holdout.ToString(), spec.Model.Split.Holdout.IsShare));
        Assert.Equal(Resample.Cutoff, spec.Gate.Resample);
        Assert.Equal(new CostSpec { FalseAlarm = 1, Miss = 1 }, spec.Model.Threshold.Cost);
        Assert.Equal("x_predictions", spec.ToOperations().Predictions.Table);
    }

    [Fact]
    public void The_flights_example_loads()
    {
        using var folder = new SpecFolder(Flights);
        folder.Write("features/bin/Trainyard.Features.dll", "");
        File.Copy(
            typeof(Trainyard.Features.IFeature).Assembly.Location,
            Path.Combine(folder.Folder, "features/bin/Flights.Features.dll")
        );
        var pipeline = folder.Load();
        Assert.Equal(500, pipeline.Spec.Features.Categories[3].Keep);
        Assert.Equal(0.05, pipeline.Spec.Label!.NullAtMost.Value);
        Assert.Equal("02:00", pipeline.Spec.Schedule!.ExpectedBy);
        Assert.Equal(
            ["rows.sql", "features/bin/Flights.Features.dll"],
            pipeline.DefinitionFiles().Select(file => file.Name)
        );
    }

    [Fact]
    public void A_table_without_time_has_two_files_and_is_split_by_key()
    {
        using var folder = new SpecFolder(
            SpecFolder
                .Smallest.Replace(
                    "{sql: rows.sql, key: [id], cutoff: day}",
                    "{sql: {train: train.sql, score: score.sql}, key: [id]}",
                    StringComparison.Ordinal
                )
                .Replace("  known_after: 2 days\n", "", StringComparison.Ordinal)
        );
        folder.Write("train.sql", "SELECT 1");
        folder.Write("score.sql", "SELECT 2");
        var pipeline = folder.Load();
        Assert.Equal((SplitBy.Key, Resample.Row), (pipeline.Spec.Model.Split.By, pipeline.Spec.Gate.Resample));
        Assert.Equal(
            ("15%", false),
            (pipeline.Spec.Model.Split.Holdout.ToString(), pipeline.Spec.Model.Split.Holdout.IsSpan)
        );
        Assert.Equal(
            ("SELECT 1", "SELECT 2"),
            (pipeline.SqlText(RunShape.Of(RunKind.Train)), pipeline.SqlText(RunShape.Of(RunKind.Score)))
        );
    }

    [Fact]
    public void A_missing_pipeline_is_66_with_the_nearest()
    {
        using var folder = new SpecFolder();
        var fault = Assert.Throws<Fault>(() => PipelineFolder.Load(folder.Folder + "y"));
        Assert.Equal(
            (
                ExitCode.MissingInput,
                $"There is no pipeline in {folder.Folder}y: pipeline.yaml is not there. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public void The_definition_is_the_spec_and_its_files()
    {
        using var folder = new SpecFolder();
        var before = folder.Load().DefinitionHash();
        Assert.Equal(before, folder.Load().DefinitionHash());

        folder.Write(
            "pipeline.yaml",
            SpecFolder.Smallest + "\nshards: 2\nabout: Operations change nothing that is learned."
        );
        Assert.Equal(before, folder.Load().DefinitionHash());

        folder.Write("rows.sql", SpecFolder.Rows + " AND true");
        var otherSql = folder.Load().DefinitionHash();
        folder.Write("rows.sql", SpecFolder.Rows);
        folder.Write("pipeline.yaml", SpecFolder.Smallest.Replace("[distance]", "[seats]", StringComparison.Ordinal));
        Assert.Equal(3, new[] { before, otherSql, folder.Load().DefinitionHash() }.Distinct().Count());
    }

    [Fact]
    public void Parts_have_their_whole_length_and_the_gaps_lie_between_them()
    {
        using var folder = new SpecFolder(
            Flights.Replace("  assembly: features/bin/Flights.Features.dll\n", "", StringComparison.Ordinal)
        );
        var definition = folder.Load().Spec.ToDefinition();
        var window = RunShape
            .Of(RunKind.Train)
            .WindowOf(definition, definition.Clock.StartOf(new DateOnly(2013, 12, 30)))!;
        var bounds = SplitBounds.Of(definition, window.To);
        Assert.Equal(
            ["2013-02-01", "2013-08-29", "2013-08-31", "2013-09-28", "2013-09-30", "2013-12-28"],
            new[]
            {
                window.From,
                bounds.FitEnds,
                bounds.ValidationAfter,
                bounds.ValidationEnds,
                bounds.HoldoutAfter,
                bounds.HoldoutEnds,
            }.Select(instant => $"{definition.Clock.Local(instant):yyyy-MM-dd}")
        );
        Assert.Equal(SplitPart.Gap, bounds.PartOf(bounds.ValidationAfter));
        Assert.Equal(SplitPart.Gap, bounds.PartOf(bounds.HoldoutAfter));
        Assert.Equal(SplitPart.Validation, bounds.PartOf(bounds.ValidationEnds));
        Assert.Equal(SplitPart.Fit, bounds.PartOf(bounds.FitEnds));
    }
}
