namespace Trainyard.Tests.Architecture;

/// <summary>A new task, trainer or metric is a declaration, a folder and a line in a list, as long as nobody else asks
/// which it is.</summary>
public sealed class ListsTests
{
    private static readonly string[] WithoutMicrosoftMl =
    [
        "extract",
        "features",
        "measure",
        "report",
        "trainyard",
        "Learning",
    ];

    [Fact]
    public void No_task_trainer_or_metric_is_named_outside_its_own_folder()
    {
        var files = new[] { "kit", "steps", "cli", "sample" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(ProjectFile.Root, folder), "*", SearchOption.AllDirectories)
            )
            .Where(path =>
                Path.GetExtension(path) is ".cs" or ".razor"
                && !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal)
            )
            .ToList();

        Assert.NotEmpty(files);
        Assert.Contains(Listed.All, one => one is { List: "ModelTask", Identifier: "Regression", Name: "regression" });
        Assert.Empty(
            files.SelectMany(path =>
                Listed.Violations(
                    Path.GetRelativePath(ProjectFile.Root, path).Replace('\\', '/'),
                    File.ReadAllText(path)
                )
            )
        );
    }

    [Theory]
    [InlineData("kit/Learning/Gates/Gate.cs", "if (task == ModelTask.Binary)", "ModelTask binary")]
    [InlineData("kit/Learning/Gates/Gate.cs", "using static ModelTask; x = y ? Binary : null;", "ModelTask binary")]
    [InlineData("kit/Learning/Splits/Split.cs", "var isOne = targets.Middle is null && IsBinary;", "ModelTask binary")]
    [InlineData("steps/score/Summary.cs", "if (task.Name == \"regression\")", "ModelTask regression")]
    [InlineData("steps/train/Outcome.cs", "metric is Metric.R2", "Metric r2")]
    [InlineData("steps/report/Components/Page.razor", "@if (task == ModelTask.Binary)", "ModelTask binary")]
    [InlineData("steps/report/Components/Page.razor", "<p class=\"@(name == \"cost\" ? 1 : 2)\">", "Metric cost")]
    [InlineData("cli/RunView.cs", "metrics[\"rmse\"]", "Metric rmse")]
    [InlineData("kit/Models/Training.cs", "((LightGbmOptions)options).Leaves", "Trainer lightgbm")]
    [InlineData("kit/Learning/Metrics/Auc.cs", "new PrAuc()", "Metric pr_auc")]
    [InlineData("kit/Learning/Tasks/Binary/BinaryTask.cs", "Metric.Accuracy", "Metric accuracy")]
    [InlineData("kit/Trainers/LightGbm/LightGbmTrainer.cs", "lesson.Task == ModelTask.Binary", "ModelTask binary")]
    public void A_planted_name_is_caught(string path, string line, string named) =>
        Assert.Equal(
            [$"{path}, line 2 names {named}: that is known in its own folder alone (docs/extending.md)."],
            Listed.Violations(path, $"// A comment may speak of ModelTask.Binary.\n{line}")
        );

    [Theory]
    [InlineData("kit/Learning/Tasks/Binary/BinaryTask.cs", "public ModelTask Declaration => ModelTask.Binary;")]
    [InlineData("kit/Trainers/LightGbm/Objectives.cs", "LossKind.Squared => BoostingObjective.Regression,")]
    [InlineData("kit/Warehouses/Postgres/AdvisoryLock.cs", "using System.Buffers.Binary;")]
    [InlineData("steps/report/Components/CostSection.razor", "<table id=\"cost\" class=\"cost\">")]
    [InlineData("kit/Stores/S3/S3Faults.cs", "\"as Cloudflare R2 does\"")]
    public void What_is_at_home_or_means_something_else_is_not(string path, string line) =>
        Assert.Empty(Listed.Violations(path, line));

    [Fact]
    public void Steps_that_do_not_learn_load_no_Microsoft_ML()
    {
        var projects = ProjectFile.All();

        Assert.Equal(["Trainyard.Trainers"], projects.Where(UsesMicrosoftMl).Select(project => project.Name));
        Assert.All(
            projects.Where(project => WithoutMicrosoftMl.Contains(Short(project.Name))),
            project => Assert.DoesNotContain(Reached(project, projects), UsesMicrosoftMl)
        );
        Assert.Contains(Reached(projects.Single(project => project.Name == "train"), projects), UsesMicrosoftMl);
    }

    private static bool UsesMicrosoftMl(ProjectFile project) =>
        project.Packages.Any(package => package.StartsWith("Microsoft.ML", StringComparison.Ordinal));

    private static IEnumerable<ProjectFile> Reached(ProjectFile project, IReadOnlyList<ProjectFile> all) =>
        project
            .Projects.SelectMany(name => Reached(all.Single(other => other.Name == name), all))
            .Prepend(project)
            .Distinct();

    private static string Short(string name) => name.Replace("Trainyard.", "", StringComparison.Ordinal);
}
