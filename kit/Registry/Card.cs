using System.Text.Json.Serialization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>
/// <c>card.json</c> of a package: what the model is, how it was made, and how good it is. Whether it was promoted, and
/// why, stands in the promotions log. Written last and create-only; it vouches for the package's other files.
/// </summary>
public sealed record Card : IDocument
{
    private const string DefinitionFolder = "definition/";

    /// <summary>2 since the promotions log alone tells the verdict, exhibits and facts what is shown, the model is a
    /// text beside which its calibrator lies, and another fit can answer than the measured one.</summary>
    public static IReadOnlyList<string> Formats => ["1.0.0", "1.1.0"];

    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }

    /// <summary>The model's version, which is its train run's id.</summary>
    public required string Version { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>The last cutoff that influenced the fit that answers, up to which its answers are hindsight; null where
    /// the table has no time.</summary>
    public DateTimeOffset? LearnedThrough { get; init; }

    /// <summary>The fit that answers; null where it is the measured one, as in all cards of version 1.0. All that is
    /// said of quality is of the measured one.</summary>
    public ServedFit? Served { get; init; }

    /// <summary>The last cutoff that influenced the measured fit.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? MeasuredThrough => Served is null ? LearnedThrough : Served.MeasuredThrough;

    [JsonConverter(typeof(SpecForm.Converter<Definition>))]
    public required Definition Definition { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>SHA-256 over rows, label and features, by the version that trained it; to compare it, take
    /// <see cref="ComparableHashNow"/>.</summary>
    public required string ComparableHash { get; init; }
    public required Producer Producer { get; init; }

    /// <summary>The files of the package, relative to its folder: model, encoder and golden rows of
    /// each fit, the hashes of learned keys where there is no time, the definition.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>Manifests the model was made from.</summary>
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }

    /// <summary>The profile of each column in the rows that the fit that answers learned from.</summary>
    public required IReadOnlyList<ColumnProfile> Profile { get; init; }

    /// <summary>The columns of the dataset that the model reads, with their kinds, in the order of the
    /// dataset.</summary>
    public required IReadOnlyList<FeatureColumn> Features { get; init; }

    public required SplitCard Split { get; init; }

    /// <summary>What learned it, be it named by the spec or chosen; null in cards of version 1.0.</summary>
    public Trainer? Trainer { get; init; }

    /// <summary>What trainers have reached on validation; null where the spec names one.</summary>
    public IReadOnlyList<TrainerTried>? Tried { get; init; }

    /// <summary>What options have reached on validation; null where none were searched.</summary>
    public IReadOnlyList<Trial>? Trials { get; init; }

    /// <summary>What was learned, as if the spec had named what learned it.</summary>
    [JsonIgnore]
    public Definition Learned => Definition.LearnedBy(Trainer);

    /// <summary>The size that validation picked, in the trainer's unit.</summary>
    public required int Trees { get; init; }

    /// <summary>The options it was learned under, none left out; null in cards of version 1.0, whose definition holds
    /// them.</summary>
    public System.Text.Json.JsonElement? Options { get; init; }

    /// <summary>Binary: the probability from which a row counts as positive.</summary>
    public double? Threshold { get; init; }

    /// <summary>Where answers are classes, or clusters: those that the model knows, by their places among the scores of
    /// a row.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Those of the fit that answers.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? AnsweringClasses => Served?.Classes ?? Classes;

    /// <summary>What the logarithms of probabilities are divided by; 1 where null.</summary>
    public double? Temperature { get; init; }

    /// <summary>By how much the ends of the intervals that a model gives were moved outward, by the rows it had not
    /// learned; null where it gives none.</summary>
    public double? Widening { get; init; }

    public required Evaluation Evaluation { get; init; }

    /// <summary>How the predictions on the holdout are spread: probabilities, or values.</summary>
    public required Histogram Scores { get; init; }

    /// <summary>What a report shows of the model, in its order. Cards of version 1.0 have none: they are made of their
    /// fields by <see cref="CardExhibits"/>, which is how everybody reads them.</summary>
    public IReadOnlyList<Exhibit>? Exhibits { get; init; }

    /// <summary>What is said of the model in a word or a figure; of version 1.0 as the exhibits.</summary>
    public IReadOnlyList<Fact>? Facts { get; init; }

    /// <summary>Cards of version 1.0 hold the verdict of the first decision; nothing reads it.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The hash as this version takes it: models are compared only where it is equal. One of an older kind is
    /// taken again from the definition and its files.</summary>
    public string ComparableHashNow() =>
        Hashes.IsOfThisKind(ComparableHash)
            ? ComparableHash
            : Hashes.OfComparable(
                Definition,
                DefinitionFiles().Select(file => new DefinitionFile(file.Name, file.File.Sha256))
            );

    /// <summary>The files of the definition, by the names that spec and runs have for them.</summary>
    public IEnumerable<(string Name, StoredFile File)> DefinitionFiles() =>
        Files
            .Where(file => file.File.StartsWith(DefinitionFolder, StringComparison.Ordinal))
            .Select(file => (file.File[DefinitionFolder.Length..], file));
}

public sealed record FeatureColumn(string Name, FeatureColumnKind Kind);

[System.Text.Json.Serialization.JsonConverter(
    typeof(System.Text.Json.Serialization.JsonStringEnumConverter<FeatureColumnKind>)
)]
public enum FeatureColumnKind
{
    [System.Text.Json.Serialization.JsonStringEnumMemberName("number")]
    Number,

    [System.Text.Json.Serialization.JsonStringEnumMemberName("category")]
    Category,

    /// <summary>A text that is learned from word by word.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("text")]
    Text,
}

/// <summary>How the rows were divided.</summary>
public sealed record SplitCard
{
    public SplitBounds? Bounds { get; init; }

    /// <summary>In how many folds of fit the size was found, in place of a validation; null where there is
    /// one.</summary>
    public int? Folds { get; init; }

    /// <summary>Where what was picked was held against rows that had not been learned.</summary>
    [JsonIgnore]
    public string Held => HeldIn(Folds);

    /// <summary>The same of so many folds.</summary>
    public static string HeldIn(int? folds) =>
        folds switch
        {
            null => "on validation",
            1 => "in a fold",
            _ => "in folds",
        };

    public required long FitRows { get; init; }
    public required long ValidationRows { get; init; }
    public required long HoldoutRows { get; init; }

    /// <summary>Rows dropped because their label was not yet known when the next part begins.</summary>
    public required long GapRows { get; init; }

    /// <summary>Rows dropped because their label is null, and how many of them stood in the holdout.</summary>
    public required long NullLabels { get; init; }
    public required long NullLabelsInHoldout { get; init; }

    /// <summary>Rows a day (by cutoff, in the pipeline's zone) with the part they are in, for the time line.</summary>
    public IReadOnlyList<PeriodRows> Timeline { get; init; } = [];
}

public sealed record PeriodRows(DateTimeOffset From, SplitPart Part, long Rows);

/// <summary>How good the model is on the holdout, which it has not learned.</summary>
public sealed record Evaluation
{
    /// <summary>The metric that decides.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Binary: the share of positive labels in the holdout. Regression: their mean. Null where labels are
    /// classes.</summary>
    public double? LabelMean { get; init; }

    public required Measured Model { get; init; }

    /// <summary>Null where there is nothing that needs no features to be better than.</summary>
    public Measured? Baseline { get; init; }

    /// <summary>What the baseline answers for every row: the share of positives, or the mean, of fit and validation. At
    /// a threshold it answers with the class that costs less.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>The same in words, where it is no number.</summary>
    public string? BaselineText { get; init; }

    /// <summary>The gain of the model over the baseline in the metric, positive when better.</summary>
    public Estimate? GainOverBaseline { get; init; }

    /// <summary>The answer, where the model gives the same one to every row, of those it learned and of the holdout: it
    /// has learned nothing.</summary>
    public double? OnlyAnswer { get; init; }

    /// <summary>What that is in words, where it is no number.</summary>
    public string? OnlyAnswerText { get; init; }

    /// <summary>In cards of version 1.0: the comparison with the champion of the first decision, or why there was none.
    /// Later ones leave it to the decision.</summary>
    public ChampionComparison? Champion { get; init; }
    public string? NoChampionBecause { get; init; }

    /// <summary>The column of the naive forecast that is the baseline; null where that is a constant.</summary>
    public string? BaselineColumn { get; init; }

    /// <summary>Rows that metrics leave out, in words, by the metrics' names; null where all count all rows.</summary>
    public IReadOnlyDictionary<string, string>? LeftOut { get; init; }

    /// <summary>How many labels lay within their intervals; null where the model gives none.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>Where there is no time and labels drift along the key; null elsewhere.</summary>
    public RowOrder? RowOrder { get; init; }

    /// <summary>How often somebody had looked at some of these rows while options were tried; null where nobody
    /// had.</summary>
    public int? Looks { get; init; }

    /// <summary>What was tried of the constraints; null where there are none.</summary>
    public IReadOnlyList<ConstraintTried>? Constraints { get; init; }

    /// <summary>How the intervals were made: what was resampled, how many blocks there are, or why there are
    /// none.</summary>
    public required string Intervals { get; init; }

    /// <summary>Binary: false positive rate (x) against true positive rate (y), thinned to at most 200 points. This and
    /// what follows is measured for exhibits; only cards of version 1.0 hold it.</summary>
    public IReadOnlyList<Point>? Roc { get; init; }

    /// <summary>Binary: recall (x) against precision (y), thinned to at most 200 points.</summary>
    public IReadOnlyList<Point>? PrecisionRecall { get; init; }

    /// <summary>Binary: mean probability and share of positives in bins of equal count. Regression: mean prediction
    /// and mean label.</summary>
    public IReadOnlyList<ReliabilityBin>? Reliability { get; init; }

    /// <summary>The metric in each week of the holdout.</summary>
    public IReadOnlyList<PeriodMetric>? ByWeek { get; init; }

    /// <summary>By how much the metric falls when a column is shuffled, most important first.</summary>
    public IReadOnlyList<Importance>? Importances { get; init; }

    /// <summary>What the task itself shows and says of it: measured for the card's, which hold it alone.</summary>
    public IReadOnlyList<Exhibit>? Exhibits { get; init; }
    public IReadOnlyList<Fact>? Facts { get; init; }

    /// <summary>The name of the metric as people write it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string MetricTitle => Metric.Title;

    [System.Text.Json.Serialization.JsonIgnore]
    public bool HigherIsBetter => Metric.HigherIsBetter;
}

/// <summary>All metrics of one set of predictions, by name, and the deciding one with its interval.</summary>
public sealed record Measured
{
    public required Estimate Metric { get; init; }

    /// <summary>Binary: auc, pr_auc, log_loss, brier, accuracy, precision, recall, ece. Regression: rmse, mae, r2. A
    /// metric that cannot be computed (no positives) is left out.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}

/// <summary>A value with its 95 % interval, where there is one; its ends are NaN where it was asked for and cannot be
/// computed.</summary>
public sealed record Estimate(double Value, double? Low, double? High)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasInterval => Low is { } low && High is { } high && double.IsFinite(low) && double.IsFinite(high);
}

public sealed record Point(double X, double Y);

public sealed record ReliabilityBin(double Predicted, double Observed, long Rows);

/// <summary>A week of the holdout: the metric is null where it cannot be computed.</summary>
public sealed record PeriodMetric(DateTimeOffset From, long Rows, double? Model, double? Baseline, double? LabelMean);

public sealed record Importance(string Feature, double Drop, double Spread)
{
    /// <summary>How many rows that shuffling made had no answer, and were left out.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Unanswered { get; init; }
}

/// <summary>Champion and challenger on the rows that neither has learned.</summary>
public sealed record ChampionComparison
{
    public required string Champion { get; init; }
    public required long Rows { get; init; }

    /// <summary>The rows' cutoffs are after this instant.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Null, as the two that follow, where the metric of the two cannot be compared.</summary>
    public Estimate? ChampionMetric { get; init; }
    public Estimate? ChallengerMetric { get; init; }

    /// <summary>The challenger's gain over the champion, positive when better.</summary>
    public Estimate? Gain { get; init; }

    /// <summary>Why the metric cannot be compared, as a sentence.</summary>
    public string? NoMetricBecause { get; init; }

    /// <summary>Figures of the two side by side, by their names; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? Figures { get; init; }
}

/// <summary>Counts of values in bins of equal width; <c>Counts[i]</c> lies between <c>Low + i·w</c> and <c>Low +
/// (i+1)·w</c>, <c>w = (High − Low) / Counts.Count</c>; the ends take what lies beyond.</summary>
public sealed record Histogram(double Low, double High, IReadOnlyList<long> Counts);

/// <summary>Promoted or refused, and why.</summary>
public sealed record Verdict
{
    public required bool Promoted { get; init; }

    /// <summary>The reason in a sentence or two.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a person promoted it although the gate said no (<c>train --promote REASON</c>).</summary>
    public bool Forced { get; init; }
}
