using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm;

namespace Trainyard.Trainers.Forest;

/// <summary>A forest as a package keeps it: LightGBM's own text. Those of several classes become one, in which each
/// round has a tree a class; LightGBM then answers with a share a class, which do not add up to 1 yet.</summary>
internal static partial class ForestText
{
    /// <summary>A line of ours in the head, which LightGBM passes over: what was learned.</summary>
    private const string Loss = "trainyard_loss=";

    private const string End = "end of trees\n";

    /// <summary>A forest whose trees without a split answer with what all rows have on average: LightGBM leaves it out
    /// there, and has only what the tree's rows differ from it by.</summary>
    public static string Whole(string text, Func<double> average)
    {
        var all = new Lazy<double>(average);
        return Unsplit()
            .Replace(
                text,
                tree =>
                    tree.Groups["before"].Value
                    + (double.Parse(tree.Groups["value"].ValueSpan, CultureInfo.InvariantCulture) + all.Value).ToString(
                        "R",
                        CultureInfo.InvariantCulture
                    )
            );
    }

    /// <summary>A forest with other values in its leaves, tree by tree.</summary>
    public static string With(string text, IReadOnlyList<double[]> values)
    {
        var tree = 0;
        return LeafValues()
            .Replace(
                text,
                _ =>
                    "leaf_value="
                    + string.Join(
                        ' ',
                        values[tree++].Select(value => value.ToString("R", CultureInfo.InvariantCulture))
                    )
            );
    }

    /// <param name="texts">A class each, or the only one.</param>
    public static byte[] Of(IReadOnlyList<string> texts, LossKind loss)
    {
        var parts = texts.Select(text => Parted(FiniteThresholds.In(text))).ToList();
        var trees = new List<string>();
        for (var round = 0; round < parts[0].Trees.Length; round++)
        {
            foreach (var part in parts)
            {
                trees.Add(
                    string.Create(CultureInfo.InvariantCulture, $"Tree={trees.Count}")
                        + part.Trees[round][part.Trees[round].IndexOf('\n', StringComparison.Ordinal)..]
                );
            }
        }

        var head = Counts().Replace(parts[0].Head, line => Counted(line.Groups["key"].Value));
        return Encoding.UTF8.GetBytes($"{head.TrimEnd('\n')}\n\n{string.Concat(trees)}{End}");

        string Counted(string key) =>
            key switch
            {
                "tree_sizes" => $"{key}={string.Join(' ', trees.Select(Encoding.UTF8.GetByteCount))}\n{Loss}{loss}",
                _ => string.Create(CultureInfo.InvariantCulture, $"{key}={parts.Count}"),
            };
    }

    /// <summary>What was learned.</summary>
    /// <exception cref="InvalidDataException">It does not say so.</exception>
    public static LossKind LossOf(string text) =>
        LossLine().Match(text) is { Success: true } line
        && Enum.TryParse<LossKind>(line.Groups["loss"].Value, out var loss)
            ? loss
            : throw new InvalidDataException($"It has no line '{Loss}' that says what was learned.");

    private static (string Head, string[] Trees) Parted(string text)
    {
        var first = text.IndexOf("Tree=", StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        return (text[..first], [.. Starts().Split(text[first..end]).Where(tree => tree.Length > 0)]);
    }

    [GeneratedRegex("^(?<before>num_leaves=1\\n(?:.+\\n)*?leaf_value=)(?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Unsplit();

    [GeneratedRegex("^leaf_value=.*$", RegexOptions.Multiline)]
    private static partial Regex LeafValues();

    [GeneratedRegex("(?=^Tree=)", RegexOptions.Multiline)]
    private static partial Regex Starts();

    [GeneratedRegex("^(?<key>num_class|num_tree_per_iteration|tree_sizes)=.*$", RegexOptions.Multiline)]
    private static partial Regex Counts();

    [GeneratedRegex("^" + Loss + "(?<loss>[A-Za-z]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex LossLine();
}
