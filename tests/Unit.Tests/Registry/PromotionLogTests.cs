using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Registry;

public sealed class PromotionLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trainyard-test-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_champion_is_that_of_the_greatest_effective_as_of_not_the_newest_entry()
    {
        Promotion[] log = [Promote(1, "a", 10), Promote(2, "c", 20), Promote(3, "b", 15)];

        Assert.Null(PromotionLog.ChampionFor(log, Day(9)));
        Assert.Equal("a", PromotionLog.ChampionFor(log, Day(10))!.Model);
        Assert.Equal("b", PromotionLog.ChampionFor(log, Day(19))!.Model);
        Assert.Equal("c", PromotionLog.ChampionFor(log, Day(30))!.Model);
    }

    [Fact]
    public void Of_one_effective_as_of_the_last_entry_counts_and_a_refusal_never_does()
    {
        Promotion[] log =
        [
            Promote(1, "a", 10),
            Promote(2, "b", 10),
            Promote(3, "c", 10) with
            {
                Kind = PromotionKind.Refuse,
            },
        ];

        Assert.Equal("b", PromotionLog.ChampionFor(log, Day(10))!.Model);
    }

    [Fact]
    public void A_model_is_what_the_last_word_of_it_says()
    {
        List<Promotion> log =
        [
            Promote(1, "a", 10),
            Promote(2, "b", 15),
            Promote(3, "c", 20) with
            {
                Kind = PromotionKind.Refuse,
            },
            Promote(4, "d", 25),
        ];
        Assert.Equal("a promoted, b promoted, c refused, d champion", Standings());

        log.Add(PromotionLog.Undo(log, "ada", "late", Day(26))!);
        Assert.Equal("a promoted, b champion, c refused, d rolled back", Standings());
        Assert.Equal(5, ModelStanding.Of(log)["d"].Decided.Number);

        // By hand, and in the end twice: one promotion of it is undone, the other serves.
        log.Add(Promote(6, "c", 20));
        log.Add(Promote(7, "d", 25));
        Assert.Equal("a promoted, b promoted, c promoted, d champion", Standings());
        Assert.Equal(7, ModelStanding.Of(log)["d"].Decided.Number);

        string Standings() =>
            string.Join(", ", ModelStanding.Of(log).Select(model => $"{model.Key} {model.Value.Word}"));
    }

    [Fact]
    public void A_rollback_brings_back_what_was_before_and_twice_what_was_before_that()
    {
        List<Promotion> log = [Promote(1, "a", 10), Promote(2, "b", 15), Promote(3, "c", 20)];
        log.Add(PromotionLog.Undo(log, "ada", "late", Day(21))!);

        Assert.Equal(
            (4, 3, Day(20), "b"),
            (log[^1].Number, log[^1].Undoes!.Value, log[^1].EffectiveAsOf, log[^1].Model)
        );
        Assert.Equal("b", PromotionLog.ChampionFor(log, Day(30))!.Model);

        log.Add(PromotionLog.Undo(log, "ada", "late again", Day(22))!);
        Assert.Equal("a", PromotionLog.ChampionFor(log, Day(30))!.Model);
        log.Add(PromotionLog.Undo(log, "ada", "and again", Day(23))!);
        Assert.Null(PromotionLog.ChampionFor(log, Day(30)));
        Assert.Null(PromotionLog.Undo(log, "ada", "nothing left", Day(24)));
    }

    [Fact]
    public async Task Entries_are_numbered_and_whoever_comes_second_sees_the_log_as_it_is_then()
    {
        var log = new PromotionLog(new FolderStore(_folder.FullName), "shops");
        var asked = 0;

        var second = await log.AppendAsync(
            async seen =>
            {
                if (asked++ == 0)
                {
                    await log.AppendAsync(_ => Task.FromResult(Promote(0, "a", 10)), Cancel);
                }

                return Promote(0, $"after {seen.Count}", 11);
            },
            Cancel
        );

        Assert.Equal((2, 2, "after 1"), (asked, second.Number, second.Model));
        Assert.Equal([1, 2], (await log.ReadAsync(Cancel)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task An_entry_that_stands_is_not_written_again()
    {
        var log = new PromotionLog(new FolderStore(_folder.FullName), "shops");
        var first = await log.AppendAsync(_ => Task.FromResult(Promote(0, "a", 10)), Cancel);

        var again = await log.AppendAsync(seen => Task.FromResult(seen[0]), Cancel);

        Assert.Equal(first, again);
        Assert.Single(await log.ReadAsync(Cancel));
    }

    [Fact]
    public async Task An_as_of_without_a_champion_is_66_naming_the_first_that_has_one()
    {
        var log = new PromotionLog(new FolderStore(_folder.FullName), "shops");
        var none = await Assert.ThrowsAsync<Fault>(() => log.RequireChampionAsync(Day(9), Cancel));
        Assert.Equal(
            (ExitCode.MissingInput, "Pipeline 'shops' has no champion: make a train run first. Nothing was changed."),
            (none.Code, none.Message)
        );

        await log.AppendAsync(_ => Task.FromResult(Promote(0, "a", 10)), Cancel);
        var early = await Assert.ThrowsAsync<Fault>(() => log.RequireChampionAsync(Day(9), Cancel));
        Assert.Equal(
            "Pipeline 'shops' had no champion yet as of 2026-01-09T00:00:00Z: the first as-of that has one is "
                + "2026-01-10T00:00:00Z. Name a model with --model to score with it all the same. Nothing was "
                + "changed.",
            early.Message
        );
    }

    [Fact]
    public async Task Where_the_last_model_was_refused_the_sentence_says_so_and_how_to_promote_it()
    {
        var log = new PromotionLog(new FolderStore(_folder.FullName), "shops");
        await log.AppendAsync(_ => Task.FromResult(Refuse(0, "a", 10, "It is no better.")), Cancel);

        var none = await Assert.ThrowsAsync<Fault>(() => log.RequireChampionAsync(Day(10), Cancel));
        Assert.Equal(
            (
                ExitCode.MissingInput,
                "Pipeline 'shops' has no champion: its model a was refused. It is no better. "
                    + "If it is to serve all the same, promote it by hand: trainyard promote shops a --why REASON. "
                    + "Nothing was changed."
            ),
            (none.Code, none.Message)
        );
    }

    [Fact]
    public async Task After_a_rollback_of_the_only_champion_the_sentence_names_who_and_why()
    {
        var log = new PromotionLog(new FolderStore(_folder.FullName), "shops");
        await log.AppendAsync(_ => Task.FromResult(Promote(0, "a", 10)), Cancel);
        await log.AppendAsync(seen => Task.FromResult(PromotionLog.Undo(seen, "ada", "late", Day(11))!), Cancel);

        var none = await Assert.ThrowsAsync<Fault>(() => log.RequireChampionAsync(Day(10), Cancel));
        Assert.Equal(
            "Pipeline 'shops' has no champion: the last promotion was rolled back by ada "
                + "(late). Train again, or promote a model by hand: trainyard promote shops MODEL --why REASON. "
                + "Nothing was changed.",
            none.Message
        );
    }

    [Fact]
    public void A_verdict_is_what_the_log_says_of_a_model_in_the_end()
    {
        List<Promotion> log =
        [
            Refuse(1, "a", 10, "It is worse."),
            Promote(2, "b", 11) with
            {
                Who = "train run b",
                Why = "It is better.",
            },
        ];
        Assert.Null(ModelStanding.Of(log, "c")?.Verdict);
        Assert.Equal(new Verdict { Promoted = false, Reason = "It is worse." }, ModelStanding.Of(log, "a")?.Verdict);
        Assert.Equal(new Verdict { Promoted = true, Reason = "It is better." }, ModelStanding.Of(log, "b")?.Verdict);

        log.Add(PromotionLog.Undo(log, "ada", "late", Day(12))!);
        Assert.Equal(
            new Verdict { Promoted = false, Reason = "It was rolled back by ada: late" },
            ModelStanding.Of(log, "b")?.Verdict
        );

        log.Add(Promote(4, "a", 10) with { Who = "bob", Why = "It was the strike." });
        Assert.Equal(
            new Verdict
            {
                Promoted = true,
                Forced = true,
                Reason = "It was the strike.",
            },
            ModelStanding.Of(log, "a")?.Verdict
        );
    }

    [Fact]
    public void A_model_that_was_promoted_twice_and_rolled_back_once_stands_promoted()
    {
        List<Promotion> log = [Promote(1, "a", 10), Promote(2, "b", 11), Promote(3, "a", 10) with { Why = "again" }];
        log.Add(
            new()
            {
                Number = 4,
                Kind = PromotionKind.Rollback,
                Model = "b",
                EffectiveAsOf = Day(10),
                Undoes = 3,
                At = Day(12),
                Who = "ada",
                Why = "no",
            }
        );

        Assert.Equal(
            (true, "test"),
            (ModelStanding.Of(log, "a")!.Verdict.Promoted, ModelStanding.Of(log, "a")!.Verdict.Reason)
        );
    }

    [Fact]
    public void A_model_whose_promotions_were_all_undone_has_the_words_of_the_last_who_did()
    {
        List<Promotion> log = [Promote(1, "a", 10), Promote(2, "a", 11)];
        log.Add(PromotionLog.Undo(log, "ada", "first", Day(12))!);
        log.Add(PromotionLog.Undo(log, "bob", "second", Day(13))!);

        Assert.Equal("It was rolled back by bob: second", ModelStanding.Of(log, "a")!.Verdict.Reason);
        Assert.False(ModelStanding.Of(log, "a")!.Verdict.Promoted);
    }

    private static Promotion Refuse(int number, string model, int day, string why) =>
        Promote(number, model, day) with
        {
            Kind = PromotionKind.Refuse,
            Who = Promotion.TrainRun(model),
            Why = why,
        };

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private static Promotion Promote(int number, string model, int day) =>
        new()
        {
            Number = number,
            Kind = PromotionKind.Promote,
            Model = model,
            EffectiveAsOf = Day(day),
            At = Day(31),
            Who = "test",
            Why = "test",
        };
}
