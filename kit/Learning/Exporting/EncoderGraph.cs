using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Exporting;

/// <summary>Writes into a graph what an encoder does with rows: its inputs are the columns of the features, each by its
/// name.</summary>
internal static class EncoderGraph
{
    /// <summary>What a text input has where the column is null; a longer one where a level is called so.</summary>
    private const string NullText = "";

    /// <summary>Beyond it not every integer is a number of 64 bits.</summary>
    private const double MostWhole = 1L << 53;

    /// <param name="typeOf">The type of a column in the dataset.</param>
    /// <returns>Null where it reads texts: their words have no form there.</returns>
    public static GraphValue[]? Write(Graph graph, Encoder encoder, Func<string, ColumnType> typeOf) =>
        encoder.Columns.Any(column => column.Grams is not null)
            ? null
            :
            [
                .. encoder.Columns.Select(column =>
                    column.IsNumber ? Number(graph, column, encoder.Format)
                    : NumbersOf(column, typeOf(column.Name)) is { } numbers ? Numbers(graph, column, numbers)
                    : Texts(graph, column)
                ),
            ];

    private static GraphValue Number(Graph graph, EncodedColumn column, int format)
    {
        var number = graph.Input(new(column.Name, GraphType.Number, About: "null is NaN"));
        if (column.Scale is { } scale)
        {
            return InSingles(number.Plus(-scale.Mean).Over(scale.Deviation).Lower(scale.Reach).Higher(-scale.Reach));
        }

        var read = column.Cuts is { } cuts
            ? number
                .IsNaN()
                .Choose(number, GraphTrees.CountBelow(number, cuts).Plus(-CutPoints.CountBelow([.. cuts], 0)))
            : InSingles(number);
        return format >= 2 ? read.Lower(EncodedRows.Largest) : read;
    }

    /// <summary>As a model reads it, which has no more than 32 bits.</summary>
    private static GraphValue InSingles(GraphValue number) => number.To(GraphType.Single).To(GraphType.Number);

    private static GraphValue Texts(Graph graph, EncodedColumn column)
    {
        var missing = NullText;
        while (column.Levels.Concat(column.Rare).Contains(missing))
        {
            missing += "␀";
        }

        var text = graph.Input(
            new(
                column.Name,
                GraphType.Text,
                About: missing.Length == 0 ? "null is the empty text" : $"null is '{missing}'"
            )
        );
        return Coded(
            text,
            new(GraphType.Text, (string[])[missing, .. column.Levels], [column.Levels.Count + 1]),
            [EncodedColumn.Null, .. column.Levels.Select((_, place) => (double)CodeOf(place))]
        );
    }

    private static GraphValue Numbers(Graph graph, EncodedColumn column, double[] numbers)
    {
        var number = graph.Input(new(column.Name, GraphType.Number, About: "null is NaN"));
        if (numbers.Length == 0)
        {
            return number.IsNaN().Choose(graph.Number(EncodedColumn.Null), graph.Number(EncodedColumn.Other));
        }

        // Version 1.0 learned every way to write a number as a level of its own.
        var levels = numbers
            .Index()
            .OrderBy(each =>
                LevelText.OfNumber(column.Levels[each.Index]).SequenceEqual(column.Levels[each.Index]) ? 0 : 1
            )
            .DistinctBy(each => each.Item)
            .ToList();
        return number
            .IsNaN()
            .Choose(
                graph.Number(EncodedColumn.Null),
                Coded(
                    number,
                    GraphTensor.Of([.. levels.Select(level => level.Item)]),
                    [.. levels.Select(level => (double)CodeOf(level.Index))]
                )
            );
    }

    private static GraphValue Coded(GraphValue level, GraphTensor levels, double[] codes) =>
        level.Graph.Node(
            "LabelEncoder",
            [level],
            [
                ("keys_tensor", levels),
                ("values_tensor", GraphTensor.Of(codes)),
                ("default_tensor", GraphTensor.Of(EncodedColumn.Other)),
            ],
            isOfLearning: true
        );

    private static int CodeOf(int place) => place + EncodedColumn.Other + 1;

    /// <summary>The levels as numbers; null where they are none, or no 64 bits tell them apart.</summary>
    private static double[]? NumbersOf(EncodedColumn column, ColumnType type)
    {
        if (!type.IsNumber())
        {
            return null;
        }

        var numbers = new double[column.Levels.Count];
        foreach (var (place, level) in column.Levels.Index())
        {
            numbers[place] = (type, level) switch
            {
                (ColumnType.Boolean, "t" or "true") => 1,
                (ColumnType.Boolean, "f" or "false") => 0,
                _ => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : double.NaN,
            };
            if (!(Math.Abs(numbers[place]) <= MostWhole))
            {
                return null;
            }
        }

        return numbers;
    }
}
