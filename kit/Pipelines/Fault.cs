namespace Trainyard.Pipelines;

/// <summary>
/// The one exception a program raises on purpose. Its message is a sentence for a person: what, where, what to do
/// instead, and whether anything was changed. Its code says whether a retry can help.
/// </summary>
public sealed class Fault(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode Code { get; } = code;

    public bool IsTransient => Code is ExitCode.Unavailable or ExitCode.TemporaryFailure;

    public static Fault Usage(string message) => new(ExitCode.Usage, message);

    public static Fault BadData(string message, Exception? cause = null) => new(ExitCode.BadData, message, cause);

    public static Fault MissingInput(string message) => new(ExitCode.MissingInput, message);

    public static Fault BadConfiguration(string message, Exception? cause = null) => new(ExitCode.BadConfiguration, message, cause);
}
