using Onnx;
using Trainyard.Learning.Data;
using Trainyard.Learning.Exporting;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Steps.Score.Exporting;
using static Trainyard.Tests.Models.OnnxCases;

namespace Trainyard.Tests.Models;

/// <summary>A model that was made elsewhere is taken as it is, and what does not fit is said.</summary>
public sealed class OnnxModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("regression")]
    public void What_one_pipeline_exports_another_answers_with_alike(string task)
    {
        var frame = Labelled(task);
        var definition = Some.Definition(Some.Task(task));
        definition = definition with { Model = definition.Model with { Calibrate = Calibration.None } };
        var made = Training.Run(definition, frame, SplitOf(definition, frame), 2, _ => { }, Cancel);
        var file = FileOf(
            ExportedModel.GraphOf(Some.Task(task), made.Model, made.Reading, TypeOf(frame))!,
            made.Reading.Classes
        );

        var taken = Take(file, frame, task);

        var (ours, theirs) = (made.Model.Predict(frame, 2, Cancel), taken.Model.Predict(frame, 2, Cancel));
        Assert.Equal(made.Reading.Classes, taken.Reading.Classes);
        Assert.Equal(1, taken.Size);
        Assert.True(theirs.Values.Distinct().Count() > 20);
        Assert.All(ours.Values.Zip(theirs.Values), each => Assert.Equal(each.First, each.Second, 1e-5));

        // Out of a package it is asked in the same way, and a package's file is one that can be brought again.
        Assert.Equal(file, taken.Model.Saved.Span[..file.Length]);
        Assert.Equal(file, taken.Model.Brought!.Content);
        Assert.Equal(
            theirs.Values,
            Take(taken.Model.Saved.ToArray(), frame, task).Model.Predict(frame, 2, Cancel).Values
        );
        Assert.Contains(taken.Model.Notes, note => note.Value == $"{Name}, {file.Length / 1e6:0.###} MB, by trainyard");
    }

    [Fact]
    public void Numbers_of_64_bits_and_nulls_are_handed_on_and_a_matrix_has_the_order_of_features()
    {
        var graph = new Graph(["rows"]);
        var all = graph.Input(new("rows", GraphType.Number, 3));
        var sum = all.Column(0).IsNaN().Choose(graph.Number(-7), all.Column(0));
        graph.Output(new("value", GraphType.Number), sum.Plus(all.Column(1).Times(10)).Plus(all.Column(2).Times(1000)));
        var frame = Rows with { Columns = [.. Rows.Columns.Where(column => column is NumberColumn)] };

        var answers = Take(FileOf(graph), frame).Model.Predict(frame, 2, Cancel).Values;

        Assert.Contains(Enumerable.Range(0, frame.Rows), row => double.IsNaN(At("x", row)));
        Assert.Equal(
            Enumerable
                .Range(0, frame.Rows)
                .Select(row =>
                    (double.IsNaN(At("x", row)) ? -7 : At("x", row))
                    + (10 * At("noise", row))
                    + (1000 * At("wide", row))
                ),
            answers
        );

        double At(string name, int row) => ((NumberColumn)frame.Find(name)!)[row];
    }

    [Fact]
    public void A_file_knows_the_classes_that_it_was_made_with_in_its_own_order()
    {
        var frame = Labelled("multiclass");
        var graph = new Graph(["x", "noise", "letter", "wide"]);
        var inputs = AllInputs(graph);
        var sure = inputs[1].Minus(inputs[1]);
        graph.Output(
            new("probabilities", GraphType.Number, 3),
            GraphValue.Row([sure.Plus(0.2), sure.Plus(0.5), sure.Plus(0.3)])
        );

        // "never" is no label here, and "middle" none of the file's.
        var taken = Take(
            FileOf(graph),
            frame,
            "multiclass",
            options => options with { Classes = ["high", "never", "low"] }
        );

        Assert.Equal(["high", "never", "low"], taken.Reading.Classes);
        Assert.Equal([0.2, 0.5, 0.3], taken.Model.Predict(frame, [0], 1, Cancel).Values);
        Assert.NotNull(taken.Reading.Temperature);
        Assert.Equal(
            "The model knows the classes '0', '1', '2', and the label 'label' has none of them, but 'low', 'middle', "
                + "'high'. Name them as the label does. Nothing was changed.",
            Assert
                .Throws<Fault>(() =>
                    Take(FileOf(graph), frame, "multiclass", options => options with { Classes = ["0", "1", "2"] })
                )
                .Message
        );
    }

    [Fact]
    public void Two_probabilities_are_those_of_the_negative_and_the_positive_class()
    {
        var graph = new Graph(["x", "noise", "letter", "wide"]);
        var share = AllInputs(graph)[1];
        graph.Output(
            new("probabilities", GraphType.Single, 2),
            GraphValue.Row([share.Times(-1).Plus(1), share]).To(GraphType.Single)
        );

        var scores = Take(FileOf(graph), Labelled("binary"), "binary").Model.Predict(Rows, 2, Cancel);

        Assert.Equal(1, scores.Width);
        Assert.All(
            scores.Values.Index(),
            each => Assert.Equal(((NumberColumn)Rows.Find("noise")!)[each.Index], each.Item, 1e-6)
        );
    }

    [Theory]
    [InlineData(
        "missing",
        "it has no input for the feature 'wide'. It takes double x [rows, 1], double noise [rows, 1], string letter "
            + "[rows, 1]; the features are number x, number noise, category letter, number wide."
    )]
    [InlineData(
        "unknown",
        "there is no feature 'wider'. Did you mean 'wide'?; it has no input for the feature 'wide'."
    )]
    [InlineData("text", "its input 'wide' holds string, and the feature is a number.")]
    [InlineData("several", "its input 'wide' has not one value a row.")]
    [InlineData("matrix", "its only input 'all' takes numbers, and the feature 'letter' is a category.")]
    [InlineData("fixed", "its input 'wide' takes 1 rows at once, and not as many as there are.")]
    [InlineData(
        "classes",
        "does not fit: no output holds one number a row, float or double. It gives double p [rows, 3]."
    )]
    [InlineData(
        "outputs",
        "does not fit: several outputs could hold one number a row, float or double: name one in model.options.output. "
            + "It gives double one [rows, 1], double other [rows, 1]."
    )]
    [InlineData("beside", "answers a row otherwise beside others than alone")]
    public void What_does_not_fit_is_78_with_what_the_file_has_and_what_the_pipeline_has(string what, string told)
    {
        var fault = Assert.Throws<Fault>(() => Take(Odd(what), Rows));

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing was changed.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GraphType.Whole, "x", "The model takes integers in 'x', and a row has a null there.")]
    [InlineData(
        GraphType.Whole,
        "noise",
        "The model takes integers in 'noise', and a row has a number that is none there."
    )]
    [InlineData(
        GraphType.Flag,
        "noise",
        "The model takes booleans in 'noise', and a row has a number other than 0 and 1"
    )]
    [InlineData(GraphType.Number, "letter", "The model takes numbers in 'letter', and a row has a level that is none")]
    public void What_a_type_has_no_room_for_is_65(GraphType type, string column, string told)
    {
        var graph = new Graph(["x", "noise", "letter", "wide"]);
        var inputs = AllInputs(graph, name => name == column ? type : null);
        graph.Output(new("value", GraphType.Number), inputs[3]);

        var fault = Assert.IsType<Fault>(Innermost(() => Take(FileOf(graph), Rows)));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.StartsWith(told, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binary", 2.5, "a number that is no probability")]
    [InlineData("regression", double.PositiveInfinity, "no number")]
    [InlineData("multiclass", 0.7, "probabilities that are not 1 together")]
    public void What_is_no_answer_is_65(string task, double answer, string told)
    {
        var graph = new Graph(["x", "noise", "letter", "wide"]);
        var same = AllInputs(graph)[1].Times(0).Plus(answer);
        graph.Output(
            new("value", GraphType.Number, task == "multiclass" ? 3 : 1),
            task == "multiclass" ? GraphValue.Row([same, same, same]) : same
        );

        var fault = Assert.IsType<Fault>(
            Innermost(() =>
                Take(
                    FileOf(graph),
                    Labelled(task),
                    task,
                    options => task == "multiclass" ? options with { Classes = ["low", "middle", "high"] } : options
                )
            )
        );

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "is no model that can be asked. ONNX Runtime 1.31.1 says: Failed to load model")]
    [InlineData("torn", "is no model that can be asked. ONNX Runtime 1.31.1 says: ")]
    [InlineData("newer", "is no model that can be asked. ONNX Runtime 1.31.1 says: ")]
    public void A_file_that_the_runtime_does_not_take_is_78_with_what_it_says(string what, string told)
    {
        var file = Odd("none");
        file = what switch
        {
            "text" => "version https://git-lfs.github.com/spec/v1\n"u8.ToArray(),
            "torn" => file[..(file.Length / 2)],
            _ => Newer(file),
        };

        var fault = Assert.Throws<Fault>(() => Take(file, Rows));

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith($"The file '{Name}' (model.options.file) {told}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Nothing was changed.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_classes_several_probabilities_say_nothing()
    {
        var fault = Assert.Throws<Fault>(() => Take(Odd("classes"), Labelled("multiclass"), "multiclass"));

        Assert.Equal(
            $"The file '{Name}' does not say which classes its probabilities are of: write them in "
                + "model.options.classes, in their order. Nothing was changed.",
            fault.Message
        );
    }

    [Theory]
    [InlineData("[\"a\",\"a\"]")]
    [InlineData("[\"a\",null]")]
    [InlineData("[\"a\"]")]
    [InlineData("[]")]
    public void Classes_in_the_metadata_that_are_none_are_78(string said)
    {
        var model = ModelProto.Parser.ParseFrom(Odd("classes"));
        model.MetadataProps.Add(new StringStringEntryProto { Key = "classes", Value = said });
        var file = Google.Protobuf.MessageExtensions.ToByteArray(model);

        var fault = Assert.Throws<Fault>(() => Take(file, Labelled("multiclass"), "multiclass"));

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Equal(
            $"The file '{Name}' does not say which classes its probabilities are of, but 'classes: {said}' in its "
                + "metadata, and classes are two or more, each once, in the order of their probabilities. Write them "
                + "in model.options.classes, in their order. Nothing was changed.",
            fault.Message
        );
    }

    [Fact]
    public void What_it_has_learned_elsewhere_is_no_holdout_and_counts_as_learned()
    {
        var (before, within) = (DefinitionOf("regression"), DefinitionOf("regression", learnedThrough: "2026-02-10"));

        // Of the sixty days the last 25 but one are the holdout.
        Assert.Equal(
            Some.Start.AddDays(32),
            SplitOf(DefinitionOf("regression", learnedThrough: "2025-06-01"), Rows).LearnedThrough
        );
        Assert.Equal(
            Some.Start.AddDays(34).AddMicroseconds(-1),
            SplitOf(DefinitionOf("regression", learnedThrough: "2026-02-03"), Rows).LearnedThrough
        );
        Assert.Null(SplitOf(before, Rows).Served);
        Assert.Matches(
            "^Of the [0-9]+ rows of the holdout [0-9]+ have a cutoff up to 2026-02-10T23:59:59Z, through which the "
                + "model may have learned rows by its model.options: .* Nothing was changed\\.$",
            Assert.Throws<Fault>(() => SplitOf(within, Rows)).Message
        );
    }

    [Fact]
    public void A_file_of_the_trainer_is_part_of_the_definition_and_not_of_what_is_asked()
    {
        var definition = DefinitionOf("regression");
        DefinitionFile[] one = [new("rows.sql", "aa"), new(Name, "bb")];
        DefinitionFile[] other = [new("rows.sql", "aa"), new(Name, "cc")];

        Assert.NotEqual(Hashes.OfDefinition(definition, one), Hashes.OfDefinition(definition, other));
        Assert.Equal(Hashes.OfComparable(definition, one), Hashes.OfComparable(definition, other));
        Assert.NotEqual(
            Hashes.OfComparable(definition, one),
            Hashes.OfComparable(definition, [new("rows.sql", "dd"), new(Name, "bb")])
        );
    }

    [Fact]
    public void Auto_does_not_take_it()
    {
        var auto = Some.Definition().LearnedBy(Trainer.Auto);

        Assert.DoesNotContain(auto.Model.Trainer.CandidatesFor(auto), trainer => trainer.MadeElsewhere);
    }
}
