using System.Security.Cryptography;
using System.Text;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>Held while a run of a pipeline goes on, so that two never overlap on this machine. The system lets go of
/// it when the process dies, however it dies.</summary>
internal sealed class PipelineLock : IDisposable
{
    private readonly FileStream _file;

    private PipelineLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; 75 where another run holds it.</summary>
    public static PipelineLock Take(IStore store, string pipeline)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Uri}\n{pipeline}")))[..16];
        var path = Path.Combine(Path.GetTempPath(), $"trainyard-{pipeline}-{id}.lock");
        try
        {
            return new PipelineLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception held) when (IoFaults.IsLocked(held))
        {
            throw new Fault(
                ExitCode.TemporaryFailure,
                $"Another run of pipeline '{pipeline}' is going on ({path} is locked); try again when it has "
                    + "ended. Nothing was changed."
            );
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            throw IoFaults.Of(
                problem,
                $"The lock of pipeline '{pipeline}', {path}, cannot be taken (TMPDIR names its folder, which is /tmp "
                    + "otherwise)",
                path
            );
        }
    }

    public void Dispose() => _file.Dispose();
}
