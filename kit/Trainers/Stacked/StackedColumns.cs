using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Stacked;

/// <summary>Where columns stand: a text is replaced by as many numbers as a row has raw scores.</summary>
internal sealed class StackedColumns
{
    private readonly Encoder _encoder;

    /// <summary>The texts, by their places among the encoder's columns.</summary>
    private readonly int[] _texts;
    private readonly int _width;

    /// <param name="width">How many raw scores a row has.</param>
    public StackedColumns(Encoder encoder, int width)
    {
        (_encoder, _width) = (encoder, width);
        _texts = [.. Enumerable.Range(0, encoder.Columns.Count).Where(place => IsText(encoder.Columns[place]))];
        Texts = encoder with { Columns = [.. _texts.Select(place => encoder.Columns[place])] };
        Sources = [.. encoder.Columns.SelectMany((column, place) => Enumerable.Repeat(place, CountOf(column)))];
        Stacked = encoder with { Columns = [.. encoder.Columns.SelectMany(StackedOf)] };
    }

    /// <summary>The texts alone.</summary>
    public Encoder Texts { get; }

    /// <summary>Numbers and levels, with those that texts become.</summary>
    public Encoder Stacked { get; }

    /// <summary>By stacked column: the encoder's that it comes from.</summary>
    public IReadOnlyList<int> Sources { get; }

    public static bool HasTexts(Encoder encoder) => encoder.Columns.Any(IsText);

    /// <summary>The texts of rows alone.</summary>
    public EncodedRows TextsOf(EncodedRows rows) =>
        new(rows.Count, [.. _texts.Select(place => rows.Columns[place])])
        {
            Texts = [.. _texts.Select(place => rows.Texts[place])],
        };

    /// <summary>Rows as the trees read them.</summary>
    /// <param name="scores">What texts became, text by text and score by score: numbers by the rows' places.</param>
    /// <param name="of">The numbers or levels of a column.</param>
    public EncodedRows Stack(int count, IReadOnlyList<float[]> scores, Func<int, float[]> of)
    {
        var text = 0;
        return new(
            count,
            [
                .. _encoder.Columns.SelectMany(
                    (column, place) => IsText(column) ? scores.Skip(_width * text++).Take(_width) : [of(place)]
                ),
            ]
        );
    }

    private static bool IsText(EncodedColumn column) => column.Grams is not null;

    private int CountOf(EncodedColumn column) => IsText(column) ? _width : 1;

    private IEnumerable<EncodedColumn> StackedOf(EncodedColumn column) =>
        IsText(column) ? Enumerable.Repeat(EncodedColumn.NumberOf(column.Name), _width) : [column];
}
