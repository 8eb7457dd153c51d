using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

public sealed class EncoderTests
{
    private static readonly Frame Learned = Of(
        new CategoryColumn("port", [1, 1, 1, 2, 2, 3, 0], ["a", "b", "c"]),
        new NumberColumn("x", [1, 2, float.NaN, 4, 5, 6, 7])
    );

    [Fact]
    public void Levels_are_kept_by_frequency_and_the_rest_become_other()
    {
        var encoder = Encoder.Fit(Learned, [0, 1, 2, 3, 4, 5, 6], _ => 2);

        Assert.Equal(["a", "b"], encoder.Columns[0].Levels);
        Assert.Equal(["c"], encoder.Columns[0].Rare);
        Assert.Equal([2, 2, 2, 3, 3, EncodedColumn.Other, EncodedColumn.Null], encoder.Encode(Learned).Columns[0]);
        Assert.True(float.IsNaN(encoder.Encode(Learned).Columns[1][2]));
    }

    [Theory]
    [InlineData(30, 1, "b", "c", "a")] // By their means, where these differ.
    [InlineData(6, 1, "a", "b", "c")] // Not where rows are few,
    [InlineData(30, 0, "a", "b", "c")] // nor where all means are the same.
    public void Levels_stand_in_the_order_of_their_labels(int rows, double apart, params string[] expected)
    {
        int[] codes =
        [
            .. Enumerable
                .Range(0, 6 * rows)
                .Select(row =>
                    row % 6 < 3 ? 1
                    : row % 6 < 5 ? 2
                    : 3
                ),
        ];
        var frame = Of(new CategoryColumn("port", codes, ["a", "b", "c"]));
        // Means of 2, 0 and 1 for a, b and c, give or take what is the same in all.
        double[] labels = [.. codes.Select((code, row) => (apart * (new[] { 2, 0, 1 }[code - 1])) + (row / 6 % 2))];

        var encoder = Encoder.Fit(frame, [.. Enumerable.Range(0, codes.Length)], _ => 10, labels: labels);

        Assert.Equal(expected, encoder.Columns[0].Levels);
    }

    [Fact]
    public void A_level_of_few_rows_stands_where_all_rows_do_and_rare_ones_have_no_code()
    {
        int[] codes = [.. Enumerable.Repeat(1, 50), .. Enumerable.Repeat(2, 40), .. Enumerable.Repeat(3, 5), 4];
        var frame = Of(new CategoryColumn("port", codes, ["high", "low", "few", "rare"]));
        double[] labels =
        [
            .. codes.Select(
                (code, row) =>
                    code == 1 ? 1 - (row % 5 / 4)
                    : code == 2 ? row % 5 / 4
                    : 1.0
            ),
        ];

        var encoder = Encoder.Fit(frame, [.. Enumerable.Range(0, codes.Length)], _ => 3, labels: labels);

        Assert.Equal(["low", "few", "high"], encoder.Columns[0].Levels);
        Assert.Equal(["rare"], encoder.Columns[0].Rare);
    }

    [Fact]
    public void Only_the_rows_being_learned_count()
    {
        var encoder = Encoder.Fit(Learned, [3, 4, 5], _ => 10);

        Assert.Equal(["b", "c"], encoder.Columns[0].Levels);
    }

    [Fact]
    public void A_level_never_seen_is_other_and_unseen_a_rare_one_is_only_other()
    {
        var encoder = Encoder.Fit(Learned, [0, 1, 2, 3, 4, 5, 6], _ => 1);
        var column = new CategoryColumn("port", [1, 2, 3, 0], ["moon", "c", "a"]);

        Assert.Equal(
            [EncodedColumn.Other, EncodedColumn.Other, 2, EncodedColumn.Null],
            encoder.Columns[0].Encode(column)
        );
        Assert.Equal(1, encoder.Columns[0].CountUnseen(column));
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("1.0", "1")]
    [InlineData("100", "100")]
    [InlineData("-10.0", "-10")]
    [InlineData("1e-10", "1e-10")]
    [InlineData("NaN", "NaN")]
    public void A_number_is_one_level_however_it_is_written(string text, string level) =>
        Assert.Equal(level, LevelText.OfNumber(text).ToString());

    [Fact]
    public void What_version_1_0_learned_of_numbers_is_found_by_the_number()
    {
        var old = new EncodedColumn
        {
            Name = "port",
            Kind = FeatureColumnKind.Category,
            Levels = ["1.50", "0", "-0"],
            Rare = ["2.0"],
        };
        var numbers = new CategoryColumn("port", [1, 2, 3, 4], ["0", "1.5", "2", "3"]) { HasNumbers = true };

        Assert.Equal([3, 2, EncodedColumn.Other, EncodedColumn.Other], old.Encode(numbers));
        Assert.Equal(1, old.CountUnseen(numbers));
        Assert.Equal(3, old.CountUnseen(numbers with { HasNumbers = false }));
    }

    [Fact]
    public void It_survives_its_file()
    {
        var encoder = Encoder.Fit(Learned, [0, 1, 2, 3, 4, 5, 6], _ => 2);

        var read = Json.Read<Encoder>(Json.Bytes(encoder), "encoder.json");

        Assert.Equal(encoder.Encode(Learned).Columns, read.Encode(Learned).Columns);
    }

    [Fact]
    public void Some_rows_are_encoded_as_they_are_among_all()
    {
        var frame = Encoder.Rounded(
            Of(
                Learned.Columns[0],
                Learned.Columns[1],
                new NumberColumn("tenths", [0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.3]),
                new NumberColumn("wide", [1, 2, 3, 16_777_217, 16_777_218, 5e9, double.NaN])
            )
        );
        var encoder = Encoder.Fit(frame, [0, 1, 2, 3, 4, 5, 6], _ => 2);
        int[] rows = [6, 0, 3];

        var some = encoder.Encode(frame, rows);

        Assert.NotNull(encoder.Columns[3].Cuts);
        Assert.Equal(3, some.Count);
        Assert.Equal(
            encoder.Encode(frame).Columns.Select(column => Array.ConvertAll(rows, row => column[row])),
            some.Columns
        );
    }

    [Fact]
    public void Columns_are_bound_by_name_and_a_missing_or_changed_one_is_65()
    {
        var encoder = Encoder.Fit(Learned, [0], _ => 2);
        var reordered = Of(Learned.Columns[1], Learned.Columns[0]);
        Assert.Equal(encoder.Encode(Learned).Columns, encoder.Encode(reordered).Columns);

        var missing = Assert.Throws<Fault>(() =>
            encoder.Encode(Of(new CategoryColumn("ports", [1, 1, 1, 1, 1, 1, 1], ["a"]), Learned.Columns[1]))
        );
        Assert.Equal(
            (
                ExitCode.BadData,
                "The model reads a column 'port', which the features do not have. Did you mean 'ports'? "
                    + "Nothing was changed."
            ),
            (missing.Code, missing.Message)
        );

        var changed = Assert.Throws<Fault>(() =>
            encoder.Encode(Of(new NumberColumn("port", new float[7]), Learned.Columns[1]))
        );
        Assert.Equal(
            "The model reads the column 'port' as a category, but in the features it is a number. Nothing was changed.",
            changed.Message
        );
    }

    [Fact]
    public void A_column_that_was_rounded_lies_between_the_cut_points_where_its_values_did()
    {
        var learned = Of(new NumberColumn("x", [0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 20_000_000.5]));
        var encoder = Encoder.Fit(learned, [0, 1, 2, 3, 4, 5, 6], _ => 2);
        var later = Of(new NumberColumn("x", [0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2]));

        Assert.NotNull(encoder.Columns[0].Cuts);
        Assert.True(((NumberColumn)Encoder.Rounded(later).Columns[0]).IsRounded);
        Assert.Equal(encoder.Encode(later).Columns[0], encoder.Encode(Encoder.Rounded(later)).Columns[0]);
    }

    private static Frame Of(params FrameColumn[] columns) =>
        new()
        {
            Rows = 7,
            Columns = columns,
            Labels = Labels.None,
            Cutoffs = [],
            Keys = new ulong[7],
        };
}
