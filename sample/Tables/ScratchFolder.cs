namespace Trainyard.Sample.Tables;

/// <summary>A folder for files on their way into the warehouse. It is made when it is first needed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("trainyard-sample-"));

    public string Path => _folder.Value.FullName;

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }
}
