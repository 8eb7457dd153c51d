using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A fenced block of a Markdown file: what kind it is (the word after the fence), and its lines.</summary>
internal sealed partial record CodeBlock(string File, string Kind, string Text)
{
    /// <summary>The blocks of a file of the repository, from the top.</summary>
    public static IReadOnlyList<CodeBlock> Of(string file) =>
        [
            .. Fenced()
                .Matches(System.IO.File.ReadAllText(Path.Combine(Programs.Root, file)))
                .Select(block => new CodeBlock(file, block.Groups[1].Value, block.Groups[2].Value)),
        ];

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
