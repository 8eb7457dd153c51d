using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>
/// The one exception a program raises on purpose. Its message is a sentence for a person: what, where, what to do
/// instead, and whether anything was changed. Its code says whether a retry can help.
/// </summary>
public sealed class Fault : Exception
{
    public Fault(ExitCode code, string message, Exception? cause = null)
        : this([message], code, cause) { }

    private Fault(IEnumerable<string> sentences, ExitCode code, Exception? cause)
        : base(string.Join('\n', sentences.Select(Printable)), cause) => Code = code;

    public ExitCode Code { get; }

    /// <summary>The same sentence without what stands in rows, for places that keep no data; null where the message
    /// quotes none.</summary>
    public string? Outline
    {
        get;
        init => field = value is null ? null : Printable(value);
    }

    public bool IsTransient => Code is ExitCode.Unavailable or ExitCode.TemporaryFailure;

    public static Fault Usage(string message) => new(ExitCode.Usage, message);

    public static Fault BadData(string message, Exception? cause = null) => new(ExitCode.BadData, message, cause);

    public static Fault MissingInput(string message) => new(ExitCode.MissingInput, message);

    public static Fault BadConfiguration(string message, Exception? cause = null) =>
        new(ExitCode.BadConfiguration, message, cause);

    /// <summary>Several findings of one kind, a line each.</summary>
    public static Fault Several(ExitCode code, IEnumerable<string> sentences) => new(sentences, code, cause: null);

    /// <summary>A name or a value in a sentence may hold anything; a line break in it must not make two lines of
    /// one.</summary>
    public static string Printable(string sentence) =>
        sentence.Any(IsBreaking) ? string.Concat(sentence.Select(Escape)) : sentence;

    private static string Escape(char character) =>
        character switch
        {
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ when IsBreaking(character) => $@"\u{(int)character:x4}",
            _ => character.ToString(),
        };

    private static bool IsBreaking(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
