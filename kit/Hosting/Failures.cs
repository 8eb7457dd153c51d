using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>One sentence and an exit code for whatever a program can die of.</summary>
public static class Failures
{
    public static (ExitCode Code, string Sentence) Explain(Exception failure) =>
        Innermost(failure) switch
        {
            Fault fault => (fault.Code, fault.Message),
            OperationCanceledException => (ExitCode.Stopped, "Stopped; nothing was left half done."),
            UnauthorizedAccessException denied => (
                ExitCode.NoPermission,
                $"{Fault.Printable(denied.Message)} Nothing was changed."
            ),
            OutOfMemoryException => (
                ExitCode.BadConfiguration,
                MemoryGuard.SentenceFor(
                    $"The {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB of memory for objects"
                )
            ),
            IOException broken => (ExitCode.Unavailable, $"{Fault.Printable(broken.Message)} Nothing was published."),
            var bug => (
                ExitCode.Bug,
                $"This is a bug in Trainyard: {bug.GetType().Name}: {Fault.Printable(bug.Message)} Run it with "
                    + "TRAINYARD_LOG_LEVEL=debug and report what it prints. Nothing was published."
            ),
        };

    /// <summary>The exception that a person can act on: a fault wherever it stands, else the innermost cause.</summary>
    private static Exception Innermost(Exception failure)
    {
        for (var at = failure; ; at = at.InnerException!)
        {
            if (at is Fault || at.InnerException is null)
            {
                return at;
            }
        }
    }
}
