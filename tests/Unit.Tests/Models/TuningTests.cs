using Trainyard.Learning.Data;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>Options that validation chooses.</summary>
public sealed class TuningTests
{
    private const int Trials = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_trial_goes_on_as_if_the_spec_had_said_it(int folds)
    {
        var definition = Tuned(new TuneSpec { Trials = Trials }, folds);
        var coarse = (LightGbmOptions)definition.Model.Options with { MinRowsPerLeaf = 200 };
        definition = definition with { Model = definition.Model with { Options = coarse } };
        var said = new List<string>();

        var trained = Run(definition, null, said.Add);

        var trials = trained.Trials!;
        Assert.Equal(Enumerable.Range(1, Trials), trials.Select(trial => trial.Number));
        var chosen = Assert.Single(trials, trial => trial.Chosen);
        Assert.NotEqual(1, chosen.Number);
        Assert.Equal(trials.MaxBy(trial => LeadOf(trial, trials)), chosen);
        Assert.All(trials, trial => Assert.Null(trial.Result.Without));
        Assert.Equal(7, trials[0].Options["leaves"]);
        Assert.Contains(
            said,
            words => words.StartsWith($"Going on with trial {chosen.Number} of 5: AUC ", StringComparison.Ordinal)
        );

        var drawn = SearchSpace.Draw(definition.Model)[chosen.Number - 1];
        Assert.Equal(chosen.Options["leaves"], (double)((LightGbmOptions)drawn).Leaves!.Value);
        var named = Run(definition with { Model = definition.Model with { Options = drawn, Tune = null } }, null);
        Assert.Null(named.Trials);
        Assert.Equal(named.Options, trained.Options);
        Assert.Equal(chosen.Result.Size, named.Size);
        Assert.Equal(named.Parts.Select(part => part.Content), trained.Parts.Select(part => part.Content));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void One_that_was_stopped_goes_on_after_what_has_ended_and_comes_to_the_same(int ended)
    {
        var definition = Tuned(new TuneSpec { Trials = Trials });
        var (unbroken, broken) = (new Kept(), new Kept { Most = ended });

        var whole = Run(definition, unbroken);
        Assert.Throws<OperationCanceledException>(() => Run(definition, broken));
        Assert.Equal(ended, broken.Results.Count);
        broken.Most = Trials;
        var resumed = Run(definition, broken);

        // The one at work when it was stopped is made twice, all others once.
        Assert.Equal(Trials, broken.Results.Count);
        Assert.Equal(ended, broken.Found);
        Assert.Equal(
            whole.Trials!.Select(trial => (trial.Number, trial.Result.Value, trial.Result.Size, trial.Chosen)),
            resumed.Trials!.Select(trial => (trial.Number, trial.Result.Value, trial.Result.Size, trial.Chosen))
        );
        Assert.Equal(whole.Options, resumed.Options);
        Assert.Equal(whole.Parts.Select(part => part.Content), resumed.Parts.Select(part => part.Content));
    }

    [Fact]
    public void No_trial_begins_after_the_time_of_all_attempts_and_the_first_always_does()
    {
        var definition = Tuned(new TuneSpec { Trials = Trials, Time = "2 minutes" });
        var said = new List<string>();
        var log = new Kept { Seconds = 50 };

        Assert.Equal(3, Run(definition, log, said.Add).Trials!.Count);
        Assert.Contains("Beginning no further trial: 3 of 5 have taken 2 minutes", said);

        // Those of an attempt before count as they were.
        log.Seconds = 1;
        Assert.Equal(3, Run(definition, log).Trials!.Count);
        Assert.Single(Run(definition, new Kept { Seconds = 500 }).Trials!);
    }

    /// <summary>Of labels that nothing says anything about.</summary>
    [Fact]
    public void One_that_is_better_by_no_more_than_chance_explains_does_not_go_on()
    {
        var frame = Some.Frame();
        new Random(1).Shuffle(frame.Labels.Values);
        var said = new List<string>();

        var trials = Run(Tuned(new TuneSpec { Trials = 12 }), null, said.Add, frame).Trials!;

        Assert.Contains(trials, trial => trial.Result.Value > trials[0].Result.Value && trial.Error > 0);
        Assert.True(trials[0].Chosen);
        Assert.Contains(
            said,
            words => words.EndsWith("none is better by more than chance explains", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Few_rows_of_validation_leave_it_at_what_the_spec_says()
    {
        var split = new SplitSpec
        {
            Validation = new SplitSize(default, new Share(0.15)),
            Holdout = new SplitSize(default, new Share(0.15)),
        };
        var tuned = Tuned(new TuneSpec { Trials = 5 });
        var definition = Some.Definition(cutoff: null, split: split) with
        {
            Model = tuned.Model with { Split = split },
        };
        var said = new List<string>();

        var trials = Run(definition, null, said.Add, Some.Frame(days: 4, rowsADay: 25) with { Cutoffs = [] }).Trials!;

        Assert.True(trials[0].Chosen);
        Assert.All(trials, trial => Assert.Null(trial.Error));
        Assert.Contains(
            said,
            words => words.EndsWith("how sure a gain is cannot be told by these rows", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_holdout_has_no_part_in_it()
    {
        var definition = Tuned(new TuneSpec { Trials = Trials });
        var changed = Some.Frame();
        foreach (var row in Split.Of(definition, changed, Some.Start.AddDays(59)).Holdout)
        {
            changed.Labels.Values[row] = 1 - changed.Labels[row];
        }

        Assert.Equal(
            Run(definition, null).Trials!.Select(trial => trial.Result.Value),
            Run(definition, null, frame: changed).Trials!.Select(trial => trial.Result.Value)
        );
    }

    /// <summary>A share of the rows that leaves a tree none is no trial, and the spec's own a mistake.</summary>
    [Fact]
    public void What_nothing_can_be_learned_with_is_worth_nothing()
    {
        var search = new Dictionary<string, Ends> { ["row_share"] = new(1e-6, 2e-6) };
        var definition = Tuned(new TuneSpec { Trials = 2, Search = search });
        var trained = Run(definition, null);

        Assert.Equal([true, false], trained.Trials!.Select(trial => trial.Chosen));
        Assert.Null(trained.Trials![1].Result.Value);

        var own = definition with
        {
            Model = definition.Model with
            {
                Options = (LightGbmOptions)definition.Model.Options with { RowShare = new Share(1e-6) },
            },
        };
        Assert.Equal(ExitCode.BadData, Assert.Throws<Fault>(() => Run(own, null)).Code);
    }

    /// <summary>Linear, which is the best of these rows, has none to search; a median it cannot learn.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_validation_chooses_the_trainer_its_options_are_searched_if_it_has_some(bool isLinear)
    {
        var definition = Some.Definition(ModelTask.Regression);
        definition = definition with
        {
            Model = definition.Model with
            {
                Trainer = Trainer.Auto,
                Options = new AutoOptions(),
                Tune = new TuneSpec { Trials = 3 },
                Objective = isLinear ? null : Aim.Median,
            },
        };
        var said = new List<string>();

        var trained = Run(definition, null, said.Add, Some.Frame(rowsADay: 70, task: ModelTask.Regression));

        Assert.Equal(isLinear, trained.Trainer == Trainer.Linear);
        Assert.Equal(isLinear, said.Contains("Trying no options: linear has none to search", StringComparer.Ordinal));
        Assert.Equal(isLinear ? null : 3, trained.Trials?.Count);
        Assert.Equal(
            isLinear ? null : trained.Tried!.Single(each => each.Chosen).Value,
            trained.Trials?[0].Result.Value
        );
    }

    private static double? LeadOf(Trial trial, IReadOnlyList<Trial> all) =>
        trial == all[0]
            ? 0
            : trial.Result.Value - all[0].Result.Value - (Math.Sqrt(2 * Math.Log(all.Count)) * trial.Error);

    private static TrainedModel Run(
        Definition definition,
        ITrialLog? log,
        Action<string>? say = null,
        Frame? frame = null
    )
    {
        frame ??= Some.Frame();
        var split = Split.Of(definition, frame, frame.Cutoffs.Length == 0 ? null : Some.Start.AddDays(59));
        return Training.Run(definition, frame, split, 2, say ?? (_ => { }), Cancel, log: log);
    }

    private static Definition Tuned(TuneSpec tune, int folds = 1)
    {
        var definition = Some.Definition();
        return definition with
        {
            Model = definition.Model with
            {
                Tune = tune with { Search = tune.Search ?? Usual },
                Split = definition.Model.Split with { Folds = folds },
            },
        };
    }

    private static Dictionary<string, Ends> Usual =>
        new() { ["leaves"] = new Ends(2, 31), ["min_rows_per_leaf"] = new Ends(5, 100) };

    /// <summary>Keeps what has ended, until it is stopped.</summary>
    private sealed class Kept : ITrialLog
    {
        public Dictionary<string, TrialResult> Results { get; } = [];

        public int Most { get; set; } = int.MaxValue;

        public double? Seconds { get; set; }

        public int Found { get; private set; }

        public TrialResult? Find(Definition learned)
        {
            var found = Results.GetValueOrDefault(NameOf(learned));
            Found += found is null ? 0 : 1;
            return found;
        }

        public TrialResult Keep(Definition learned, TrialResult result) =>
            Results.Count < Most
                ? Results[NameOf(learned)] = result with { Seconds = Seconds ?? result.Seconds }
                : throw new OperationCanceledException();

        private static string NameOf(Definition learned) => Hashes.OfDefinition(learned, []);
    }
}
