using Trainyard.Registry;

namespace Trainyard.Models.Packaging;

/// <summary>The stems of a fit's files in a package.</summary>
/// <param name="prefix">What they begin with.</param>
public sealed class FitFiles(string prefix)
{
    /// <summary>Of the hashes of the keys that the fit that answers has learned, where there is no time.</summary>
    public const string LearnedKeys = "learned_keys";

    /// <summary>Of what turns the scores of both fits into what is answered.</summary>
    public const string Calibrator = "calibrator";

    public static FitFiles Measured { get; } = new("");

    public static FitFiles Served { get; } = new("served_");

    public string Encoder => $"{prefix}encoder";

    public string Golden => $"{prefix}golden";

    /// <summary>Of the fit that answers.</summary>
    public static FitFiles Answering(Card card) => card.Served is null ? Measured : Served;

    /// <summary>Of one of the parts that answer together.</summary>
    public string Of(string part) => $"{prefix}{part}";
}
