namespace Trainyard.Sample;

/// <summary>A failure a person can mend: one sentence and the code of sysexits.h that goes with it.</summary>
internal sealed class Failure(int exitCode, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public int ExitCode { get; } = exitCode;

    public static Failure Usage(string sentence) => new(64, sentence);

    public static Failure BadData(string sentence, Exception? inner = null) => new(65, sentence, inner);

    public static Failure MissingInput(string sentence) => new(66, sentence);
}
