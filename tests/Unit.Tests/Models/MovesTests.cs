using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Tests.Models;

/// <summary>What is unusual in a day beside the days of training; how often it is told for nothing, and found, is
/// benchmarks/drift.py's to say.</summary>
public sealed class MovesTests
{
    private const int Rows = 60;
    private static readonly string[] Ports = ["a", "b", "c"];

    [Fact]
    public void A_day_like_the_others_has_not_moved_and_one_in_another_unit_has()
    {
        var tally = Learn(120);

        Assert.Empty(Compare(tally, Day(120)).Moves.Moved);

        var (inputs, moves) = Compare(tally, Day(120, x: x => x * 10));
        Assert.Equal(120, moves.Blocks);
        Assert.True(moves.IsAlarm);
        Assert.Equal(["x"], moves.Moved);
        Assert.Equal(("x", MovedIn.Values), (inputs[0].Column, inputs[0].In));
    }

    [Fact]
    public void Nulls_and_levels_that_training_did_not_have_are_told_apart_from_what_it_holds()
    {
        var tally = Learn(120);

        var (nulls, _) = Compare(tally, Day(120, x: x => x < 0.5 ? double.NaN : x));
        Assert.Equal(("x", MovedIn.Nulls), (nulls[0].Column, nulls[0].In));

        var (unseen, moves) = Compare(tally, Day(120, port: port => port == "c" ? "sea" : port));
        Assert.Equal(("port", MovedIn.Unseen), (unseen[0].Column, unseen[0].In));
        Assert.Equal(["port"], moves.Moved);
    }

    [Fact]
    public void With_fewer_than_99_days_it_is_told_and_is_no_alarm()
    {
        foreach (var days in new[] { 98, 99 })
        {
            var (_, moves) = Compare(Learn(days), Day(days, x: x => x * 10));

            Assert.Equal(["x"], moves.Moved);
            Assert.Equal(days == 99, moves.IsAlarm);
            Assert.Equal(
                days == 99
                    ? null
                    : "With fewer than 99 days of training too many alarms would be false, so it is told only.",
                MovesTold.WhyNot(moves, Some.Definition())
            );
        }
    }

    [Fact]
    public void Of_a_text_its_length_is_held_against_others_and_nothing_of_what_it_says()
    {
        var frame = WithTexts(Days(120, _ => x => x), 1, 'a');
        var tally = TallyOf(frame, Known(frame, 120), 120);

        Assert.Empty(Compare(tally, WithTexts(Day(120), 1, 'b')).Moves.Moved);
        var (inputs, moves) = Compare(tally, WithTexts(Day(120), 10, 'a'));
        Assert.Equal(["note"], moves.Moved);
        Assert.Equal("'note' in how many characters it has", MovesTold.Words(inputs[0]));
        Assert.Null(inputs[0].UnseenShare);
    }

    [Fact]
    public void Numbers_that_32_bits_would_make_equal_are_told_apart()
    {
        // Within a minute of an epoch's seconds, of which 32 bits know one every two minutes.
        var frame = Days(120, _ => x => 1_700_000_000 + (60 * x));
        foreach (var scaling in new Scaling?[] { null, Scaling.Standard })
        {
            var encoder = Encoder.Fit(frame, [.. Enumerable.Range(0, frame.Rows)], _ => 2, scaling);
            var tally = TallyOf(frame, Known(frame, 120, encoder), 120, encoder);

            Assert.Empty(Compare(tally, Day(120, x: x => 1_700_000_000 + (60 * x))).Moves.Moved);
            Assert.Equal(["x"], Compare(tally, Day(120, x: x => 1_700_000_000 + (20 * x))).Moves.Moved);
        }
    }

    [Fact]
    public void On_a_weekday_that_training_did_not_have_nothing_is_said_to_be_usual()
    {
        var days = Enumerable.Range(0, 140).Where(day => day % 7 != 3).ToArray();
        var frame = Frame([.. days.Select(day => (day, (Func<double, double>)(x => x)))], port => port);
        var known = Known(frame, 140);

        var (inputs, moves) = Compare(TallyOf(frame, known, 143), Day(143, x: x => x * 10));

        Assert.Equal((true, false), (moves.IsNewSeason, moves.IsAlarm));
        Assert.All(inputs, input => Assert.Null(input.Beyond));
        Assert.Equal(
            "None of the 120 days of training was of the same weekday, so what is usual there is not known.",
            MovesTold.WhyNot(moves, Some.Definition())!.Replace('\u00a0', ' ')
        );
        Assert.True(Compare(TallyOf(frame, known, 144), Day(144, x: x => x * 10)).Moves.IsAlarm);
    }

    [Fact]
    public void A_model_that_does_not_tell_how_its_inputs_were_is_read_and_said_so()
    {
        var known = Documents.Read<KnownBlocks>("{\"format\": 1, \"rows\": []}"u8, "blocks.json");

        Assert.Null(known.Moves);
        Assert.Equal(
            "The model does not tell how its inputs were before: train again.",
            MovesTold.WhyNot(null, Some.Definition())
        );
    }

    [Fact]
    public void Only_where_the_spec_says_so_a_run_is_refused_by_name()
    {
        var (inputs, moves) = Compare(Learn(120), Day(120, port: _ => "sea"));
        var limits = new InputsSpec { UnseenAtMost = new Share(1) };

        InputTally.Demand(inputs, moves, limits);
        Assert.Equal(
            "The inputs are not what the model learned from: more unusual than in any of the 120 blocks of training "
                + "are 'port' in levels that training did not have (100 %). Mend the rows, raise the limits in "
                + "'inputs', or train again. Nothing was published.",
            Assert
                .Throws<Fault>(() => InputTally.Demand(inputs, moves, limits with { Moved = OnMoved.Refuse }))
                .Message.Replace('\u00a0', ' ')
        );
    }

    [Fact]
    public void What_only_tells_the_cutoff_is_left_out()
    {
        var definition = Some.Definition();
        var parts = definition with
        {
            Features = definition.Features with
            {
                Derived = new Dictionary<string, DerivedSpec>
                {
                    ["at"] = new()
                    {
                        Calendar = "day",
                        Parts = [CalendarPart.Month, CalendarPart.DayOfWeek],
                        Cyclic = true,
                    },
                    ["born"] = new() { Calendar = "birthday", Parts = [CalendarPart.Month] },
                },
            },
        };

        Assert.Equal(
            ["at_day_of_week", "at_day_of_week_cos", "at_day_of_week_sin", "at_month", "at_month_cos", "at_month_sin"],
            CutoffParts.Of(parts).Order()
        );
    }

    [Fact]
    public void A_block_is_held_against_the_others_alone()
    {
        // One day of 120 holds what no other does: as unusual as it would be as a run.
        var frame = Days(120, day => day == 60 ? x => x * 10 : x => x);
        var known = Known(frame, 120);

        Assert.Equal(("x", Some.Start.AddDays(61)), (known.Bar!.Input, known.Bar.AsOf));
        var (inputs, moves) = Compare(TallyOf(frame, known, 120), Day(120, x: x => x * 10));
        Assert.Equal(known.Bar.Beyond, inputs[0].Beyond!.Value, known.Bar.Beyond * 0.5);
        Assert.DoesNotContain("port", moves.Moved);
    }

    /// <summary>Of 199 blocks one may be more unusual than the bar, for of 200 that are alike two are a hundredth; with
    /// fewer the only odd one keeps all others quiet.</summary>
    [Theory]
    [InlineData(198, 0)]
    [InlineData(199, 1)]
    [InlineData(299, 2)]
    public void So_many_blocks_may_be_more_unusual_than_what_alarms(int days, int above)
    {
        // Ten times as much on one day, three times today.
        var frame = Days(days, day => day == 60 ? x => x * 10 : x => x);
        var known = Known(frame, days);
        var (_, moves) = Compare(TallyOf(frame, known, days), Day(days, x: x => x * 3));

        Assert.Equal(above, known.Above.Count);
        Assert.Equal(above > 0, known.Above.Any(block => block.AsOf == Some.Start.AddDays(61)));
        Assert.All(known.Above, block => Assert.True(block.Beyond >= known.Bar!.Beyond));
        Assert.Equal(above > 0, moves.IsAlarm);
    }

    [Fact]
    public void A_level_that_is_new_to_the_model_is_no_news_where_blocks_had_it()
    {
        // As where all rows of a port are held out.
        var frame = Days(120, _ => x => x);
        var learned = Encoder.Fit(
            frame,
            [.. Enumerable.Range(0, frame.Rows).Where(row => ((CategoryColumn)frame.Columns[1]).Codes[row] != 3)],
            _ => 2
        );
        var tally = TallyOf(frame, Known(frame, 120, learned), 120, learned);

        var (inputs, moves) = Compare(tally, Day(120));

        Assert.InRange(inputs.Single(input => input.Column == "port").UnseenShare!.Value, 0.2, 0.5);
        Assert.Empty(moves.Moved);
        Assert.Equal(["port"], Compare(tally, Day(120, port: port => port == "c" ? "sea" : port)).Moves.Moved);
    }

    private static (IReadOnlyList<MovedInput> Inputs, MovesTold Moves) Compare(InputTally tally, Frame frame)
    {
        var inputs = tally.Compare([tally.Count(frame)]);
        return (inputs, tally.Told(inputs)!);
    }

    private static InputTally Learn(int days)
    {
        var frame = Days(days, _ => x => x);
        return TallyOf(frame, Known(frame, days), days);
    }

    private static KnownMoves Known(Frame frame, int days, Encoder? encoder = null) =>
        RowBlocks
            .Of(Some.Definition(), new Window(Some.Start, Some.Start.AddDays(days)), frame)!
            .Known(frame, encoder ?? EncoderOf(frame), 2, TestContext.Current.CancellationToken)
            .Moves!;

    private static InputTally TallyOf(Frame frame, KnownMoves known, int day, Encoder? encoder = null) =>
        new(
            encoder ?? EncoderOf(frame),
            Profiles.Of(
                frame,
                [.. Enumerable.Range(0, frame.Rows)],
                [
                    .. frame.Columns.Select(column => new Column(
                        column.Name,
                        column is NumberColumn ? ColumnType.Double : ColumnType.Text,
                        true
                    )),
                ],
                2,
                TestContext.Current.CancellationToken
            ),
            RunSeason.Of(known, new Seasons(new Clock()), Some.Start.AddDays(day + 1))
        );

    private static Encoder EncoderOf(Frame frame) => Encoder.Fit(frame, [.. Enumerable.Range(0, frame.Rows)], _ => 2);

    private static Frame Days(int days, Func<int, Func<double, double>> x) =>
        Frame([.. Enumerable.Range(0, days).Select(day => (day, x(day)))], port => port);

    private static Frame Day(int day, Func<double, double>? x = null, Func<string, string>? port = null) =>
        Frame([(day, x ?? (value => value))], port ?? (level => level));

    /// <summary>The same rows with a text each, as long as chance will have it, times so much.</summary>
    private static Frame WithTexts(Frame frame, int times, char letter)
    {
        var random = new Random(frame.Rows);
        int[] lengths = [.. Enumerable.Range(10, 40).Select(length => length * times)];
        return frame with
        {
            Columns =
            [
                .. frame.Columns,
                new TextColumn(
                    "note",
                    [.. Enumerable.Range(0, frame.Rows).Select(_ => 1 + random.Next(lengths.Length))],
                    [.. lengths.Select(length => Enumerable.Repeat((byte)letter, length).ToArray())],
                    lengths
                ),
            ],
        };
    }

    /// <summary>Of each day the same number of rows, drawn anew.</summary>
    private static Frame Frame((int Day, Func<double, double> X)[] days, Func<string, string> port)
    {
        var (x, codes, cutoffs) = (new List<double>(), new List<int>(), new List<DateTimeOffset>());
        foreach (var day in days)
        {
            var random = new Random(day.Day);
            for (var row = 0; row < Rows; row++)
            {
                x.Add(day.X(random.NextDouble()));
                codes.Add(1 + random.Next(Ports.Length));
                cutoffs.Add(Some.Start.AddDays(day.Day).AddHours(12));
            }
        }

        return new Frame
        {
            Rows = x.Count,
            Columns = [new NumberColumn("x", [.. x]), new CategoryColumn("port", [.. codes], [.. Ports.Select(port)])],
            Labels = Labels.None,
            Cutoffs = [.. cutoffs],
            Keys = new ulong[x.Count],
        };
    }
}
