using System.Text.RegularExpressions;

namespace Trainyard.Pipelines;

/// <summary>What the system says when a file or folder cannot be used: the words for a person, and the exit code,
/// which says whether a retry can help. One table for everything that touches files.</summary>
public static partial class IoFaults
{
    private const int Again = 11;
    private const int Circle = 40;

    /// <summary>Any error of files, unless .NET has the system's number for it.</summary>
    private const int CircleToDotnet = unchecked((int)0x80131620);

    private static readonly Problem[] Problems =
    [
        new(
            1,
            "Operation not permitted",
            ExitCode.NoPermission,
            "permission denied: give the user it runs as the right"
        ),
        new(13, "Permission denied", ExitCode.NoPermission, "permission denied: give the user it runs as the right"),
        new(
            30,
            "Read-only file system",
            ExitCode.NoPermission,
            "the file system is read-only: name a place that can be written"
        ),
        new(28, "No space left on device", ExitCode.Unavailable, "No space left on device: make room"),
        new(122, "Disk quota exceeded", ExitCode.Unavailable, "Disk quota exceeded: make room"),
        new(2, "No such file or directory", ExitCode.MissingInput, "it is not there"),
        new(17, "File exists", ExitCode.BadConfiguration, "a file stands where a folder is needed: name another place"),
        new(
            20,
            "Not a directory",
            ExitCode.BadConfiguration,
            "a file stands where a folder is needed: name another place"
        ),
        new(21, "Is a directory", ExitCode.BadConfiguration, "it is a folder: name a file"),
        new(
            36,
            "File name too long",
            ExitCode.BadConfiguration,
            "the name is too long for the file system: name a shorter one"
        ),
        new(
            Circle,
            "Too many levels of symbolic links",
            ExitCode.BadConfiguration,
            "its symbolic links lead in a circle"
        ),
        new(
            27,
            "File too large",
            ExitCode.BadConfiguration,
            "the file is larger than the file system or the limit (ulimit -f) allows"
        ),
        new(
            24,
            "Too many open files",
            ExitCode.BadConfiguration,
            "too many files are open: raise the limit (ulimit -n)"
        ),
        new(23, "Too many open files in system", ExitCode.BadConfiguration, "too many files are open on this machine"),
        new(18, "Invalid cross-device link", ExitCode.BadConfiguration, "the file system cannot do this"),
        new(38, "Function not implemented", ExitCode.BadConfiguration, "the file system cannot do this"),
        new(95, "Operation not supported", ExitCode.BadConfiguration, "the file system cannot do this"),
        new(
            Again,
            "Resource temporarily unavailable",
            ExitCode.TemporaryFailure,
            "another process has locked it: try again"
        ),
        new(26, "Text file busy", ExitCode.TemporaryFailure, "another process is using it: try again"),
    ];

    private static readonly Problem NoFolder = new(
        2,
        "No such file or directory",
        ExitCode.MissingInput,
        "its folder is not there: make it, or name another place"
    );

    /// <summary>Whether it is one of those.</summary>
    public static bool Is(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>Whether another process has locked the file.</summary>
    public static bool IsLocked(Exception failure) => failure is IOException { HResult: Again };

    /// <summary>Whether there is nothing at the path, and nothing in the way of it either.</summary>
    public static bool IsAbsence(Exception failure, string path) =>
        failure is FileNotFoundException or DirectoryNotFoundException
        && BrokenLinkIn(path) is null
        && !HasFileAbove(path);

    /// <summary>A fault of the right code, which names the path.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="what">What cannot be done; the reason follows after a colon.</param>
    /// <param name="path">The path that <paramref name="what"/> speaks of. Where it was another one, that is named as
    /// well.</param>
    public static Fault Of(Exception failure, string what, string? path = null)
    {
        var place = PathIn(failure) ?? path;
        var (code, why) = Explain(failure, place);
        var where =
            place is null || place == path || what.Contains(place, StringComparison.Ordinal) ? "" : $" ({place})";
        return new Fault(code, $"{what}{where}: {why}. Nothing was changed.", failure);
    }

    /// <summary>The same where nobody knows what was being done.</summary>
    public static Fault Of(Exception failure) => Of(failure, PathIn(failure) ?? "A file");

    /// <summary>The exit code, and the reason in words.</summary>
    public static (ExitCode Code, string Why) Explain(Exception failure, string? path = null) =>
        ProblemOf(failure, path) is { } known
            ? (known.Code, known.Why)
            : (ExitCode.Unavailable, Place().Replace(failure.Message, "").ReplaceLineEndings(" ").Trim().TrimEnd('.'));

    /// <summary>The exit code for an error that others tell in the system's words; null where there are
    /// none.</summary>
    public static ExitCode? CodeIn(string message) =>
        Problems.FirstOrDefault(problem => message.Contains(problem.Words, StringComparison.OrdinalIgnoreCase))?.Code;

    private static Problem? ProblemOf(Exception failure, string? path) =>
        failure switch
        {
            // Of a symbolic link that leads nowhere the system says that a file is there, or that nothing is.
            FileNotFoundException
            or DirectoryNotFoundException
            or IOException { HResult: 17 or 20 } when path is not null && BrokenLinkIn(path) is { } broken => broken,
            // .NET says so too when a folder is opened as a file.
            UnauthorizedAccessException => Numbered(path is not null && IsReadableFolder(path) ? 21 : 13),
            DirectoryNotFoundException when path is not null && HasFileAbove(path) => Numbered(20),
            DirectoryNotFoundException => NoFolder,
            FileNotFoundException or DriveNotFoundException => Numbered(2),
            PathTooLongException => Numbered(36),
            _ => Numbered(failure.HResult),
        };

    private static bool IsReadableFolder(string path)
    {
        try
        {
            return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() is var _;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with a symbolic link in a path, if one leads nowhere.</summary>
    private static Problem? BrokenLinkIn(string path)
    {
        for (var at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
        {
            try
            {
                if (File.ResolveLinkTarget(at, returnFinalTarget: true) is { } target && !Path.Exists(target.FullName))
                {
                    return new Problem(
                        2,
                        "",
                        ExitCode.MissingInput,
                        $"{at} is a symbolic link to {target.FullName}, which is not there: make that, or name another "
                            + "place"
                    );
                }
            }
            catch (IOException circle) when (circle.HResult is Circle or CircleToDotnet)
            {
                return Numbered(Circle);
            }
            catch (Exception unseen) when (Is(unseen))
            {
                // Nothing is there, or nobody may look: that is no link's fault.
            }
        }

        return null;
    }

    /// <summary>Whether one of the folders of a path is a file, of which .NET says that it is not there.</summary>
    private static bool HasFileAbove(string path)
    {
        for (var above = Path.GetDirectoryName(Path.GetFullPath(path)); above is not null; )
        {
            if (File.Exists(above))
            {
                return true;
            }

            above = Path.GetDirectoryName(above);
        }

        return false;
    }

    private static Problem? Numbered(int number) => Problems.FirstOrDefault(problem => problem.Number == number);

    private static string? PathIn(Exception failure) =>
        failure is FileNotFoundException { FileName: { Length: > 0 } name } ? name
        : Quoted().Match(failure.Message) is { Success: true } quoted ? quoted.Groups[1].Value
        : null;

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s*:\s*'[^']*'")]
    private static partial Regex Place();

    /// <summary>An error number of Linux, with the system's words for it.</summary>
    private sealed record Problem(int Number, string Words, ExitCode Code, string Why);
}
