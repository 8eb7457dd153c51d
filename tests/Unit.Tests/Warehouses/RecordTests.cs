using Trainyard.Pipelines;
using Trainyard.Warehouses;
using Trainyard.Warehouses.DuckDb;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

public sealed class RecordTests : IDisposable
{
    private readonly DuckDbFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_newest_end_of_a_run_wins_whoever_comes_last()
    {
        await RecordAsync(Outcome(Monday.AddHours(2), ExitCode.Unavailable, "no answer"));
        await RecordAsync(Outcome(Monday.AddHours(3), ExitCode.Done, "all is well"));
        await RecordAsync(Outcome(Monday.AddHours(1), ExitCode.BadData, "late"));

        Assert.Equal(
            "score.1|0|all is well",
            First("SELECT run || '|' || exit_code || '|' || sentence FROM trainyard.run_outcomes")
        );

        await RecordAsync(Outcome(Monday.AddHours(3), ExitCode.Done, "all is well"));
        await RecordAsync(Outcome(Monday.AddHours(4), null, "killed"));

        Assert.Equal(
            "score.1||killed",
            First(
                "SELECT run || '|' || coalesce(CAST(exit_code AS text), '') || '|' || sentence FROM "
                    + "trainyard.run_outcomes"
            )
        );
        Assert.Equal("1", First("SELECT CAST(count(*) AS text) FROM trainyard.run_outcomes"));
    }

    [Fact]
    public async Task A_decision_that_changes_is_told_by_whatever_is_recorded_next()
    {
        var outcome = Outcome(Monday, ExitCode.Done, "done");
        await RecordAsync(outcome, Training("t1"), Verdict("t1", "promoted", champion: true));
        await RecordAsync(
            outcome,
            Training("t2"),
            Verdict("t1", "promoted", champion: false),
            Verdict("t2", "promoted", champion: true),
            Verdict("gone", "refused", champion: false)
        );
        await RecordAsync(outcome, null, Verdict("t1", "promoted", true), Verdict("t2", "rolled back", false));

        Assert.Equal(
            "t1 promoted true,t2 rolled back false",
            First(
                "SELECT string_agg(run || ' ' || verdict || ' ' || champion, ',' ORDER BY run) FROM trainyard.trainings"
            )
        );
    }

    private static RunOutcome Outcome(DateTimeOffset at, ExitCode? code, string sentence) =>
        new("score.1", RunKind.Score, Monday, "train.1", at, code, sentence);

    private static Training Training(string run) =>
        new()
        {
            Run = run,
            AsOf = Monday,
            TrainedAt = Monday,
            Metric = "auc",
            Value = 0.7,
        };

    private static TrainingVerdict Verdict(string run, string verdict, bool champion) =>
        new(run, verdict, champion, "because", "ada", Monday);

    private async Task RecordAsync(RunOutcome outcome, Training? training = null, params TrainingVerdict[] verdicts)
    {
        await using var warehouse = Warehouse.Open(_file.Uri);
        await warehouse.RecordAsync(
            new RunRecord
            {
                Pipeline = "flights",
                Outcome = outcome,
                Training = training,
                Verdicts = verdicts,
                Models = [],
                At = Monday,
            },
            TestContext.Current.CancellationToken
        );
    }

    private string? First(string sql)
    {
        using var session = DuckDbSession.Open(_file.File, readOnly: false);
        return session.First(sql)![0];
    }
}
