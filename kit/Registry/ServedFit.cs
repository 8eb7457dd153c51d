using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>The fit that answers, where it is not the one that was measured: of the same recipe, size, calibrator and
/// threshold, on all rows with a mature label.</summary>
public sealed record ServedFit
{
    /// <summary>What to do about a <see cref="Problem"/>, as a sentence.</summary>
    public const string Remedy =
        "Look into the newest rows, or train with 'model.serve: measured', under which the measured fit answers.";

    /// <summary>How many rows it has learned.</summary>
    public required long Rows { get; init; }

    /// <summary>The last cutoff that the measured fit has learned, after which two measured ones are compared; null
    /// where the table has no time.</summary>
    public DateTimeOffset? MeasuredThrough { get; init; }

    /// <summary>Where answers are classes: those that it knows, which may be more than the measured fit's.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Its figures on the holdout, most of which it has learned: no promise, but near those of the measured
    /// fit.</summary>
    public required IReadOnlyList<HeldFigure> Figures { get; init; }

    /// <summary>What about its figures keeps the model from being promoted, as part of a sentence; null where nothing
    /// does.</summary>
    [JsonIgnore]
    public string? Problem
    {
        get
        {
            var outside = Figures.Where(figure => !figure.IsWithin).Select(figure => figure.Text).ToList();
            return outside.Count == 0
                ? null
                : "on the holdout the fit that would answer differs from the one that was measured: "
                    + string.Join("; ", outside);
        }
    }
}
