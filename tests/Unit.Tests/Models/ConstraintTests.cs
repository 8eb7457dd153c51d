using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>Answers that may only rise, or only fall, with a number.</summary>
public sealed class ConstraintTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("regression")]
    [InlineData("binary")]
    public void Answers_follow_the_numbers_they_are_held_to(string task)
    {
        var definition = With(Some.Definition(Some.Task(task)), new() { Increasing = ["x"], Decreasing = ["noise"] });

        var tried = Evaluate(definition, trainedAs: definition).Constraints!;

        Assert.Equal(["x rises", "noise falls"], tried.Select(each => $"{each.Column} {Way(each)}"));
        Assert.All(tried, each => Assert.Equal(0, each.Broken));
        Assert.True(tried[0].AtHighest > tried[0].AtLowest);
        Assert.True(tried[1].AtHighest <= tried[1].AtLowest);
    }

    [Fact]
    public void What_was_not_held_is_seen()
    {
        var definition = Some.Definition(ModelTask.Regression);

        var tried = Evaluate(With(definition, new() { Decreasing = ["x"] }), trainedAs: definition).Constraints!;

        Assert.True(tried[0].Broken > 0);
    }

    [Fact]
    public void A_name_that_no_number_has_is_78()
    {
        var definition = With(Some.Definition(ModelTask.Regression), new() { Increasing = ["nois"] });

        var fault = Assert.Throws<Fault>(() => Evaluate(definition, definition));

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith(
            "model.constraints names 'nois', which is no number that the model reads. Did you mean 'noise'?",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    private static string Way(ConstraintTried tried) => tried.IsIncreasing ? "rises" : "falls";

    private static Evaluation Evaluate(Definition definition, Definition trainedAs)
    {
        var frame = Some.Frame(task: definition.Model.Task);
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        var trained = Training.Run(trainedAs, frame, split, 2, _ => { }, Cancel);
        return new Evaluator(definition, null, frame, split, trained, 2, Cancel).Evaluate();
    }

    private static Definition With(Definition definition, ConstraintsSpec constraints) =>
        definition with
        {
            Model = definition.Model with { Constraints = constraints },
        };
}
