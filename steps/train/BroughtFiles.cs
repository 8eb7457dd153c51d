using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>The files that the options of a trainer name, as they were frozen with the run.</summary>
internal static class BroughtFiles
{
    public static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(
        RunFolder run,
        RunFile file,
        CancellationToken cancel
    )
    {
        var read = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (_, name) in file.Definition.Model.Options.Files)
        {
            var stored = file.DefinitionFiles.Single(each => each.File == name);
            read[name] = await RunFolder.ReadVerifiedAsync(run.Store, run.DefinitionFolder, stored, cancel);
        }

        return read;
    }
}
