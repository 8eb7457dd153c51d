using System.Globalization;

namespace Trainyard.Benchmarks.Drift;

/// <summary>What can go wrong with a day.</summary>
internal static class Plants
{
    /// <param name="plant"><c>none</c>, <c>unit</c> (a number in another unit: times ten), <c>one_value</c>,
    /// <c>one_level</c>, <c>renamed SHARE</c> (of a level with that share of the rows) or <c>nulls SHARE</c>.</param>
    public static void Plant(string plant, World world, long[][] day)
    {
        var (what, share) = plant.Split(':') is [var name, var text]
            ? (name, double.Parse(text, CultureInfo.InvariantCulture))
            : (plant, 0);
        var (number, category) = (day[0], day[4]);
        switch (what)
        {
            case "unit":
                TimesTen(number.AsSpan(0, World.Values));
                break;
            case "one_value":
                Gather(number.AsSpan(0, World.Values), World.Values / 2);
                break;
            case "one_level":
                Gather(category.AsSpan(0, world.Inputs[4].Cells), 0);
                break;
            case "renamed":
                Move(category, share, category.Length - 2);
                break;
            case "nulls":
                Move(number, share, number.Length - 1);
                break;
            default:
                break;
        }
    }

    /// <summary>Values lie about zero, at the middle of the cells.</summary>
    private static void TimesTen(Span<long> cells)
    {
        var before = cells.ToArray();
        cells.Clear();
        for (var cell = 0; cell < before.Length; cell++)
        {
            var to = ((cell - (before.Length / 2)) * 10) + (before.Length / 2);
            cells[Math.Clamp(to, 0, before.Length - 1)] += before[cell];
        }
    }

    private static void Gather(Span<long> cells, int into)
    {
        var all = 0L;
        foreach (ref var count in cells)
        {
            all += count;
            count = 0;
        }

        cells[into] = all;
    }

    /// <summary>Takes that share of the rows out of all cells alike.</summary>
    private static void Move(long[] cells, double share, int into)
    {
        var (moved, taken, all) = (0L, 0L, cells.Sum());
        for (var cell = 0; cell < cells.Length - 2; cell++)
        {
            taken += cells[cell];
            var take = (long)Math.Round(taken * share) - moved;
            cells[cell] -= Math.Min(take, cells[cell]);
            moved += Math.Min(take, cells[cell] + take);
        }

        cells[into] += all - cells.Sum();
    }
}
