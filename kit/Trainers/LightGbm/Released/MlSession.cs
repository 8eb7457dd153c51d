using Microsoft.ML;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>A Microsoft.ML context whose temporary files lie in a private folder, removed at the end.</summary>
internal sealed class MlSession : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("trainyard-");

    public MlSession() => Context = new MLContext(1) { TempFilePath = _temporary.FullName };

    public MLContext Context { get; }

    public void Dispose() => _temporary.Delete(recursive: true);
}
