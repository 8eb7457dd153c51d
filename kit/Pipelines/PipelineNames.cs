namespace Trainyard.Pipelines;

/// <summary>A pipeline's name is that of its folder, so a step that needs only the name takes either.</summary>
public static class PipelineNames
{
    /// <summary>The name in <c>pipelines/flights</c>, <c>/pipelines/flights/</c> or <c>flights</c>.</summary>
    public static string Of(string folderOrName) =>
        folderOrName is "." or ".."
        || folderOrName.EndsWith("/.", StringComparison.Ordinal)
        || folderOrName.EndsWith("/..", StringComparison.Ordinal)
            ? Path.GetFileName(Path.GetFullPath(folderOrName))
            : Path.GetFileName(folderOrName.TrimEnd('/', Path.DirectorySeparatorChar));
}
