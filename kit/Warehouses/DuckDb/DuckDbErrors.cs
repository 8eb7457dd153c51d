using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>DuckDB's errors as sentences and exit codes.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>Whether another process holds the file: worth waiting for.</summary>
    public static bool IsLocked(DuckDBException error) =>
        error.Message.Contains("Could not set lock on file", StringComparison.Ordinal);

    /// <summary>The driver counts the parameters before it asks DuckDB.</summary>
    public static bool IsUnfilled(InvalidOperationException error) =>
        error.Message.StartsWith("Invalid number of parameters", StringComparison.Ordinal);

    public static Fault OfOpening(string uri, DuckDBException error) =>
        error.Message switch
        {
            _ when IsLocked(error) => new Fault(
                ExitCode.TemporaryFailure,
                $"The warehouse {uri} is in use"
                    + (Holder().Match(error.Message) is { Success: true } found ? $" by process {found.Groups[1]}" : "")
                    + ": "
                    + "a DuckDB file is written by one process at a time, and by none while others read. Nothing "
                    + "was changed; try again when it is free.",
                error
            ),
            var text when text.Contains("not a valid DuckDB database", StringComparison.Ordinal) => Fault.BadData(
                $"{uri} is not a DuckDB file. Nothing was changed.",
                error
            ),
            var text => new Fault(
                IoFaults.CodeIn(text)
                    ?? (
                        text.Contains("read-only", StringComparison.OrdinalIgnoreCase)
                            ? ExitCode.NoPermission
                            : ExitCode.BadConfiguration
                    ),
                $"The warehouse {uri} cannot be opened: {OneLine(text)} Nothing was changed.",
                error
            ),
        };

    /// <summary>A query that failed: 78 where it is wrong, 65 where the data are, and otherwise whatever can
    /// help.</summary>
    public static Fault OfQuery(string file, string message, DuckDBErrorType type, Exception? cause = null)
    {
        var place = Line().Match(message) is { Success: true } line ? $"{file}:{line.Groups[1].Value}" : file;
        var sentence = $"{place}: {OneLine(message)} Nothing was changed.";
        return KindOf(message, type) switch
        {
            // What DuckDB advises further is about settings that nobody can reach here.
            DuckDBErrorType.OutOfMemory => new Fault(
                ExitCode.BadConfiguration,
                $"{place}: {OneLine(Used().Match(message).Value is { Length: > 0 } used ? used : message)} "
                    + "Give the step more memory (docker run --memory, or steps.NAME.memory in pipeline.yaml), or a "
                    + "temporary folder on a disk (TMPDIR), or read a shorter history. Nothing was changed.",
                cause
            ),
            DuckDBErrorType.Io or DuckDBErrorType.Network or DuckDBErrorType.Http => new Fault(
                IoFaults.CodeIn(message) ?? ExitCode.Unavailable,
                sentence,
                cause
            ),
            DuckDBErrorType.Transaction => new Fault(ExitCode.TemporaryFailure, $"{sentence} Try again.", cause),
            DuckDBErrorType.Permission => new Fault(ExitCode.NoPermission, sentence, cause),
            DuckDBErrorType.Conversion
            or DuckDBErrorType.OutOfRange
            or DuckDBErrorType.DivideByZero
            or DuckDBErrorType.InvalidInput
            or DuckDBErrorType.Constraint => new Fault(ExitCode.BadData, sentence, cause)
            {
                // Its words may be those of a row.
                Outline = $"{place}: DuckDB refuses what a row holds ({KindOf(message, type)}). Nothing was changed.",
            },
            _ => Fault.BadConfiguration(sentence, cause),
        };
    }

    public static Fault OfQuery(string file, DuckDBException error) =>
        OfQuery(file, error.Message, error.ErrorType, error);

    /// <summary>While a query is prepared only its words say what kind of error it is.</summary>
    private static DuckDBErrorType KindOf(string message, DuckDBErrorType type) =>
        type != DuckDBErrorType.Invalid
            ? type
            : message.Split(' ')[0] switch
            {
                "Conversion" => DuckDBErrorType.Conversion,
                "TransactionContext" => DuckDBErrorType.Transaction,
                "IO" => DuckDBErrorType.Io,
                "Constraint" => DuckDBErrorType.Constraint,
                _ => type,
            };

    /// <summary>Without the excerpt of the query, which is in the file for everyone to see, and as one line.</summary>
    private static string OneLine(string message)
    {
        var excerpt = Line().Match(message);
        var text = (excerpt.Success ? message[..excerpt.Index] : message).ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : text + ".";
    }

    [GeneratedRegex(@"\bLINE (\d+):")]
    private static partial Regex Line();

    [GeneratedRegex(@"^.*? used\)")]
    private static partial Regex Used();

    [GeneratedRegex(@"\(PID (\d+)\)")]
    private static partial Regex Holder();
}
