using System.Globalization;
using System.Text.Json;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Live;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Multiclass;

/// <summary>Answers with one of several classes, and with the probability of each.</summary>
internal sealed class MulticlassTask : ITask
{
    /// <summary>So many trees a round are grown and answered; a label of more values is no class.</summary>
    private const int MostClasses = 1000;

    /// <summary>So many classes are held alike in two fits.</summary>
    private const int MostTraits = 10;

    public ModelTask Declaration => ModelTask.Multiclass;

    public Labels LabelsOf(Definition definition, Labels read)
    {
        var column = definition.Label!.Column;
        if (read.Classes!.Count > MostClasses)
        {
            throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The label '{column}' has {read.Classes.Count:N0} values, and a label can be one of "
                        + $"{MostClasses:N0} classes at most. Is it an identifier, or a number for the task "
                        + $"regression? Put rare ones together in the query. Nothing was changed."
                )
            );
        }

        CostTable.Check(definition.Model.Cost, column, read.Classes);
        return read.Sorted();
    }

    public string? Alike(Labels labels) =>
        labels.Values.Distinct().Count() == 1 ? $"'{labels.Classes![(int)labels[0]]}'" : null;

    public int WidthOf(Labels labels) => labels.Classes!.Count;

    public Tuned Tune(
        ModelSpec spec,
        ITraining training,
        Validated validated,
        Labels labels,
        CancellationToken cancel
    ) =>
        new(
            new Reading
            {
                Classes = labels.Classes,
                Costs = spec.Cost,
                Temperature = spec.Calibrate == Calibration.Temperature ? TemperatureOf(validated, labels) : null,
            }
        );

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var classes = reading.Classes!;
        var probabilities = Probabilities.Of(scores, reading.Temperature ?? 1);
        var chosen = new Choice(reading.Costs, classes).Of(probabilities);
        var codes = new ClassCodes(classes, asked ?? classes);
        var costs = new CostTable(spec.Cost, codes.Names);
        var ofChosen = new double[chosen.Length];
        for (var row = 0; row < chosen.Length; row++)
        {
            ofChosen[row] = probabilities.Row(row)[chosen[row]];
        }

        return new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = ofChosen,
            Explained = chosen,
            Classes = new ClassAnswers(
                Array.ConvertAll(chosen, codes.Asked),
                (row, label) =>
                    codes.Own(label) is >= 0 and var own ? probabilities.Row(row)[own] : Probabilities.Least,
                costs.Of
            ),
            Columns = [AnswerColumn.Texts(row => classes[chosen[row]]), AnswerColumn.Numbers(ofChosen)],
            Tables = [ClassRows.Of(classes, probabilities)],
        };
    }

    /// <summary>With the probability of every class beside its columns, in the order of the classes.</summary>
    public bool Write(Graph graph, GraphValue scores, Reading reading)
    {
        var classes = reading.Classes!;
        var probabilities = Probabilities.Of(scores, classes.Count, reading.Temperature ?? 1);
        var chosen = new Choice(reading.Costs, classes).Of(probabilities);
        graph.Output(new("predicted", GraphType.Text), chosen.In(GraphTensor.Of([.. classes])));
        graph.Output(new("probability", GraphType.Number), probabilities.At(chosen));
        graph.Output(
            new(
                "probabilities",
                GraphType.Number,
                classes.Count,
                // As a document: a class may have a comma in its name.
                $"in the order of {JsonSerializer.Serialize(classes, Json.Compact)}"
            ),
            probabilities
        );
        return true;
    }

    /// <summary>The answer and its probability, and those of other classes as far as they were published.</summary>
    public Answers Published(ModelSpec spec, PublishedFields fields, Reading reading, IReadOnlyList<string>? asked)
    {
        var (chosen, names) = fields.Texts("predicted");
        var probabilities = fields.Numbers("probability");
        var beside = fields.Fields.Beside;
        string[] own = [.. names.Union(beside.Names, StringComparer.Ordinal)];
        var codes = new ClassCodes(own, asked ?? own);
        int[] answered = Array.ConvertAll(chosen, codes.Asked);
        int[] besideOf = [.. own.Select(name => beside.Names.ToList().IndexOf(name))];
        var knowsAll = fields.Rows.All(row => beside.CountOf(row) == reading.Classes!.Count);
        return new()
        {
            Scores = new Scores(probabilities, 1),
            Reading = reading,
            Ranking = probabilities,
            Classes = new ClassAnswers(answered, ProbabilityOf, new CostTable(spec.Cost, codes.Names).Of)
            {
                KnowsAll = knowsAll,
            },
        };

        double ProbabilityOf(int row, int label) =>
            answered[row] == label ? probabilities[row]
            : codes.Own(label) is >= 0 and var place && beside.Of(fields.Rows[row], besideOf[place]) is { } known
                ? known
            : knowsAll ? Probabilities.Least
            : double.NaN;
    }

    /// <summary>Each class by its share among the rows learned from, and so the most frequent one, or the one that
    /// costs least.</summary>
    public Constant Baseline(Definition definition, Labels labels)
    {
        var spec = definition.Model;
        var shares = new double[labels.Classes!.Count];
        foreach (var code in labels.Values)
        {
            shares[(int)code] += 1.0 / labels.Values.Length;
        }

        var scores = new Scores(shares, shares.Length);
        var reading = new Reading { Classes = labels.Classes, Costs = spec.Cost };
        var answer = labels.Classes[Answer(spec, scores, reading, null).Classes!.Chosen[0]];
        return new Constant(scores, reading, $"the classes' shares and so '{answer}'");
    }

    public double[]? Observed(Answers answers, double[] labels) => AreRight(answers, labels);

    public string? WhyNoInterval(double[] labels)
    {
        var others = labels.Length - labels.CountBy(label => label).Select(each => each.Value).DefaultIfEmpty().Max();
        return others < Comparison.LeastRowsOfClass
            ? $"only {Counted.Of(others, "row")} of other classes than the most frequent one, and fewer than "
                + $"{Comparison.LeastRowsOfClass} say too little about chance"
            : null;
    }

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) =>
        [new("ece", Reliability.ExpectedError(Reliability.Bins(answers.Ranking, AreRight(answers, labels))))];

    /// <summary>The mean probability of each of the most frequent classes.</summary>
    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels) =>
        [
            .. labels
                .Values.CountBy(label => (int)label)
                .OrderByDescending(each => each.Value)
                .ThenBy(each => each.Key)
                .Take(MostTraits)
                .Select(each =>
                {
                    var share = (double)each.Value / labels.Values.Length;
                    return new Trait(
                        $"mean probability of '{labels.Classes![each.Key]}'",
                        Unit.Share,
                        answers =>
                            Sum.Mean([
                                .. answers.Ranking.Select((_, row) => answers.Classes!.ProbabilityOf(row, each.Key)),
                            ]),
                        share,
                        Trait.RoomOf(share)
                    );
                }),
        ];

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout)
    {
        var told = new ClassesTold(holdout.Answers, holdout.Labels);
        return evaluation with { Exhibits = [told.Confusion(), told.ByClass()], Facts = [.. told.Facts()] };
    }

    private static double[] AreRight(Answers answers, double[] labels) =>
        [.. labels.Select((label, row) => answers.Classes!.Chosen[row] == (int)label ? 1.0 : 0.0)];

    /// <summary>By the rows of a class that the model knows: a model made elsewhere may not know all. Null where there
    /// is none.</summary>
    private static double? TemperatureOf(Validated validated, Labels labels)
    {
        int[] known = [.. validated.Rows.Index().Where(each => labels.IsKnown(each.Item)).Select(each => each.Index)];
        return known.Length == 0
            ? null
            : Temperature.Of(
                validated.Answer().Of(known),
                Array.ConvertAll(known, place => labels[validated.Rows[place]])
            );
    }
}
