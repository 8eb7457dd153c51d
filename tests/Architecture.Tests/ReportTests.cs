using System.Text.RegularExpressions;

namespace Trainyard.Tests.Architecture;

/// <summary>The report draws exhibits: it must not know which tasks, metrics and trainers there are.</summary>
public sealed partial class ReportTests
{
    /// <summary>The words of metrics, a list of its own.</summary>
    private const string Words = "MetricWords.cs";

    [Fact]
    public void The_report_names_no_task_metric_or_trainer()
    {
        var sources = Sources().ToList();

        Assert.Contains(sources, source => source.EndsWith("Page.razor", StringComparison.Ordinal));
        Assert.Empty(
            sources.SelectMany(source =>
                Named(File.ReadAllText(source)).Select(name => $"{Path.GetFileName(source)} names {name}")
            )
        );
    }

    [Theory]
    [InlineData("if (data.Task == ModelTask.Binary)", "ModelTask")]
    [InlineData("card.Definition.Model.Trainer == Trainer.LightGbm", "Trainer.LightGbm")]
    [InlineData("Metric.PrAuc.Title()", "Metric.PrAuc")]
    public void A_planted_name_is_caught(string source, string expected) => Assert.Equal([expected], Named(source));

    private static IEnumerable<string> Named(string source) => Lists().Matches(source).Select(match => match.Value);

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Path.Combine(ProjectFile.Root, "steps/report"), "*", SearchOption.AllDirectories)
            .Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            )
            .Where(file => Path.GetFileName(file) != Words);

    /// <summary>A task's type, or a member of the lists of metrics and trainers; not a property of such a name.
    /// </summary>
    [GeneratedRegex(@"\bModelTask\b|(?<![.\w])(Metric|Trainer)\.\w+")]
    private static partial Regex Lists();
}
