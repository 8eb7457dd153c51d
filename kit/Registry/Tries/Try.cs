using System.Text.Json.Serialization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>
/// What came of a training on the rows of a run that is there already, with another model or metric: an experiment.
/// Nothing is packaged or promoted.
/// </summary>
public sealed record Try : IDocument
{
    public static IReadOnlyList<string> Formats => ["1.1.0"];

    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }

    /// <summary>The train run whose rows were learned.</summary>
    public required string Run { get; init; }

    /// <summary>From 1 on, of that run.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Producer Producer { get; init; }

    [JsonConverter(typeof(SpecForm.Converter<Definition>))]
    public required Definition Definition { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>What is otherwise than in the run, as <c>model.options.leaves=63</c>; empty where nothing is.</summary>
    public required IReadOnlyList<string> Differs { get; init; }

    /// <summary>What has learned it.</summary>
    public required Trainer Trainer { get; init; }

    /// <summary>What validation picked, in the trainer's unit.</summary>
    public required int Size { get; init; }

    /// <summary>From the first row learned to the last figure.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the first fits answer for validation, or in folds, which have picked size, calibrator and
    /// threshold: good to choose by, and no promise.</summary>
    public required TriedPart Validation { get; init; }

    /// <summary>Where those rows are.</summary>
    [JsonIgnore]
    public string Where => Definition.Model.Split.Folds > 1 ? "in folds" : "of validation";

    /// <summary>What the fit on fit and validation answers for the holdout; null where nobody asked.</summary>
    public TriedPart? Holdout { get; init; }
}

/// <summary>A part of the rows, and what a try is worth there.</summary>
public sealed record TriedPart
{
    public required long Rows { get; init; }

    /// <summary>In the metric of the try.</summary>
    public required Estimate Metric { get; init; }

    /// <summary>How its interval was made, or why there is none.</summary>
    public required string Intervals { get; init; }

    /// <summary>Every metric and figure of the task that can be computed, by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The scores of its rows, in the order of the dataset, beside the try.</summary>
    public required StoredFile Scores { get; init; }

    /// <summary>How many a row has.</summary>
    public required int Width { get; init; }

    /// <summary>How they are read.</summary>
    public double? Threshold { get; init; }
    public IReadOnlyList<string>? Classes { get; init; }
    public double? Temperature { get; init; }
    public double? Widening { get; init; }
}
