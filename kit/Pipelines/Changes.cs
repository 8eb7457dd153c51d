using System.Text.RegularExpressions;

namespace Trainyard.Pipelines;

/// <summary>
/// What a program has changed so far for others to see. A fault says "Nothing was changed." of the place where it
/// arose, which cannot know what the program did before; whoever prints it lets it pass through <see cref="Settle"/>.
/// </summary>
public sealed partial class Changes
{
    private readonly Lock _lock = new();
    private readonly List<string> _made = [];
    private string? _meanwhile;

    /// <summary>Whether nothing was changed, for certain.</summary>
    public bool AreNone
    {
        get
        {
            lock (_lock)
            {
                return _made.Count == 0 && _meanwhile is null;
            }
        }
    }

    /// <summary>What stands by now, and what does not, or nobody knows; empty where nothing was changed.</summary>
    public string Sentences
    {
        get
        {
            lock (_lock)
            {
                return string.Join(' ', _meanwhile is null ? _made : [.. _made, _meanwhile]);
            }
        }
    }

    /// <summary>Says that something is about to be done: what is known of it until <see cref="Made"/>, or until this is
    /// said anew.</summary>
    /// <param name="meanwhile">A sentence for the case that it goes no further, with what to do.</param>
    public void Try(string meanwhile)
    {
        lock (_lock)
        {
            _meanwhile = Fault.Printable(meanwhile);
        }
    }

    /// <summary>Says that something stands from now on, whatever happens next.</summary>
    /// <param name="sentence">A whole sentence for a person.</param>
    public void Made(string sentence)
    {
        lock (_lock)
        {
            _meanwhile = null;
            _made.Add(Fault.Printable(sentence));
        }
    }

    /// <summary>The text with what is true of this program instead of a claim that nothing was changed.</summary>
    public string Settle(string text) => AreNone ? text : $"{WithoutClaims(text)} {Sentences}";

    /// <summary><c>Nothing was changed; start a new run.</c> becomes <c>Start a new run.</c></summary>
    public static string WithoutClaims(string text) =>
        Claim()
            .Replace(
                text,
                claim =>
                    (claim.Groups["half"].Success ? "." : "")
                    + (
                        claim.Groups["rest"] is { Success: true, Value: [var first] }
                            ? $" {char.ToUpperInvariant(first)}"
                            : ""
                    )
            )
            .Trim();

    [GeneratedRegex(
        @"(?:(?<half>[;,]\s(?:and\s)?n)|\s?\bN)othing\s(?:was|is)\s(?:changed|published|written)(?:;\s(?<rest>\S)|\.)"
    )]
    private static partial Regex Claim();
}
