namespace Trainyard.Learning.Drift;

/// <summary>What an input held in each block.</summary>
public interface IInputHistory
{
    string Name { get; }

    /// <summary>Of a number: where its bins end.</summary>
    IReadOnlyList<double>? Ends { get; }

    /// <summary>Of a category: the levels that have a bin of their own.</summary>
    IReadOnlyList<string>? Levels { get; }

    /// <summary>How many bins there are; the last is null.</summary>
    int Bins { get; }

    /// <summary>Adds the rows of a block to the counts of their bins.</summary>
    /// <returns>The rows with a level that no other block has.</returns>
    long Count(int block, Span<long> bins);
}
