using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class ReasonsTests
{
    private static readonly FeaturesSpec Features = new()
    {
        Numbers = ["distance"],
        Categories = [new CategorySpec { Column = "origin" }],
        Derived = new Dictionary<string, DerivedSpec>
        {
            ["departs"] = new()
            {
                Calendar = "departure",
                Parts = [CalendarPart.HourOfDay],
                Cyclic = true,
            },
            ["age"] = new() { Expression = "year - built - year" },
            ["route"] = new() { Cross = ["origin", "dest"] },
            ["back"] = new() { Hash = ["dest", "origin"], Buckets = 8 },
            ["far"] = new() { Expression = "log(distance + 1)" },
        },
    };

    private static readonly string[] Columns =
    [
        "distance",
        "origin",
        "departs_hour_of_day",
        "departs_hour_of_day_sin",
        "departs_hour_of_day_cos",
        "age",
        "route",
        "back",
        "far",
        "own",
    ];

    [Fact]
    public void What_is_derived_is_told_as_the_columns_it_came_from()
    {
        var features = RawFeature.Of(Features, Columns);

        Assert.Equal(
            ["distance 0,8", "origin 1", "departure 2,3,4", "year × built 5", "origin × dest 6,7", "own 9"],
            features.Select(feature => $"{feature.Name} {string.Join(',', feature.Columns)}")
        );
        Assert.Equal(["origin", "dest"], features[4].Sources);
    }

    [Fact]
    public void The_strongest_come_first_and_what_adds_nothing_is_no_reason()
    {
        var reasons = new Reasons(new Fixed(), RawFeature.Of(Features, Columns), Columns.Length, threads: 2);
        var rows = new EncodedRows(2, [.. Columns.Select(_ => new float[2])]);

        var told = reasons
            .Of(rows, [1, 0], top: 3, TestContext.Current.CancellationToken, scoreOf: row => row)
            .Select(row => string.Join("; ", row.Select(one => $"{one.Rank} {one.Feature.Name} {one.Contribution}")))
            .ToList();

        Assert.Equal(["1 departure -6; 2 distance 4", "1 origin × dest 9; 2 own -3; 3 origin 2"], told);
    }

    [Fact]
    public void However_many_classes_a_row_has_so_many_rows_are_explained_at_once_as_memory_holds()
    {
        const int Rows = 3000;
        var reasons = new Reasons(new Wide(), RawFeature.Of(Features, Columns), Columns.Length, threads: 2);

        var told = reasons.Of(
            new EncodedRows(Rows, [.. Columns.Select(_ => new float[Rows])]),
            [.. Enumerable.Range(0, Rows)],
            top: 1,
            TestContext.Current.CancellationToken,
            scoreOf: _ => Wide.Classes - 1
        );

        Assert.Equal(
            Enumerable.Range(0, Rows).Select(row => row + 1.0),
            told.Select(row => Assert.Single(row).Contribution)
        );
    }

    /// <summary>A thousand raw scores, of which the last has its row's number for a reason.</summary>
    private sealed class Wide : IExplainer
    {
        public const int Classes = 1000;

        public int Width => Classes;

        public IReadOnlyList<double> Means => new double[Classes];

        public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
        {
            Assert.InRange(contributions.Length, 1, 1 << 22);
            for (var row = 0; row < order.Length; row++)
            {
                contributions[((row + 1) * Classes * Columns.Length) - 1] = order[row] + 1;
            }
        }
    }

    /// <summary>Two raw scores, of which the first is explained by one set of numbers and the second by
    /// another.</summary>
    private sealed class Fixed : IExplainer
    {
        private static readonly double[] Numbers =
        [
            .. new double[] { 1, 2, 0, 0, 0, 0, 5, 4, -1, -3 },
            .. new double[] { 3, 0, -1, -2, -3, 0, 1, -1, 1, 0 },
        ];

        public int Width => 2;

        public IReadOnlyList<double> Means => [0, 0];

        public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
        {
            for (var row = 0; row < order.Length; row++)
            {
                Numbers.CopyTo(contributions[(row * Numbers.Length)..]);
            }
        }
    }
}
