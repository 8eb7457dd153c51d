using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;

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
        }
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

        Assert.Equal("x", known.Moves.LargestInput);
        Assert.Equal(Some.Start.AddDays(61), known.Moves.LargestAsOf);
        var (inputs, moves) = Compare(TallyOf(frame, known, 120), Day(120, x: x => x * 10));
        Assert.Equal(known.Moves.Largest!.Value, inputs[0].Beyond!.Value, known.Moves.Largest.Value * 0.5);
        Assert.DoesNotContain("port", moves.Moved);
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

    private static KnownBlocks Known(Frame frame, int days) =>
        RowBlocks
            .Of(Some.Definition(), new Window(Some.Start, Some.Start.AddDays(days)), frame)!
            .Known(frame, EncoderOf(frame), 2, TestContext.Current.CancellationToken);

    private static InputTally TallyOf(Frame frame, KnownBlocks known, int day) =>
        new(
            EncoderOf(frame),
            Profiles.Of(
                frame,
                [.. Enumerable.Range(0, frame.Rows)],
                [new("x", ColumnType.Double, true), new("port", ColumnType.Text, true)],
                2,
                TestContext.Current.CancellationToken
            ),
            RunSeason.Of(known.Moves, new Seasons(new Clock()), Some.Start.AddDays(day + 1))
        );

    private static Encoder EncoderOf(Frame frame) => Encoder.Fit(frame, [.. Enumerable.Range(0, frame.Rows)], _ => 2);

    private static Frame Days(int days, Func<int, Func<double, double>> x) =>
        Frame([.. Enumerable.Range(0, days).Select(day => (day, x(day)))], port => port);

    private static Frame Day(int day, Func<double, double>? x = null, Func<string, string>? port = null) =>
        Frame([(day, x ?? (value => value))], port ?? (level => level));

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
