using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>The rows of a features dataset in memory, by column: what a model learns from, or answers.</summary>
public sealed record Frame
{
    public required int Rows { get; init; }

    /// <summary>The feature columns, in the order of the dataset.</summary>
    public required IReadOnlyList<FrameColumn> Columns { get; init; }

    public required Labels Labels { get; init; }

    /// <summary>What a naive forecast says of each row, NaN where it says nothing; empty where there is none.</summary>
    public double[] Forecasts { get; init; } = [];

    /// <summary>Each row's cutoff; empty where the table has no time.</summary>
    public required DateTimeOffset[] Cutoffs { get; init; }

    /// <summary>A hash of each row's key that is the same on every machine.</summary>
    public required ulong[] Keys { get; init; }

    public IEnumerable<FeatureColumn> Features => Columns.Select(column => column.Feature);

    /// <summary>The frame of some of the rows, in the order given.</summary>
    public Frame Take(int[] rows) =>
        this with
        {
            Rows = rows.Length,
            Columns = [.. Columns.Select(column => column.Take(rows))],
            Labels = Labels.Take(rows),
            Forecasts = Forecasts.Length == 0 ? [] : Array.ConvertAll(rows, row => Forecasts[row]),
            Cutoffs = Cutoffs.Length == 0 ? [] : Array.ConvertAll(rows, row => Cutoffs[row]),
            Keys = Array.ConvertAll(rows, row => Keys[row]),
        };

    public FrameColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>A feature's values.</summary>
public abstract record FrameColumn(string Name)
{
    public abstract FeatureColumn Feature { get; }

    public abstract bool IsNull(int row);

    /// <summary>The column of some of the rows, in the order given.</summary>
    public abstract FrameColumn Take(int[] rows);
}

/// <param name="Codes">0 where null, else one more than the level's place in <paramref name="Levels"/>.</param>
public sealed record CategoryColumn(string Name, int[] Codes, IReadOnlyList<string> Levels) : FrameColumn(Name)
{
    /// <summary>Whether its levels are numbers, each in the one way that <see cref="LevelText"/> writes it.</summary>
    public bool HasNumbers { get; init; }

    public override FeatureColumn Feature => new(Name, FeatureColumnKind.Category);

    public override bool IsNull(int row) => Codes[row] == 0;

    public override FrameColumn Take(int[] rows) => this with { Codes = Array.ConvertAll(rows, row => Codes[row]) };
}
