using Trainyard.Learning.Drift;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>A block is told of as a run would be, had its model been trained on the other blocks, or runs like them
/// would look unusual for that alone.</summary>
public sealed class MovesHistoryTests
{
    private const int Days = 105;
    private const int Rows = 40;
    private const int Odd = 50;
    private static readonly Seasons Weekdays = new(new Clock());
    private static readonly DateTimeOffset[] AsOfs =
    [
        .. Enumerable.Range(1, Days).Select(day => Some.Start.AddDays(day)),
    ];

    [Theory]
    [InlineData("nothing")]
    [InlineData("values")]
    [InlineData("nulls")]
    [InlineData("levels")]
    [InlineData("new levels")]
    public void A_block_is_as_unusual_as_a_run_that_holds_the_same(string odd)
    {
        var (number, category) = Draw(odd);
        int[] all = [.. Enumerable.Range(0, Days)];

        var known = Learn(all, number, category);

        var runs = all.Select(day => (Beyond: AsRun(day, number, category), AsOf: AsOfs[day])).ToList();
        var most = runs.MaxBy(run => run.Beyond);
        // But for what the day adds to the rows that its neighbours are held against: one part of a hundred.
        Assert.Equal(most.Beyond, known.Bar!.Beyond, most.Beyond * 0.04);
        Assert.Equal(most.AsOf, known.Bar.AsOf);
        Assert.True(odd == "nothing" || most.AsOf == AsOfs[Odd]);
    }

    /// <summary>How unusual a day is as a run of a model that was trained on all others.</summary>
    private static double AsRun(int day, long[][] number, long[][] category)
    {
        int[] others = [.. Enumerable.Range(0, Days).Where(other => other != day)];
        var known = Learn(others, number, category);
        var season = RunSeason.Of(known, Weekdays, AsOfs[day]).Place;
        return new[] { new Counted(number, true, others), new Counted(category, false, others) }
            .Select((input, i) => InputMoves.Of(known.Inputs[i], input.Of(day), season).Beyond!.Value)
            .Max();
    }

    private static KnownMoves Learn(int[] days, long[][] number, long[][] category) =>
        MovesHistory.Of(
            Weekdays,
            [.. days.Select(day => AsOfs[day])],
            [.. days.Select(day => number[day].Sum())],
            [.. days.Select(day => Weekdays.Of(AsOfs[day]))],
            [new Counted(number, true, days), new Counted(category, false, days)],
            1,
            TestContext.Current.CancellationToken
        );

    /// <summary>Of each day the rows in five places of a number, and in forty levels of which some are rare; the last
    /// is null.</summary>
    private static (long[][] Number, long[][] Category) Draw(string odd)
    {
        var random = new Random(5);
        var (number, category) = (new long[Days][], new long[Days][]);
        for (var day = 0; day < Days; day++)
        {
            var isOdd = day == Odd;
            (number[day], category[day]) = (new long[6], new long[41]);
            for (var row = 0; row < Rows; row++)
            {
                var isNull = random.NextDouble() < (isOdd && odd == "nulls" ? 0.5 : 0.05);
                var place = isOdd && odd == "values" ? 4 : random.Next(5);
                number[day][isNull ? 5 : place]++;
                var level = (int)(39 * Math.Pow(random.NextDouble(), 3));
                category[day][
                    isOdd && odd == "levels" ? level / 13
                    : isOdd && odd == "new levels" && row % 2 == 0 ? 39
                    : level
                ]++;
            }
        }

        return (number, category);
    }

    /// <summary>An input by its counts on some days; of a category levels that none of them has have no bin.</summary>
    private sealed class Counted(long[][] counts, bool isNumber, int[] days) : IInputHistory
    {
        private readonly int[] _levels =
        [
            .. Enumerable.Range(0, counts[0].Length - 1).Where(level => days.Any(day => counts[day][level] > 0)),
        ];

        public string Name => isNumber ? "number" : "category";

        public IReadOnlyList<double>? Ends => isNumber ? [0, 1, 2, 3] : null;

        public IReadOnlyList<string>? Levels => isNumber ? null : [.. _levels.Select(level => $"{level}")];

        public int Bins => isNumber ? 6 : _levels.Length + 2;

        public long Count(int block, Span<long> bins)
        {
            var now = Of(days[block]).Bins;
            for (var bin = 0; bin < now.Count; bin++)
            {
                bins[bin] += now[bin];
            }

            return isNumber
                ? 0
                : _levels.Where(level => IsAlone(days[block], level)).Sum(level => counts[days[block]][level]);
        }

        public InputCount Of(int day)
        {
            if (isNumber)
            {
                return new InputCount(Name, counts[day], 0, 0);
            }

            long[] known = [.. _levels.Select(level => counts[day][level])];
            var (unseen, nulls) = (counts[day].Sum() - counts[day][^1] - known.Sum(), counts[day][^1]);
            return new InputCount(Name, [.. known, unseen, nulls], unseen, 0);
        }

        private bool IsAlone(int day, int level) =>
            counts[day][level] > 0 && days.All(other => other == day || counts[other][level] == 0);
    }
}
