using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Trainers.LightGbm;

/// <summary>
/// Models that were fitted alike, but for chance, as one in LightGBM's text, whose raw score is the mean of theirs: it
/// has all their trees, with values divided by how many models there are. So whatever is exact of a model's trees,
/// such as its reasons, is of this one's.
/// </summary>
internal static partial class MeanText
{
    public static string Of(IReadOnlyList<string> models)
    {
        if (models.Count == 1)
        {
            return models[0];
        }

        var trees = new List<string>();
        foreach (var model in models)
        {
            foreach (var tree in TreesOf(model))
            {
                trees.Add(Divided(Numbered(tree, trees.Count), models.Count));
            }
        }

        // What importance the features of one model have is that of no other, and no answer needs it.
        var (head, tail) = (HeadOf(models[0]), Importances().Replace(TailOf(models[0]), "\n"));
        var sizes = string.Join(' ', trees.Select(tree => Encoding.UTF8.GetByteCount(tree)));
        return Sizes().Replace(head, $"tree_sizes={sizes}") + string.Concat(trees) + tail;
    }

    private static string HeadOf(string model) => model[..Starts().Match(model).Index];

    private static string TailOf(string model) => model[End().Match(model).Index..];

    private static IEnumerable<string> TreesOf(string model)
    {
        int[] borders = [.. Starts().Matches(model).Select(start => start.Index), End().Match(model).Index];
        return borders.Zip(borders.Skip(1), (start, end) => model[start..end]);
    }

    private static string Numbered(string tree, int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Tree={number}{tree[tree.IndexOf('\n', StringComparison.Ordinal)..]}"
        );

    private static string Divided(string tree, int models) =>
        Values()
            .Replace(
                tree,
                line =>
                    line.Groups["name"].Value
                    + string.Join(' ', line.Groups["values"].Value.Split(' ').Select(value => Divide(value, models)))
            );

    private static string Divide(string value, int models) =>
        (double.Parse(value, CultureInfo.InvariantCulture) / models).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex("^Tree=[0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Starts();

    [GeneratedRegex("^end of trees$", RegexOptions.Multiline)]
    private static partial Regex End();

    [GeneratedRegex("^tree_sizes=.*$", RegexOptions.Multiline)]
    private static partial Regex Sizes();

    [GeneratedRegex("^(?<name>(?:leaf|internal)_value=)(?<values>[^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Values();

    [GeneratedRegex("\nfeature_importances:\n(?:[^\n]+\n)*")]
    private static partial Regex Importances();
}
