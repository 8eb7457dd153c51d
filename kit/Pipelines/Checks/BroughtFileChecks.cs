namespace Trainyard.Pipelines;

/// <summary>Rules for the files that options of a trainer name, as far as nobody needs to understand what is in
/// them.</summary>
internal static class BroughtFileChecks
{
    /// <summary>What train and score may have in memory twice.</summary>
    private const long MostBytes = 500_000_000;

    public static IEnumerable<Mistake> Check(Spec spec, string folder, YamlText yaml) =>
        yaml.IsSound("/model/trainer")
            ? spec.Model.Options.Files.SelectMany(each =>
                Problem(folder, each.File) is { } problem
                    ? [yaml.At($"/model/options/{each.Key}", problem)]
                    : Array.Empty<Mistake>()
            )
            : [];

    private static string? Problem(string folder, string file)
    {
        var found = new FileInfo(Path.Combine(folder, file));
        if (!PipelineFolder.IsInside(folder, file))
        {
            return $"'{file}' leads out of the pipeline's folder; the file belongs into it.";
        }

        if (!found.Exists)
        {
            var near = Directory
                .EnumerateFiles(folder, $"*{Path.GetExtension(file)}", SearchOption.AllDirectories)
                .Select(other => Path.GetRelativePath(folder, other));
            return $"the file '{file}' is not there.{Nearest.Hint(file, near)}";
        }

        return found.Length switch
        {
            0 => $"the file '{file}' is empty; put the model there.",
            > MostBytes => $"the file '{file}' has {found.Length / 1_000_000} MB, and a model may have "
                + $"{MostBytes / 1_000_000}; make a smaller one.",
            _ => null,
        };
    }
}
