using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>How far each input of a block lay from the rows of all other blocks of the train window, for whoever asks
/// whether a block of a score run lies further off than any of them.</summary>
public sealed record KnownMoves
{
    /// <summary>With so many blocks one in a hundred runs alarms for nothing; with fewer, more do, and none is
    /// to.</summary>
    public const int FewestBlocks = 99;

    /// <summary>How many blocks there are that have rows.</summary>
    public required int Blocks { get; init; }

    /// <summary>How coarse the seasons are, as <see cref="Pipelines.Seasons"/> knows them.</summary>
    public required int Coarseness { get; init; }

    /// <summary>The seasons that have a usual distance, in the order of <see cref="UsualDistance.Centers"/>.</summary>
    public required IReadOnlyList<int> Seasons { get; init; }

    /// <summary>The block that a run must be more unusual than to alarm; null where no block can be judged.</summary>
    public OddBlock? Bar { get; init; }

    /// <summary>The blocks that were more unusual than that one, the most unusual first.</summary>
    public IReadOnlyList<OddBlock> Above { get; init; } = [];

    public required IReadOnlyList<KnownInput> Inputs { get; init; }

    /// <summary>How many blocks may lie above the bar, so that of 100 runs that are like them at most one alarms: a run
    /// is as likely at any place among them.</summary>
    public static int MayLieAbove(int blocks) => Math.Max(0, ((blocks + 1) / (FewestBlocks + 1)) - 1);

    [JsonIgnore]
    public bool CanAlarm => Blocks >= FewestBlocks && Bar is not null;
}

/// <summary>A block of training and its most unusual input.</summary>
/// <param name="Beyond">How unusual, in scales of the input.</param>
public sealed record OddBlock(DateTimeOffset AsOf, string Input, double Beyond);

/// <summary>An input in the rows of all blocks.</summary>
public sealed record KnownInput
{
    public required string Name { get; init; }

    /// <summary>Of a number: the upper ends of its bins, without the last.</summary>
    public IReadOnlyList<double>? Ends { get; init; }

    /// <summary>Of a category: the levels that have a bin of their own.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>The rows in each bin; of a category one more for all other levels; the last is null.</summary>
    public required IReadOnlyList<long> Bins { get; init; }

    /// <summary>Of what it holds where it is not null, of how often it is null, and of a category how often its level
    /// is new.</summary>
    public required UsualDistance Values { get; init; }
    public required UsualDistance Nulls { get; init; }
    public UsualDistance? Unseen { get; init; }

    /// <summary>Of a category: what it holds in groups of levels.</summary>
    public UsualDistance? Groups { get; init; }
}

/// <summary>What the logarithm of a distance usually is.</summary>
/// <param name="Centers">Its mean in each season.</param>
/// <param name="Scale">How far it usually lies from there.</param>
public sealed record UsualDistance(IReadOnlyList<double> Centers, double Scale)
{
    /// <summary>How many scales beyond the usual one a distance lies; null where there is none.</summary>
    /// <param name="season">The place of its season.</param>
    public double? Beyond(double logarithm, int season) =>
        double.IsNaN(logarithm) || double.IsNaN(Centers[season]) ? null : (logarithm - Centers[season]) / Scale;
}
