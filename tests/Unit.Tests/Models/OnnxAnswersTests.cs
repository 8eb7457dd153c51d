using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Tests.Report;
using Trainyard.Trainers;
using static Trainyard.Tests.Models.OnnxCases;

namespace Trainyard.Tests.Models;

/// <summary>A model that was made elsewhere need not have an answer to every row.</summary>
public sealed class OnnxAnswersTests
{
    private const int OfValidation = 1100;
    private const int OfHoldout = 2000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OfValidation, "validation", "2026-01-28")]
    [InlineData(OfHoldout, "the holdout", "2026-02-20")]
    public void A_row_without_an_answer_is_65_and_is_named(int row, string among, string day)
    {
        // The logarithm of less than 0 is no number.
        var frame = With(row, -1);
        var graph = new Graph(["x", "noise", "letter", "wide", "odd"]);
        var inputs = AllInputs(graph);
        graph.Output(
            new("value", GraphType.Number),
            inputs[1].Plus(graph.Input(new("odd", GraphType.Number)).Plus(0.5).Log())
        );

        var fault = Assert.IsType<Fault>(Innermost(() => Evaluated(FileOf(graph), frame)));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Matches(
            $"^The model has no answer to 1 of the [0-9,]+ rows of {among}, first to row {row + 1:N0} of the features, "
                + $"with the cutoff {day}T00:00:00Z: it gives no number in 'value'\\. Mend such rows, or make the "
                + "model anew\\. Nothing was changed\\.$",
            fault.Message
        );
        Assert.Matches($"^The model has no answer to 1 of the [0-9,]+ rows of {among}\\. Mend ", fault.Outline);
    }

    [Fact]
    public void What_the_runtime_says_of_a_row_is_told_and_left_out_where_no_data_is_kept()
    {
        var frame = With(OfHoldout, 48213);

        var fault = Assert.IsType<Fault>(Innermost(() => Evaluated(Looking(), frame)));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Matches("the features, with the cutoff .*: ONNX Runtime says: .*48213.* Mend such rows", fault.Message);
        Assert.DoesNotContain("48213", fault.Outline, StringComparison.Ordinal);
        Assert.DoesNotContain("ONNX Runtime", fault.Outline, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_rows_that_are_refused_together_the_others_have_their_answers()
    {
        var model = Take(Looking(), With(OfHoldout, 1)).Model;

        var answers = model.Predict(With(7, 48213), [.. Enumerable.Range(0, 20)], 1, Cancel).Values;

        Assert.Equal(Enumerable.Range(0, 20).Select(row => row == 7 ? double.NaN : (float)10), answers);
        Assert.Contains("48213", model.WhyNone(With(7, 48213), 7), StringComparison.Ordinal);
        Assert.Null(model.WhyNone(With(7, 48213), 8));
    }

    [Fact]
    public void Rows_that_there_are_not_need_no_answer_and_what_is_shown_says_so()
    {
        // Each row has the same in both columns, until one is shuffled.
        var frame = Rows with
        {
            Columns = [.. Rows.Columns, (NumberColumn)Rows.Find("noise")! with { Name = "twin" }],
        };
        var graph = new Graph(["x", "noise", "letter", "wide", "twin"]);
        var inputs = AllInputs(graph);
        var apart = inputs[1].Minus(graph.Input(new("twin", GraphType.Number)));
        var x = inputs[0].IsNaN().Choose(graph.Number(0), inputs[0]);
        graph.Output(
            new("value", GraphType.Number),
            x.Plus(inputs[1]).Plus(apart.Times(apart).Times(-20).Plus(1).Log())
        );

        var evaluator = Evaluated(FileOf(graph), frame);
        var evaluation = evaluator.Evaluate();

        var importances = evaluation.Importances!.ToDictionary(each => each.Feature, StringComparer.Ordinal);
        Assert.Equal(0, importances["x"].Unanswered);
        Assert.InRange(importances["twin"].Unanswered, 500, 3 * 1000);
        Assert.True(double.IsFinite(importances["twin"].Drop));
        Assert.Contains("has no answer, so they are left out.", Bars(evaluation).Caption, StringComparison.Ordinal);
        var runs = evaluator.Explain(evaluation).OfType<RunExhibit>().ToList();
        Assert.All(runs.SelectMany(run => run.Stops), stop => Assert.True(double.IsFinite(stop.Value)));
        Assert.Contains("has no answer", runs.Single(run => run.Id == "run-noise").Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("has no answer", runs.Single(run => run.Id == "run-x").Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_are_asked_some_at_once()
    {
        // What is answered tells how many rows there were beside.
        var graph = new Graph(["x", "noise", "letter", "wide"]);
        var inputs = AllInputs(graph);
        var rows = graph.Node("Size", inputs[1]).To(GraphType.Number);
        graph.Output(new("value", GraphType.Number), inputs[1].Times(0).Plus(rows.Plus(-4096).Higher(0)));
        var taken = Take(FileOf(graph), Rows).Model;
        var scorer = TrainerList.Of(Trainer.OnnxModel).Load(taken.Saved.ToArray(), taken.Encoder, "it");
        int[] order = [.. Enumerable.Range(0, 10_000).Select(place => place % Rows.Rows)];
        var scores = new double[order.Length];

        scorer.Score(taken.Encoder.Encode(Rows), order, scores);

        Assert.All(scores, score => Assert.Equal(0, score));
    }

    private static BarsExhibit Bars(Evaluation evaluation) =>
        CardExhibits
            .Of(SomeCard.Flights(Some.Start, "train.1") with { Evaluation = evaluation })
            .Exhibits!.OfType<BarsExhibit>()
            .Single(bars => bars.Id == "importances");

    private static Evaluator Evaluated(byte[] file, Frame frame)
    {
        var definition = DefinitionOf("regression");
        var split = SplitOf(definition, frame);
        return new Evaluator(definition, null, frame, split, Take(file, frame), 2, Cancel);
    }

    /// <summary>A column of zeros but for one row.</summary>
    private static Frame With(int row, double odd)
    {
        var values = new double[Rows.Rows];
        values[row] = odd;
        return Rows with { Columns = [.. Rows.Columns, new NumberColumn("odd", values)] };
    }

    /// <summary>Answers with what stands in a table of two at the place that a column names.</summary>
    private static byte[] Looking()
    {
        var graph = new Graph(["x", "noise", "letter", "wide", "odd"]);
        AllInputs(graph);
        graph.Output(
            new("value", GraphType.Number),
            graph
                .Input(new("odd", GraphType.Number))
                .To(GraphType.Whole)
                .In(new GraphTensor(GraphType.Number, new[] { 10.0, 20 }, [2]))
        );
        return FileOf(graph);
    }
}
