using Trainyard.Learning.Drift;

namespace Trainyard.Benchmarks.Drift;

/// <summary>An input of a simulated table as our code is told of it: what its rows held in each block, in
/// bins.</summary>
internal sealed class SimulatedInput : IInputHistory
{
    private const int Deciles = 10;

    private readonly World.Input _input;
    private readonly long[][] _days;
    private readonly int[] _binOf;

    /// <param name="days">The counts of its cells on each day.</param>
    public SimulatedInput(World.Input input, long[][] days)
    {
        (_input, _days) = (input, days);
        Ends = input.IsNumber ? EndsOf() : null;
        List<int> seen = [.. Enumerable.Range(0, input.Cells).Where(cell => days.Any(day => day[cell] > 0))];
        Levels = input.IsNumber ? null : [.. seen.Select(cell => $"{cell}")];
        _binOf =
        [
            .. Enumerable
                .Range(0, input.Cells)
                .Select(cell =>
                    Ends is { } ends ? ends.Count(end => end < cell)
                    : seen.Contains(cell) ? seen.IndexOf(cell)
                    : Bins - 2
                ),
            Bins - 2,
            Bins - 1,
        ];
    }

    public string Name => _input.Name;

    public IReadOnlyList<double>? Ends { get; }

    public IReadOnlyList<string>? Levels { get; }

    public int Bins => (Ends?.Count ?? Levels!.Count) + 2;

    public long Count(int block, Span<long> bins)
    {
        Add(_days[block], bins);
        return _input.IsNumber ? 0 : Alone(block);
    }

    /// <summary>The bins of a day, with how many of its rows have a level that no other day has.</summary>
    public (long[] Bins, long Unseen) Of(long[] day)
    {
        var bins = new long[Bins];
        Add(day, bins);
        return (bins, _input.IsNumber ? 0 : bins[^2]);
    }

    private void Add(long[] day, Span<long> bins)
    {
        for (var cell = 0; cell < day.Length; cell++)
        {
            bins[_binOf[cell]] += day[cell];
        }
    }

    private long Alone(int block)
    {
        var alone = 0L;
        for (var cell = 0; cell < _input.Cells; cell++)
        {
            if (_days[block][cell] > 0 && !Array.Exists(_days, day => day != _days[block] && day[cell] > 0))
            {
                alone += _days[block][cell];
            }
        }

        return alone;
    }

    private List<double> EndsOf()
    {
        var all = Enumerable.Range(0, _input.Cells).Select(cell => _days.Sum(day => day[cell])).ToList();
        var (ends, sum, total) = (new List<double>(), 0L, all.Sum());
        for (var (cell, decile) = (0, 1); cell < all.Count && decile < Deciles; cell++)
        {
            sum += all[cell];
            if (sum * Deciles >= total * decile)
            {
                ends.Add(cell);
                decile = (int)(sum * Deciles / total) + 1;
            }
        }

        return ends;
    }
}
