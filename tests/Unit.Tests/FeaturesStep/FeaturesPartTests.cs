using Trainyard.Pipelines;

namespace Trainyard.Tests.FeaturesStep;

public sealed class FeaturesPartTests
{
    private const string Nulls = "2,2013-01-01 05:00:00+00,,,,,,,";

    [Fact]
    public void Declared_columns_pass_as_they_are_and_nothing_else_does()
    {
        var (lines, profile) = SomePart.Of(
            SomePart.Definition(
                new FeaturesSpec { Numbers = ["seats", "miles"], Categories = [new CategorySpec { Column = "from" }] }
            ),
            RunKind.Train,
            SomePart.Row,
            Nulls,
            "3,2013-01-01 05:00:00+00,f,7,1e-05,\"a, \"\"b\"\"\",x,,",
            "4,2013-01-01 05:00:00+00,f,7,NaN,\"\",x,,"
        );
        Assert.Equal(
            [
                "id,at,late,seats,miles,from",
                "1,2013-01-01 05:00:00+00,t,2.5,100,JFK",
                "2,2013-01-01 05:00:00+00,,,,",
                "3,2013-01-01 05:00:00+00,f,1e-05,7,\"a, \"\"b\"\"\"",
                "4,2013-01-01 05:00:00+00,f,,7,\"\"",
            ],
            lines
        );
        Assert.Equal(
            [("id", 0), ("at", 0), ("late", 1), ("seats", 2), ("miles", 1), ("from", 1)],
            profile.Select(column => (column.Name, (int)column.Nulls))
        );
        Assert.Equal([new ValueCount("", 1), new ValueCount("JFK", 1), new ValueCount("a, \"b\"", 1)], profile[5].Top);
        Assert.Equal([new ValueCount("2013-01-01 05:00:00+00", 4)], profile[1].Top);
    }

    [Fact]
    public void A_score_run_has_no_label()
    {
        var (lines, _) = SomePart.Of(
            SomePart.Definition(new FeaturesSpec { Numbers = ["miles"] }),
            RunKind.Score,
            "1,2013-01-01 05:00:00+00,100,2.5,JFK,LAX,,"
        );
        Assert.Equal(["id,at,miles", "1,2013-01-01 05:00:00+00,100"], lines);
    }

    [Fact]
    public void A_calendar_is_that_of_the_zone()
    {
        var calendar = new DerivedSpec
        {
            Calendar = "leaves",
            Parts =
            [
                CalendarPart.MinuteOfHour,
                CalendarPart.MinuteOfDay,
                CalendarPart.HourOfDay,
                CalendarPart.DayOfWeek,
                CalendarPart.DayOfMonth,
                CalendarPart.DayOfYear,
                CalendarPart.WeekOfYear,
                CalendarPart.Month,
                CalendarPart.Quarter,
                CalendarPart.Year,
            ],
        };
        Assert.Equal(
            [
                "x_minute_of_hour,x_minute_of_day,x_hour_of_day,x_day_of_week,x_day_of_month,x_day_of_year,"
                    + "x_week_of_year,x_month,x_quarter,x_year",
                "15,315,5,2,1,1,1,1,1,2013",
                // Summer time; the evening before in New York.
                "30,1410,23,7,30,181,26,6,2,2013",
                // Back in winter, which the remembered transition must not hide.
                "0,0,0,1,30,364,1,12,4,2013",
                ",,,,,,,,,",
            ],
            SomePart.Values(
                calendar,
                SomePart.Row,
                "2,2013-01-01 05:00:00+00,,,,,,2013-07-01 03:30:00+00,",
                "3,2013-01-01 05:00:00+00,,,,,,2013-12-30 05:00:00+00,",
                Nulls
            )
        );
    }

    [Fact]
    public void A_date_has_no_zone() =>
        Assert.Equal(
            ["x_day_of_week,x_hour_of_day", "2,0"],
            SomePart.Values(
                new DerivedSpec { Calendar = "day", Parts = [CalendarPart.DayOfWeek, CalendarPart.HourOfDay] },
                SomePart.Row
            )
        );

    [Fact]
    public void A_cyclic_part_has_sine_and_cosine_of_its_period_and_a_year_has_none() =>
        Assert.Equal(
            ["x_quarter,x_quarter_sin,x_quarter_cos,x_year", "1,1,6.123233995736766e-17,2013", ",,,"],
            SomePart.Values(
                new DerivedSpec
                {
                    Calendar = "leaves",
                    Parts = [CalendarPart.Quarter, CalendarPart.Year],
                    Cyclic = true,
                },
                SomePart.Row,
                Nulls
            )
        );

    [Theory]
    [InlineData(ElapsedUnit.Seconds, "18900")]
    [InlineData(ElapsedUnit.Minutes, "315")]
    [InlineData(ElapsedUnit.Hours, "5.25")]
    [InlineData(ElapsedUnit.Days, "0.21875")]
    public void Time_elapses_between_two_columns(ElapsedUnit unit, string expected) =>
        Assert.Equal(
            ["x", expected, ""],
            SomePart.Values(
                new DerivedSpec
                {
                    Elapsed = new ElapsedSpec
                    {
                        From = "at",
                        To = "leaves",
                        Unit = unit,
                    },
                },
                SomePart.Row,
                Nulls
            )
        );

    [Theory]
    [InlineData("miles / seats", "40")]
    [InlineData("miles / (seats - 2.5)", "")]
    [InlineData("log(0 * miles)", "")]
    [InlineData("if(isnull(seats), 0, seats)", "2.5")]
    public void An_expression_gives_a_finite_number_or_null(string expression, string expected) =>
        Assert.Equal(["x", expected], SomePart.Values(new DerivedSpec { Expression = expression }, SomePart.Row));

    [Fact]
    public void A_null_in_an_expression_gives_null() =>
        Assert.Equal(["x", ""], SomePart.Values(new DerivedSpec { Expression = "miles + seats" }, Nulls));

    [Fact]
    public void Different_rows_never_cross_to_the_same_text() =>
        Assert.Equal(
            ["x", "JFK|LAX", "\\N|\\N", "|\\N", "a\\|b|c", "a|b\\|c", "\\\\N|N"],
            SomePart.Values(
                new DerivedSpec { Cross = ["from", "to"] },
                SomePart.Row,
                Nulls,
                "3,2013-01-01 05:00:00+00,,,,\"\",,,",
                "4,2013-01-01 05:00:00+00,,,,a|b,c,,",
                "5,2013-01-01 05:00:00+00,,,,a,b|c,,",
                "6,2013-01-01 05:00:00+00,,,,\\N,N,,"
            )
        );

    [Fact]
    public void A_zero_below_zero_is_the_same_level_as_zero() =>
        Assert.Equal(
            ["x", "0|-0", "0|-0"],
            SomePart.Values(
                new DerivedSpec { Cross = ["seats", "from"] },
                "1,2013-01-01 05:00:00+00,,,0,-0,,,",
                "2,2013-01-01 05:00:00+00,,,-0,-0,,,"
            )
        );

    [Fact]
    public void A_hash_is_the_same_today_and_in_years() =>
        Assert.Equal(
            ["x", "745", "74"],
            SomePart.Values(new DerivedSpec { Hash = ["from", "to"], Buckets = 1000 }, SomePart.Row, Nulls)
        );

    [Theory]
    [InlineData("x,2013-01-01 05:00:00+00,t,100,2.5,JFK,LAX,,", "column 'id': 'x' is not of the type bigint")]
    [InlineData("1,2013-01-01,t,100,2.5,JFK,LAX,,", "column 'at': '2013-01-01' is not of the type timestamptz")]
    [InlineData("1,2013-01-01 05:00:00+00,yes,100,2.5,JFK,LAX,,", "column 'late': 'yes' is not of the type boolean")]
    [InlineData("1,2013-01-01 05:00:00+00,t,abc,2.5,JFK,LAX,,", "column 'miles': 'abc' is not of the type integer")]
    [InlineData(
        ",2013-01-01 05:00:00+00,t,1,2.5,JFK,LAX,,",
        "column 'id': the value is null, which this column may not be"
    )]
    [InlineData(
        "1,2013-01-01 05:00:00+00,t,1,2.5,JFK",
        "the row has 6 fields, not 9: '1,2013-01-01 05:00:00+00,t,1,2.5,JFK'"
    )]
    public void A_value_of_another_type_is_refused(string row, string problem)
    {
        var fault = Assert.Throws<Fault>(() =>
            SomePart.Of(SomePart.Definition(new FeaturesSpec { Numbers = ["miles"] }), RunKind.Train, SomePart.Row, row)
        );
        Assert.Equal((ExitCode.BadData, $"part.csv:3: {problem}. Nothing was changed."), (fault.Code, fault.Message));
    }
}
