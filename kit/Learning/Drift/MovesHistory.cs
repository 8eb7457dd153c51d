using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>
/// Learns how far blocks lie from each other. Of each input and block the distance is that to the rows of all other
/// blocks; its logarithm is counted from the mean of its season, in scales of the input. How unusual a block is, is the
/// largest of these over all inputs. A run is like them unless it is among the most unusual hundredth of them and
/// itself: its rank (Vovk, Gammerman and Shafer 2005, inductive conformal prediction).
/// </summary>
public static class MovesHistory
{
    /// <summary>A season has at least so many blocks, or seasons are coarser.</summary>
    private const int FewestOfSeason = 8;

    /// <param name="asOfs">Of each block.</param>
    /// <param name="rows">Of each block.</param>
    /// <param name="seasonOf">Of each block.</param>
    public static KnownMoves Of(
        Seasons clock,
        IReadOnlyList<DateTimeOffset> asOfs,
        long[] rows,
        int[] seasonOf,
        IReadOnlyList<IInputHistory> inputs,
        int threads,
        CancellationToken cancel
    )
    {
        int[] blocks = [.. Enumerable.Range(0, rows.Length).Where(block => rows[block] > 0)];
        var coarseness = CoarsenessOf(clock, [.. blocks.Select(block => seasonOf[block])]);
        int[] all = [.. blocks.Select(block => clock.Coarser(seasonOf[block], coarseness)).Distinct().Order()];
        var places = all.Index().ToDictionary(season => season.Item, season => season.Index);
        int[] seasons = [.. blocks.Select(block => places[clock.Coarser(seasonOf[block], coarseness)])];
        long[] counts = [.. blocks.Select(block => rows[block])];
        var learned = Concurrently.Select(
            inputs,
            threads,
            input => Learn(input, blocks, counts, seasons, all.Length),
            cancel
        );
        OddBlock[] odd =
        [
            .. Enumerable
                .Range(0, blocks.Length)
                .Select(block => learned.Select(input => (input.Input.Name, Beyond: input.Beyond[block])))
                .Select(inputs => inputs.Where(input => !double.IsNaN(input.Beyond)).ToList())
                .Index()
                .Where(block => block.Item.Count > 0)
                .Select(block => (block.Index, Most: block.Item.MaxBy(input => input.Beyond)))
                .OrderByDescending(block => block.Most.Beyond)
                .Take(KnownMoves.MayLieAbove(blocks.Length) + 1)
                .Select(block => new OddBlock(asOfs[blocks[block.Index]], block.Most.Name, block.Most.Beyond)),
        ];
        return new KnownMoves
        {
            Blocks = blocks.Length,
            Coarseness = coarseness,
            Seasons = all,
            Bar = odd.LastOrDefault(),
            Above = [.. odd.SkipLast(1)],
            Inputs = [.. learned.Select(each => each.Input)],
        };
    }

    private static int CoarsenessOf(Seasons clock, int[] seasons) =>
        Enumerable
            .Range(0, clock.Coarsest + 1)
            .FirstOrDefault(
                coarseness =>
                    seasons
                        .CountBy(season => clock.Coarser(season, coarseness))
                        .All(each => each.Value >= FewestOfSeason),
                clock.Coarsest
            );

    /// <returns>The input, and of each block how unusual it is in its most unusual distance.</returns>
    private static (KnownInput Input, double[] Beyond) Learn(
        IInputHistory input,
        int[] blocks,
        long[] rows,
        int[] seasons,
        int seasonCount
    )
    {
        var (all, counts, others) = (new long[input.Bins], new long[input.Bins], new long[input.Bins]);
        foreach (var block in blocks)
        {
            input.Count(block, all);
        }

        var distances = new Distances[blocks.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            Array.Clear(counts);
            var unseen = input.Count(blocks[i], counts);
            for (var bin = 0; bin < counts.Length; bin++)
            {
                others[bin] = all[bin] - counts[bin];
            }

            var groups = input.Levels is null ? null : LevelGroups.Of(others);
            distances[i] = Distances.Of(counts, unseen, others, groups);
        }

        UsualDistances[] usual =
        [
            .. Enumerable
                .Range(0, input.Levels is null ? Distances.OfNumbers : Distances.OfCategories)
                .Select(which =>
                    UsualDistances.Of([.. distances.Select(each => each[which])], rows, seasons, seasonCount)
                ),
        ];
        return (
            new KnownInput
            {
                Name = input.Name,
                Ends = input.Ends,
                Levels = input.Levels,
                Bins = all,
                Values = usual[0].Usual,
                Nulls = usual[1].Usual,
                Unseen = input.Levels is null ? null : usual[2].Usual,
                Groups = input.Levels is null ? null : usual[3].Usual,
            },
            [
                .. Enumerable
                    .Range(0, blocks.Length)
                    .Select(block =>
                        usual
                            .Select(each => each.Beyond[block])
                            .Where(beyond => !double.IsNaN(beyond))
                            .DefaultIfEmpty(double.NaN)
                            .Max()
                    ),
            ]
        );
    }
}
