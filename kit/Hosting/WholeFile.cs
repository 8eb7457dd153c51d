using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>A file that somebody names in a setting, to be written: it is whole, or as it was.</summary>
public static class WholeFile
{
    /// <summary>The file's path; 64 where that is a folder.</summary>
    public static string PathOf(Invocation invocation, Setting<string> setting)
    {
        var path = invocation.Settings.Require(setting);
        return Path.EndsInDirectorySeparator(path) || Directory.Exists(path)
            ? throw Fault.Usage($"{setting.Name}: '{path}' is a folder; name a file in it. Nothing was changed.")
            : path;
    }

    public static async Task WriteAsync(
        Setting<string> setting,
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancel
    )
    {
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(beside, content, cancel);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            // It names the file beside, of which nobody needs to know.
            var (code, why) = IoFaults.Explain(problem, path);
            throw new Fault(code, $"{setting.Name}: '{path}' cannot be written: {why}. Nothing was changed.", problem);
        }
        finally
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }
        }
    }
}
