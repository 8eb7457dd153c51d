using Trainyard.Learning.Encoding;

namespace Trainyard.Learning.Scoring;

/// <summary>Says what each column adds to a raw score, before calibration and link, from what rows have on average on:
/// the mean and a row's contributions add up to its raw score. Any thread may ask.</summary>
public interface IExplainer
{
    /// <summary>How many raw scores a row has.</summary>
    int Width { get; }

    /// <summary>By raw score: the mean of the rows learned.</summary>
    IReadOnlyList<double> Means { get; }

    /// <summary>Explains some of the rows, in the order given: by row and raw score, a number a column.</summary>
    void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions);

    /// <summary>Of contributions that are sampled: their standard error, as the root of the mean of squares over rows,
    /// scores and columns. Null where they are exact.</summary>
    double? ErrorOf(EncodedRows rows, ReadOnlySpan<int> order) => null;
}
