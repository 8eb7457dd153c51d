using Microsoft.ML;

namespace Trainyard.Trainers.MlNet;

/// <summary>A Microsoft.ML context whose temporary files lie in a private folder, removed at the end.</summary>
internal sealed class MlSession : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("trainyard-");

    public MlSession(int seed = 1)
    {
        Context = new MLContext(seed) { TempFilePath = _temporary.FullName };

        // A stopped step does not wait for a fit, which cannot be interrupted, and so never comes to Dispose.
        AppDomain.CurrentDomain.ProcessExit += RemoveFolder;
    }

    public MLContext Context { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveFolder;
        RemoveFolder(this, EventArgs.Empty);
    }

    private void RemoveFolder(object? sender, EventArgs e)
    {
        if (Directory.Exists(_temporary.FullName))
        {
            _temporary.Delete(recursive: true);
        }
    }
}
