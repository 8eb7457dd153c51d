using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What is said of a model that was made elsewhere.</summary>
public sealed record OnnxModelOptions : TrainerOptions
{
    /// <summary>What such names are, as a sentence.</summary>
    public const string ClassesRule = "classes are two or more, each once, in the order of their probabilities.";

    private const string Day = "yyyy-MM-dd";

    [Description("The file of ONNX, beside pipeline.yaml. It must be named.")]
    [Example("model.onnx")]
    public string? File { get; init; }

    [Description(
        "The last day of whose cutoffs it may have learned rows, in the clock's zone. It must be named where there is "
            + "time; of a model that has learned none of these rows, a day before the first."
    )]
    [Example("2024-05-01")]
    public string? LearnedThrough { get; init; }

    [Description(
        "Multiclass: the classes in the order of their probabilities. Default: those under 'classes' in the file's "
            + "metadata, a list in JSON."
    )]
    public IReadOnlyList<string>? Classes { get; init; }

    [Description("Which output of the file holds the answer, where several could.")]
    [Example("probabilities")]
    public string? Output { get; init; }

    [JsonIgnore]
    public override IReadOnlyList<(string Key, string File)> Files => File is { } file ? [("file", file)] : [];

    /// <summary>The last moment of that day.</summary>
    public override DateTimeOffset? BroughtThrough(Clock clock) =>
        DayOf(LearnedThrough) is { } day ? clock.StartOf(day.AddDays(1)).AddMicroseconds(-1) : null;

    internal IEnumerable<(string Key, string Problem)> Problems(Spec spec)
    {
        if (File is null)
        {
            yield return (
                "file",
                "the file is missing: a model that was made elsewhere is named by model.options.file, such as "
                    + "'options: {file: model.onnx}'."
            );
        }

        if (spec.Rows.HasTime && LearnedThrough is null)
        {
            yield return (
                "learned_through",
                "learned_through is missing: say of which day the last rows are that the model may have learned, such "
                    + "as 'learned_through: 2024-05-01', or a day before the first where it has learned none of them. "
                    + "There is no default, since a wrong one is a leak."
            );
        }
        else if (!spec.Rows.HasTime && LearnedThrough is not null)
        {
            yield return ("learned_through", "learned_through has no meaning without rows.cutoff; remove it.");
        }
        else if (LearnedThrough is not null && DayOf(LearnedThrough) is null)
        {
            yield return (
                "learned_through",
                $"'{LearnedThrough}' is no day; write one as 2024-05-01, which is meant in {spec.Clock.Zone}."
            );
        }

        if (Classes is not null && !spec.Model.Task.Label.AreClasses)
        {
            yield return ("classes", $"the task {spec.Model.Task} has no classes to name; remove it.");
        }
        else if (Classes is not null && !AreClasses(Classes))
        {
            yield return ("classes", ClassesRule);
        }
    }

    /// <summary>Whether classes can be told apart by their names.</summary>
    public static bool AreClasses(IReadOnlyList<string?> names) =>
        names.Count > 1 && !names.Contains(null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count;

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1900 and < 9000
            ? day
            : null;
}
