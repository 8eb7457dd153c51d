using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>
/// The plans of a pipeline and of those beside it. One that is broken takes its DAGs out of Airflow, with the check
/// that would tell; so each check looks at all. Where there is no plan, there is no Airflow to mislead.
/// </summary>
internal static class StandingPlans
{
    /// <summary>What is wrong with them, a sentence each.</summary>
    public static IReadOnlyList<string> Problems(string folder)
    {
        var own = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return
        [
            .. Directory
                .EnumerateDirectories(Path.GetDirectoryName(own) ?? own)
                .Where(each => each == own || File.Exists(Path.Combine(each, PipelineFolder.SpecFile)))
                .Order(StringComparer.Ordinal)
                .Select(each => each == own ? folder : each)
                .Where(each => File.Exists(Path.Combine(each, FolderHash.PlanFile)))
                .Select(Problem)
                .OfType<string>(),
        ];
    }

    private static string? Problem(string folder)
    {
        var file = Path.Combine(folder, FolderHash.PlanFile);
        var remedy = $"run {ShellText.Line(["trainyard", "plan", folder])} and commit what it writes";
        try
        {
            var plan = JsonNode.Parse(File.ReadAllBytes(file))!;
            return (int)plan["format"]! is var format && format > Plan.Newest
                    ? $"{file} is of a newer Trainyard: its format is {format}, and this one reads up to {Plan.Newest}."
                : format < Plan.Newest ? $"{file} is of an older Trainyard: {remedy}."
                : (string)plan["folder_hash"]! == HashOf(folder, plan) ? null
                : $"{file} is older than the files beside it: {remedy}. Until then Airflow goes on scoring by it, and "
                    + "trains nothing.";
        }
        catch (Exception broken)
            when (broken
                    is JsonException
                        or InvalidOperationException
                        or FormatException
                        or NullReferenceException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return $"{file} is not what `trainyard plan` writes ({broken.Message}): {remedy}.";
        }
    }

    private static string? HashOf(string folder, JsonNode plan)
    {
        try
        {
            return FolderHash.Of(folder, plan["sources"]!.AsArray().Select(name => (string)name!));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
