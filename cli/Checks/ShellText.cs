namespace Trainyard.Cli;

/// <summary>Words of a command that a person pastes into a shell.</summary>
internal static class ShellText
{
    private const string Plain = "@%+=:,./_-";

    /// <summary>A word as the shell takes it for one, whatever is in it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || Plain.Contains(character))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    public static string Line(params IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
