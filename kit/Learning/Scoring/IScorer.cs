using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;

namespace Trainyard.Learning.Scoring;

/// <summary>What answers encoded rows. Any thread may ask.</summary>
public interface IScorer
{
    /// <summary>How many scores a row has.</summary>
    int Width { get; }

    /// <summary>What it adds up to scores, or reads in place of texts; null where it does something else.</summary>
    Coefficients? Coefficients => null;

    /// <summary>Scores some of the rows, in the order given: <see cref="Width"/> numbers a row. NaN where it has no
    /// answer to a row; whoever asks knows whether there is such a row or it was made up.</summary>
    void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores);

    /// <summary>Why it has no answer to a row, as the end of a sentence, which may quote the row; null where it cannot
    /// say.</summary>
    string? WhyNone(EncodedRows rows, int row) => null;

    /// <summary>Says why it scores so; null where it cannot.</summary>
    IExplainer? Explainer => null;

    /// <summary>The same of one that has to be held against other rows to say it.</summary>
    /// <param name="reference">A few rows as there are many.</param>
    IExplainer? ExplainerBeside(EncodedRows reference) => Explainer;

    /// <summary>What is to be known of the model beside its size.</summary>
    IReadOnlyList<ModelNote> Notes => [];

    /// <summary>Writes into a graph what it does; null where that has no form there.</summary>
    /// <param name="columns">Those of encoded rows, in their order.</param>
    /// <returns>The scores, <see cref="Width"/> numbers a row.</returns>
    GraphValue? Write(IReadOnlyList<GraphValue> columns) => null;

    /// <summary>The file of ONNX that it is, where it was made elsewhere; null where it is none.</summary>
    BroughtFile? Brought => null;

    /// <summary>Of the file in which a package keeps what was saved.</summary>
    string Extension { get; }

    /// <summary>What the trainer loads it from.</summary>
    byte[] Save();
}
