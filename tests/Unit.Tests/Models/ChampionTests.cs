using Trainyard.Models.Evaluating;
using Trainyard.Models.Splits;
using Trainyard.Models.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Models;

public sealed class ChampionTests
{
    [Fact]
    public void Champion_and_challenger_are_compared_on_rows_later_than_both()
    {
        var (evaluator, evaluation, trained, definition) = Evaluated();

        var later = evaluator.Against(evaluation, CardOf(definition, Some.Start.AddDays(38)), trained.Model);

        Assert.Equal((Some.Start.AddDays(38), 21 * 40L), (later.Champion!.After!.Value, later.Champion.Rows));
        Assert.Equal(0, later.Champion.Gain.Value);
        Assert.Equal(
            Some.Start.AddDays(32),
            evaluator.Against(evaluation, CardOf(definition, Some.Start), trained.Model).Champion!.After
        );
    }

    [Fact]
    public void Too_few_rows_that_neither_has_learned_leave_the_baseline_to_decide()
    {
        var (evaluator, evaluation, trained, definition) = Evaluated();

        var none = evaluator.Against(evaluation, CardOf(definition, Some.Start.AddDays(59)), trained.Model);

        Assert.Null(none.Champion);
        Assert.Equal(
            "There are too few rows that neither it nor the champion train.1 has learned (none), so the "
                + "baseline decides.",
            none.NoChampionBecause
        );
    }

    private static (Evaluator, Evaluation, TrainedModel, Definition) Evaluated()
    {
        var (definition, frame) = (Some.Definition(), Some.Frame());
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        var trained = Training.Run(definition, frame, split, 2, _ => { });
        var evaluator = new Evaluator(
            definition,
            null,
            frame,
            split,
            trained,
            2,
            TestContext.Current.CancellationToken
        );
        return (evaluator, evaluator.Evaluate(""), trained, definition);
    }

    private static Card CardOf(Definition definition, DateTimeOffset learnedThrough) =>
        new()
        {
            Pipeline = "shops",
            Version = "train.1",
            AsOf = Some.Start,
            TrainedAt = Some.Start,
            LearnedThrough = learnedThrough,
            Definition = definition,
            DefinitionHash = "",
            ComparableHash = "",
            Producer = new Producer { Version = "1", Fingerprint = "" },
            Files = [],
            Inputs = [],
            Profile = [],
            Features = [],
            Split = new SplitCard
            {
                Bounds = SplitBounds.Of(definition, learnedThrough),
                FitRows = 0,
                ValidationRows = 0,
                HoldoutRows = 0,
                GapRows = 0,
                NullLabels = 0,
                NullLabelsInHoldout = 0,
            },
            Trees = 1,
            Evaluation = Some.Evaluation(Metric.Auc, new(0.7, null, null), 0.5, new(0.2, null, null)),
            Scores = new Histogram(0, 1, [0]),
            Verdict = new Verdict { Promoted = true, Reason = "" },
        };
}
