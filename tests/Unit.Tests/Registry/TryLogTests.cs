using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Registry;

public sealed class TryLogTests
{
    private static readonly DateTimeOffset Monday = new(2024, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 7, true)]
    [InlineData(-3, 1, true)]
    [InlineData(6, 9, true)]
    [InlineData(7, 9, false)]
    [InlineData(-5, 0, false)]
    public void A_look_saw_what_shares_its_time(int after, int through, bool saw) =>
        Assert.Equal(saw, LookAt("r1", 0, 7).Saw(Monday.AddDays(after), Monday.AddDays(through)));

    [Fact]
    public void Without_time_every_holdout_has_the_same_keys() => Assert.True(LookAt("r1", null, null).Saw(null, null));

    [Fact]
    public async Task Looks_are_counted_once_a_try_over_all_runs_of_the_pipeline()
    {
        var cancel = TestContext.Current.CancellationToken;
        var root = Directory.CreateTempSubdirectory("trainyard-");
        try
        {
            var store = Store.Open(root.FullName);
            var (log, other) = (
                new TryLog(new RunFolder(store, "p", "r1")),
                new TryLog(new RunFolder(store, "p", "r2"))
            );
            await log.NoteAsync(LookAt("r1", 0, 7), "a", cancel);
            await log.NoteAsync(LookAt("r1", 0, 7), "a", cancel);
            await other.NoteAsync(LookAt("r2", 5, 12), "b", cancel);

            Assert.Equal(2, await log.CountLooksAsync(Monday.AddDays(6), Monday.AddDays(13), cancel));
            Assert.Equal(1, await other.CountLooksAsync(Monday.AddDays(7), Monday.AddDays(13), cancel));
            Assert.Equal(0, await new TryLog(new RunFolder(store, "q", "r1")).CountLooksAsync(null, null, cancel));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static Look LookAt(string run, int? after, int? through) =>
        new()
        {
            Run = run,
            Try = 1,
            After = after is { } from ? Monday.AddDays(from) : null,
            Through = through is { } to ? Monday.AddDays(to) : null,
            At = Monday,
            Who = "ada",
        };
}
