using Trainyard.Learning.Exporting;
using Trainyard.Registry;

namespace Trainyard.Learning.Encoding;

/// <summary>Encoded rows as a wide table, most of it zero, which is never made: a number has a column for itself and
/// one for being null (it then counts as the mean), a category one for each code, and the last one is always 1. So each
/// column of the rows is at one place of the wide table, with one value; but a text is at many, one for being null and
/// one for each word and piece that is kept.</summary>
public sealed class Design
{
    private readonly int[] _first;
    private readonly bool[] _isNumber;
    private readonly double[] _aside;

    public Design(Encoder encoder)
    {
        _isNumber = [.. encoder.Columns.Select(column => column.IsNumber)];
        _aside = [.. encoder.Columns.Select(column => column.Scale?.Aside ?? 1)];
        _first = new int[_isNumber.Length];
        for (var column = 0; column < _first.Length; column++)
        {
            _first[column] = Places;
            Places += CountOf(encoder.Columns[column]);
        }

        Places++;
    }

    /// <summary>How many columns the wide table has, that of ones included.</summary>
    public int Places { get; }

    public bool IsNumber(int column) => _isNumber[column];

    /// <summary>Where those of a column begin.</summary>
    public int FirstOf(int column) => _first[column];

    /// <summary>The number of a column, and its being null; or the codes of a category; or what a text has.</summary>
    public static int CountOf(EncodedColumn column) =>
        column.Kind switch
        {
            FeatureColumnKind.Number => 2,
            FeatureColumnKind.Text => column.Grams!.Places,
            _ => EncodedColumn.Other + 1 + column.Levels.Count,
        };

    /// <summary>Adds up what weights (as many a place as <paramref name="width"/>) give for rows.</summary>
    public void Multiply(
        EncodedRows rows,
        ReadOnlySpan<int> order,
        ReadOnlySpan<double> weights,
        int width,
        Span<double> scores
    )
    {
        for (var i = 0; i < order.Length; i++)
        {
            weights[((Places - 1) * width)..].CopyTo(scores[(i * width)..]);
        }

        for (var column = 0; column < _first.Length; column++)
        {
            var values = rows.Columns[column];
            var some = weights[(_first[column] * width)..];
            if (rows.TextsOf(column) is { } texts)
            {
                for (var i = 0; i < order.Length; i++)
                {
                    AddTo(scores.Slice(i * width, width), texts.Of(values[order[i]]), some);
                }
            }
            else if (_isNumber[column])
            {
                AddNumbers(values, order, some[..(2 * width)], _aside[column], width, scores);
            }
            else
            {
                AddLevels(values, order, some, width, scores);
            }
        }
    }

    private static void AddNumbers(
        float[] values,
        ReadOnlySpan<int> order,
        ReadOnlySpan<double> weights,
        double aside,
        int width,
        Span<double> scores
    )
    {
        for (var i = 0; i < order.Length; i++)
        {
            var value = values[order[i]];
            var (place, amount) = float.IsNaN(value) ? (width, aside) : (0, value);
            for (var k = 0; k < width; k++)
            {
                scores[(i * width) + k] += weights[place + k] * amount;
            }
        }
    }

    private static void AddLevels(
        float[] values,
        ReadOnlySpan<int> order,
        ReadOnlySpan<double> weights,
        int width,
        Span<double> scores
    )
    {
        for (var i = 0; i < order.Length; i++)
        {
            var place = (int)values[order[i]] * width;
            for (var k = 0; k < width; k++)
            {
                scores[(i * width) + k] += weights[place + k];
            }
        }
    }

    /// <summary>Adds up what weights give for a column of a row, a number a score.</summary>
    public void AddTo(Span<double> scores, EncodedRows rows, int column, float value, ReadOnlySpan<double> weights)
    {
        if (rows.TextsOf(column) is { } texts)
        {
            AddTo(scores, texts.Of(value), weights[(_first[column] * scores.Length)..]);
            return;
        }

        var (place, amount) = At(column, value);
        var some = weights.Slice(place * scores.Length, scores.Length);
        for (var k = 0; k < some.Length; k++)
        {
            scores[k] += some[k] * amount;
        }
    }

    private static void AddTo(Span<double> scores, ReadOnlySpan<Gram> text, ReadOnlySpan<double> weights)
    {
        foreach (var (place, amount) in text)
        {
            var some = weights.Slice(place * scores.Length, scores.Length);
            for (var k = 0; k < some.Length; k++)
            {
                scores[k] += some[k] * amount;
            }
        }
    }

    /// <summary>The same in a graph.</summary>
    public GraphValue Multiply(IReadOnlyList<GraphValue> columns, double[] weights, int width)
    {
        var graph = columns[0].Graph;
        var sum = graph.Constant(Table(Places - 1, 1));
        foreach (var (column, value) in columns.Index())
        {
            var (first, end) = (_first[column], column + 1 < _first.Length ? _first[column + 1] : Places - 1);
            sum = sum.Plus(
                _isNumber[column]
                    ? value
                        .IsNaN()
                        .Choose(
                            graph.Constant(Table(first + 1, 1)).Times(_aside[column]),
                            value.Times(graph.Constant(Table(first, 1)))
                        )
                    : value.To(GraphType.Whole).In(Table(first, end - first))
            );
        }

        return sum;

        GraphTensor Table(int first, int count) =>
            new(GraphType.Number, weights[(first * width)..((first + count) * width)], [count, width]);
    }

    /// <summary>The other way: adds up at each place what rows have, times their values there, or those
    /// squared.</summary>
    public void AddTransposed(
        EncodedRows rows,
        ReadOnlySpan<int> order,
        ReadOnlySpan<double> ofRows,
        int width,
        bool squared,
        Span<double> sums
    )
    {
        var last = sums[((Places - 1) * width)..];
        for (var i = 0; i < order.Length; i++)
        {
            for (var k = 0; k < width; k++)
            {
                last[k] += ofRows[(i * width) + k];
            }
        }

        for (var column = 0; column < _first.Length; column++)
        {
            var values = rows.Columns[column];
            if (rows.TextsOf(column) is { } texts)
            {
                AddTransposed(texts, values, order, ofRows, width, squared, sums[(_first[column] * width)..]);
                continue;
            }

            var (isNumber, first, aside) = (_isNumber[column], _first[column] * width, _aside[column]);
            for (var i = 0; i < order.Length; i++)
            {
                var number = values[order[i]];
                var (place, value) =
                    !isNumber ? (first + ((int)number * width), 1)
                    : float.IsNaN(number) ? (first + width, aside)
                    : (first, (double)number);
                value = squared ? value * value : value;
                for (var k = 0; k < width; k++)
                {
                    sums[place + k] += ofRows[(i * width) + k] * value;
                }
            }
        }
    }

    private static void AddTransposed(
        TextRows texts,
        float[] values,
        ReadOnlySpan<int> order,
        ReadOnlySpan<double> ofRows,
        int width,
        bool squared,
        Span<double> sums
    )
    {
        for (var i = 0; i < order.Length; i++)
        {
            var row = ofRows.Slice(i * width, width);
            foreach (var (place, amount) in texts.Of(values[order[i]]))
            {
                var some = sums.Slice(place * width, width);
                var value = squared ? (double)amount * amount : amount;
                for (var k = 0; k < row.Length; k++)
                {
                    some[k] += row[k] * value;
                }
            }
        }
    }

    /// <summary>What the columns of rows add up to when they are squared: how far each lies from where all is
    /// zero.</summary>
    public void AddSquares(EncodedRows rows, ReadOnlySpan<int> order, Span<double> squares)
    {
        for (var column = 0; column < _first.Length; column++)
        {
            var values = rows.Columns[column];
            for (var i = 0; i < order.Length; i++)
            {
                var (_, value) = At(column, values[order[i]]);
                squares[i] += value * value;
            }
        }
    }

    /// <summary>The same in a graph.</summary>
    public GraphValue Squares(IReadOnlyList<GraphValue> columns) =>
        columns
            .Select(
                (value, column) =>
                    _isNumber[column]
                        ? value.IsNaN().Choose(value.Graph.Number(_aside[column] * _aside[column]), value.Times(value))
                        : value.Graph.Number(1)
            )
            .Aggregate((sum, square) => sum.Plus(square));

    /// <summary>At which place a value of a column stands, and with what; a text has many.</summary>
    public (int Place, double Value) At(int column, float value) =>
        !_isNumber[column] ? (_first[column] + (int)value, 1)
        : float.IsNaN(value) ? (_first[column] + 1, _aside[column])
        : (_first[column], value);
}
