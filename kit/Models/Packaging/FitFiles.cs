using Trainyard.Registry;

namespace Trainyard.Models.Packaging;

/// <summary>The stems of a fit's files in a package.</summary>
public sealed record FitFiles(string Model, string Encoder, string Golden)
{
    /// <summary>Of the hashes of the keys that the fit that answers has learned, where there is no time.</summary>
    public const string LearnedKeys = "learned_keys";

    /// <summary>Of what turns the scores of both fits into what is answered.</summary>
    public const string Calibrator = "calibrator";

    public static FitFiles Measured { get; } = new("model", "encoder", "golden");

    public static FitFiles Served { get; } = new("served_model", "served_encoder", "served_golden");

    /// <summary>Of the fit that answers.</summary>
    public static FitFiles Answering(Card card) => card.Served is null ? Measured : Served;
}
