using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>What a program says when it fails.</summary>
/// <param name="Outline">The sentence without what stands in rows; null where it quotes none.</param>
public sealed record Failure(ExitCode Code, string Sentence, string? Outline = null);

/// <summary>One sentence and an exit code for whatever a program can die of.</summary>
internal static class Failures
{
    public static Failure Explain(Exception failure) =>
        Innermost(failure) switch
        {
            Fault fault => new(fault.Code, fault.Message, fault.Outline),
            OperationCanceledException => new(ExitCode.Stopped, "Stopped; nothing was left half done."),
            UnauthorizedAccessException denied => new(
                ExitCode.NoPermission,
                $"{Fault.Printable(denied.Message)} Nothing was changed."
            ),
            OutOfMemoryException => new(
                ExitCode.BadConfiguration,
                MemoryGuard.SentenceFor(
                    $"The {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB of memory for objects"
                )
            ),
            IOException broken => new(
                ExitCode.Unavailable,
                $"{Fault.Printable(broken.Message)} Nothing was published."
            ),
            var bug => new(
                ExitCode.Bug,
                $"This is a bug in Trainyard: {bug.GetType().Name}: {Fault.Printable(bug.Message)} Run it with "
                    + "TRAINYARD_LOG_LEVEL=debug and report what it prints. Nothing was published.",
                $"This is a bug in Trainyard: {bug.GetType().Name}."
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
