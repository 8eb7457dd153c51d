using Trainyard.Learning.Explaining;

namespace Trainyard.Tests.Models;

public sealed class HighestRowsTests
{
    [Theory]
    [InlineData(0, "", "", "")]
    [InlineData(1, "", "1", "")]
    [InlineData(2, "", "1", "0")]
    [InlineData(3, "0", "1", "0")]
    [InlineData(4, "0", "1,2", "0")]
    [InlineData(6, "0", "0,1,2", "0,1")]
    [InlineData(99, "0", "0,1,2", "0,1")]
    public void They_are_the_highest_of_all_parts_and_of_equal_ones_the_earlier(
        int count,
        string first,
        string second,
        string third
    ) =>
        Assert.Equal(
            [first, second, third],
            Of(
                [
                    [3.0],
                    [2, 5, 3],
                    [4, 3],
                ],
                count
            )
        );

    /// <summary>Shards know no others' answers: the highest of all are among the highest of each, in the same
    /// order.</summary>
    [Fact]
    public void Out_of_those_of_shards_come_those_of_all()
    {
        var random = new Random(2);
        for (var round = 0; round < 200; round++)
        {
            var parts = Enumerable
                .Range(0, 1 + random.Next(5))
                .Select(_ => Enumerable.Range(0, random.Next(9)).Select(_ => (double)random.Next(6)).ToArray())
                .ToArray();
            var count = random.Next(12);
            var ofShards = new int[parts.Length][];
            for (var shard = 0; shard < 2; shard++)
            {
                int[] own = [.. Enumerable.Range(0, parts.Length).Where(part => part % 2 == shard)];
                var chosen = HighestRows.Of([.. own.Select(part => parts[part])], count);
                foreach (var (part, rows) in own.Zip(chosen))
                {
                    ofShards[part] = rows;
                }
            }

            var left = HighestRows.Of(
                [.. parts.Zip(ofShards, (part, rows) => Array.ConvertAll(rows, row => part[row]))],
                count
            );
            Assert.Equal(
                Of(parts, count),
                left.Zip(ofShards, (some, rows) => string.Join(',', some.Select(place => rows[place])))
            );
        }
    }

    private static IEnumerable<string> Of(double[][] parts, long count) =>
        HighestRows.Of(parts, count).Select(rows => string.Join(',', rows));
}
