namespace Trainyard.Learning.Scoring;

/// <summary>What a model adds up to a score.</summary>
/// <param name="Penalty">How they were held small.</param>
/// <param name="Intercept">The score of a row in which nothing adds to it, a number a score.</param>
public sealed record Coefficients(double Penalty, IReadOnlyList<double> Intercept, IReadOnlyList<Coefficient> Each)
{
    /// <summary>Whether the sum is not its score, but what it reads in place of texts.</summary>
    public bool AreOfTexts { get; init; }
}

/// <param name="Column">The encoder's.</param>
/// <param name="Level">Of a category, which level it is added for; of a text, which word; else null.</param>
/// <param name="Kind">When it is added.</param>
/// <param name="Values">A number a score: for each unit of the column as it is, or once.</param>
/// <param name="Weight">By how much scores differ through it among the rows learned, to order them by.</param>
public sealed record Coefficient(
    string Column,
    string? Level,
    CoefficientKind Kind,
    IReadOnlyList<double> Values,
    double Weight
);
