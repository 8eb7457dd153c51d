using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>What a program says when it fails.</summary>
/// <param name="Outline">The sentence without what stands in rows; null where it quotes none.</param>
public sealed record Failure(ExitCode Code, string Sentence, string? Outline = null);

/// <summary>One sentence and an exit code for whatever a program can die of.</summary>
public static class Failures
{
    /// <param name="failure">What happened.</param>
    /// <param name="changes">What the program had changed by then: where the sentence says that it was nothing, and
    /// that is not true, the sentence is another.</param>
    public static Failure Explain(Exception failure, Changes changes)
    {
        var told = Explain(failure);
        return told with
        {
            Sentence = changes.Settle(told.Sentence),
            Outline = told.Outline is { } outline ? changes.Settle(outline) : null,
        };
    }

    /// <summary>The same for a line of the log, of a command that goes on: it holds nothing that stands in rows, nor
    /// claims anything of what was changed.</summary>
    public static string OutlineOf(Exception failure)
    {
        var told = Explain(failure);
        return Changes.WithoutClaims(told.Outline ?? told.Sentence);
    }

    private static Failure Explain(Exception failure) =>
        Telling(failure) switch
        {
            Fault fault => new(fault.Code, fault.Message, fault.Outline),
            OperationCanceledException or TimeoutException => new(
                ExitCode.Unavailable,
                "Something did not answer in time. Nothing was changed; try again."
            ),
            OutOfMemoryException => new(
                ExitCode.BadConfiguration,
                MemoryGuard.SentenceFor(
                    $"The {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB of memory for objects"
                )
            ),
            var broken when IoFaults.Is(broken) => Explain(IoFaults.Of(broken)),
            var bug => new(
                ExitCode.Bug,
                $"This is a bug in Trainyard: {bug.GetType().Name}: {Fault.Printable(bug.Message)} Run it with "
                    + "TRAINYARD_LOG_LEVEL=debug and report what it prints. Nothing was published.",
                $"This is a bug in Trainyard: {bug.GetType().Name}."
            ),
        };

    /// <summary>Where it happened, for the log. What a fault says may name a row, and is for a person's eyes: it is the
    /// last sentence, not a line of the log.</summary>
    public static string TraceOf(Exception failure)
    {
        var (lines, isTold) = (new List<string>(), Telling(failure) is Fault);
        for (var at = failure; at is not null; at = at.InnerException)
        {
            lines.Add($"{at.GetType().FullName}{(isTold ? "" : $": {at.Message}")}\n{at.StackTrace}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The exception that a person can act on: a fault wherever it stands; else what was asked of a file,
    /// which names it; else the innermost cause.</summary>
    private static Exception Telling(Exception failure)
    {
        Exception? file = null;
        for (var at = failure; ; at = at.InnerException)
        {
            file ??= IoFaults.Is(at) ? at : null;
            if (at is Fault)
            {
                return at;
            }

            if (at.InnerException is null)
            {
                return file ?? at;
            }
        }
    }
}
