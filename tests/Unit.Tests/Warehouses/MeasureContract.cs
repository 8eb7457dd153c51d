using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomeMeasurement;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>What a measure run writes, in any warehouse. Each test has one of its own, which is empty.</summary>
public abstract partial class MeasureContract
{
    protected const string Actuals =
        "SELECT cutoff, flight_id, actual FROM trainyard.flights_predictions_actuals ORDER BY cutoff, flight_id";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task In_whatever_order_runs_come_and_however_often_the_labels_are_those_of_the_last(int seed)
    {
        int[] order = [.. Enumerable.Range(1, Runs)];
        if (seed > 0)
        {
            new Random(seed).Shuffle(order);
        }

        foreach (var asOf in order)
        {
            await MeasureAsync(Request(asOf));
            if (asOf % 3 == 0)
            {
                // Killed before the commit, and then done twice.
                using var stop = new CancellationTokenSource();
                var stopped = Request(asOf) with { Wrote = _ => stop.Cancel() };
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MeasureAsync(stopped, stop.Token));
                Assert.Equal(new MeasureOutcome(0, 0, 0), await MeasureAsync(Request(asOf)));
            }
        }

        Assert.Equal(Expected, await QueryAsync(Actuals));
        Assert.Equal(
            Enumerable.Range(1, Runs).Select(asOf => $"measure.{asOf:00}|4|0.7|0.75"),
            await QueryAsync(
                "SELECT run, measured_runs.measured, value, promised FROM trainyard.measured_runs "
                    + "JOIN trainyard.live_metrics USING (pipeline, run) ORDER BY run"
            )
        );
    }

    [Fact]
    public async Task Labels_that_stay_as_they_are_are_not_written_again()
    {
        var first = await MeasureAsync(Request(1, Part([(0, 1, true), (0, 2, null), (1, 1, false)])));
        var second = await MeasureAsync(Request(2, Part([(0, 1, true), (0, 2, false), (2, 1, true)])));

        Assert.Equal((new MeasureOutcome(3, 0, 0), new MeasureOutcome(1, 1, 1)), (first, second));
    }

    [Fact]
    public async Task Of_runs_of_one_as_of_the_last_counts_whoever_comes_last()
    {
        await MeasureAsync(Named("measure.10", late: true));
        await MeasureAsync(Named("measure.9", late: false));

        Assert.Equal(["2026-03-03 00:00:00+00|1|t"], await QueryAsync(Actuals));

        static MeasureRequest Named(string run, bool late)
        {
            var request = Request(1, Part([(1, 1, late)]));
            return request with { Run = request.Run with { Run = run } };
        }
    }

    [Fact]
    public async Task The_view_shows_what_happened_beside_what_is_current()
    {
        await MeasureAsync(Request(1, Part([(0, 1, true), (0, 3, true)])));
        await PublishAsync("score.1", "1,0.25,f,f", "2,0.75,t,f");
        await MeasureAsync(Request(2, Part([(0, 1, true), (0, 2, null), (0, 3, true)])));

        const string Outcomes =
            "SELECT flight_id, probability, actual FROM trainyard.flights_predictions_outcomes ORDER BY flight_id";
        Assert.Equal(["1|0.25|t", "2|0.75|"], await QueryAsync(Outcomes));

        // What a team has dropped stays so.
        await ExecuteAsync("DROP VIEW trainyard.flights_predictions_outcomes");
        await MeasureAsync(Request(3));
        Assert.Equal(
            ["0"],
            await QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'flights_predictions_outcomes'"
            )
        );
    }

    [Fact]
    public async Task A_table_that_was_dropped_is_filled_again_by_whatever_run_comes()
    {
        await MeasureAsync(Request(5));
        await ExecuteAsync("DROP TABLE trainyard.flights_predictions_actuals");

        var again = await MeasureAsync(Request(4, Part([(4, 1, true)])));

        Assert.Equal(new MeasureOutcome(1, 0, 0, "trainyard.flights_predictions_actuals"), again);
        Assert.Equal(["2026-03-06 00:00:00+00|1|t"], await QueryAsync(Actuals));
    }

    [Fact]
    public async Task What_breaks_off_leaves_all_as_it_was_and_another_shape_is_78()
    {
        await MeasureAsync(Request(1));
        var before = await QueryAsync(Actuals);

        await Assert.ThrowsAsync<Fault>(() => MeasureAsync(Request(2, Part([(1, 1, true)]) + "2026-03-04\n")));
        var other = new ActualsTable(Predictions, new Column("late", ColumnType.Numeric, true), "day");
        var fault = await Assert.ThrowsAsync<Fault>(() => MeasureAsync(Request(2) with { Table = other }));

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                "The table trainyard.flights_predictions_actuals has labels of the type boolean, not double precision: "
                    + "name a new predictions.table. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
        Assert.Equal(before, await QueryAsync(Actuals));
        Assert.Equal(["measure.01"], await QueryAsync("SELECT run FROM trainyard.measured_runs"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("1:x", 1)]
    [InlineData("1:x 2:x 3:x", 1)]
    [InlineData("1:x 2: 3:x", 3)]
    [InlineData("1:x 2:", null)]
    [InlineData("1:x 2:? 3:?", 1)]
    [InlineData("1:x 9:", 1)]
    [InlineData("3:x 2: 1:x", 3)]
    public async Task An_alarm_stands_until_a_run_tells_that_nothing_is_wrong(string told, int? since)
    {
        foreach (var run in told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')))
        {
            var request = Request(int.Parse(run[0], CultureInfo.InvariantCulture));
            await MeasureAsync(request with { Run = request.Run with { Alarm = run[1] == "?" ? null : run[1] } });
        }

        await using var warehouse = Open();
        var before = await warehouse.AlarmBeforeAsync("flights", Monday.AddDays(5), Cancel);

        Assert.Equal(since is { } asOf ? ($"measure.{asOf:00}", Monday.AddDays(asOf)) : null, before);
        Assert.Null(await warehouse.AlarmBeforeAsync("others", Monday.AddDays(5), Cancel));
    }

    [Fact]
    public async Task Of_runs_of_one_as_of_the_last_tells_whether_something_is_wrong()
    {
        await MeasureAsync(Told("measure.10", ""));
        await MeasureAsync(Told("measure.9", "x"));

        await using var warehouse = Open();
        Assert.Null(await warehouse.AlarmBeforeAsync("flights", Monday.AddDays(5), Cancel));

        static MeasureRequest Told(string run, string alarm)
        {
            var request = Request(1);
            return request with { Run = request.Run with { Run = run, Alarm = alarm } };
        }
    }

    [Fact]
    public async Task Rows_whose_time_is_over_go_from_every_table_of_the_pipeline()
    {
        await PublishAsync("score.1", "1,0.25,f,f", "2,0.75,t,f");
        await MeasureAsync(Request(1, Part([(-1, 1, true), (0, 1, true), (1, 1, false)])));
        await MeasureAsync(Request(4, Part([(2, 1, true), (3, 1, true)])));
        ExpiredRows[] over =
        [
            new("trainyard.flights_predictions", 2),
            new("trainyard.flights_predictions_actuals", 3),
            new("trainyard.live_metrics", 1),
            new("trainyard.measured_runs", 1),
            new("trainyard.input_moves", 1),
        ];
        Assert.Equal(
            ["score.1|temp|0.5|"],
            await QueryAsync("SELECT run, input, distance, moved FROM trainyard.input_moves")
        );

        Assert.Equal(over, await ExpireAsync("flights", dryRun: true));
        Assert.Empty(await ExpireAsync("others", dryRun: false));
        Assert.Equal(over, await ExpireAsync("flights", dryRun: false));
        Assert.Empty(await ExpireAsync("flights", dryRun: false));
        Assert.Equal(["2026-03-04 00:00:00+00|1|t", "2026-03-05 00:00:00+00|1|t"], await QueryAsync(Actuals));
        Assert.Equal(["score.1"], await QueryAsync("SELECT run FROM trainyard.runs"));

        async Task<IReadOnlyList<ExpiredRows>> ExpireAsync(string pipeline, bool dryRun)
        {
            await using var warehouse = Open();
            return await warehouse.ExpireAsync(pipeline, Monday.AddDays(1).AddHours(1), dryRun, Cancel);
        }
    }

    private protected abstract IWarehouse Open();

    /// <summary>The rows of a query, with bars between their fields.</summary>
    protected virtual async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var warehouse = Open();
        var table = await warehouse.QueryAsync(new Query(sql, "test"), Cancel);
        return [.. table.Rows.Select(row => string.Join('|', row))];
    }

    protected abstract Task ExecuteAsync(string sql);

    protected async Task PublishAsync(string run, params string[] rows)
    {
        await using var warehouse = Open();
        await warehouse.PublishAsync(
            SomePublication.Request(
                Predictions,
                Run(run) with
                {
                    Moves = [new PublishedMove { Input = "temp", Distance = 0.5 }],
                },
                Columns(Predictions),
                SomePublication.Part(Monday, rows)
            ),
            Cancel
        );
    }

    private protected async Task<MeasureOutcome> MeasureAsync(MeasureRequest request, CancellationToken? cancel = null)
    {
        await using var warehouse = Open();
        return await warehouse.MeasureAsync(request, cancel ?? Cancel);
    }
}
